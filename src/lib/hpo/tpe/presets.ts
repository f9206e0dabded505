/** The versions of TPE that this project reproduces, told apart by what they do differently. */

/** How the width of a numeric kernel is chosen. */
export type Bandwidth =
	/** by the gaps to its neighbours, the prior's midpoint among them (Optuna 4.5) */
	| 'neighbours-with-prior'
	/** by the gaps to its neighbours (Optuna 5.0) */
	| 'neighbours'
	/** one width for all, by the number of observations and parameters (Optuna 4.5, multivariate) */
	| 'scott';

export interface TpePreset {
	readonly id: TpePresetId;
	/** in one sentence, for the page */
	readonly title: string;
	/** whether parameters are drawn together */
	readonly joint: boolean;
	/** whether running trials count as bad ones, so that parallel trials keep apart */
	readonly constantLiar: boolean;
	readonly bandwidth: Bandwidth;
	/** whether a logarithmic int has mass on its numbers, rather than a density between them */
	readonly logIntMass: boolean;
}

export type TpePresetId = 'v4' | 'v4-multivariate' | 'v5';

export const TPE_PRESETS = {
	v4: {
		id: 'v4',
		title: 'Optuna 4.5’s defaults: every parameter on its own',
		joint: false,
		constantLiar: false,
		bandwidth: 'neighbours-with-prior',
		logIntMass: false,
	},
	'v4-multivariate': {
		id: 'v4-multivariate',
		title: 'Optuna 4.5 with multivariate=True: parameters together',
		joint: true,
		constantLiar: false,
		bandwidth: 'scott',
		logIntMass: false,
	},
	v5: {
		id: 'v5',
		title: 'Optuna 5.0’s defaults: parameters together, running trials count as bad',
		joint: true,
		constantLiar: true,
		bandwidth: 'neighbours',
		logIntMass: true,
	},
} as const satisfies Record<TpePresetId, TpePreset>;
