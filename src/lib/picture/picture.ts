/**
 * Pictures of figures without a page: PNG and SVG of what `stats/plots` returns, painted in a worker.
 * Plotly is for looking and touching; it needs a document and blocks it, so files are made here.
 */
export const PICTURE_FORMATS = ['png', 'svg'] as const;
export type PictureFormat = (typeof PICTURE_FORMATS)[number];

export interface PictureOptions {
	readonly format: PictureFormat;
	/** inches */
	readonly width: number;
	readonly height: number;
	/** pixels per inch of a PNG, also written into the file; an SVG is in inches */
	readonly dpi: number;
	/** written into the file: what is shown, as a sentence */
	readonly sentence: string;
	/** written into the file: address that shows the same, '' = none */
	readonly link: string;
	/** data version and hash, written into the file */
	readonly source: string;
	/** true for small previews: no title, no legend, no axis titles, thicker lines */
	readonly bare?: boolean;
}
