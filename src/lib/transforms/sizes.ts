/** The sizes N that LEMUR's `norm_N`, `echo_N` and `complex_N` exist for. */
export const SIZES = [32, 64, 128, 160, 224, 256, 299, 512] as const;
