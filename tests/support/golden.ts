/** Facts of the shipped snapshot 2.1.2, counted from LEMUR's own files and not by this site. */

export const LEMUR = { version: '2.1.2', trials: 578_595, nets: 7_811 } as const;

/** img-classification on cifar-10 by acc */
export const CIFAR10 = {
	trials: 119_330,
	nets: 5_724,
	runs: 19_058,
	best: {
		nn: 'MoEv7',
		accuracy: 0.939,
		epoch: 49,
		transform: 'echo_128_flip',
		batch: 256,
		lr: 0.008698259391677439,
		uid: 'b351e24718d4a809312d7667e04ff072',
	},
} as const;

/** The paper's snapshot */
export const PAPER = { version: '1.2.2', trials: 41_134, nets: 133 } as const;

/** 578595 → 578,595 */
export function words(value: number): string {
	return value.toLocaleString('en-US');
}
