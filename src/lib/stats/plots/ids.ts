/**
 * The names of the plots, in the order of the gallery. Apart from `registry.ts` so that a link can be
 * read without loading what draws them.
 */
export const PLOT_IDS = [
	// LEMUR's own (nn-stat's export)
	'mean-std',
	'box-epoch',
	'rolling-mean',
	'means-time',
	'rows-time',
	'rows-epoch',
	'box-task',
	'histogram',
	'correlation',
	'first-epoch-violin',
	'first-epoch-bar',
	// nn-stat's statistics
	'top-epoch',
	'top-time',
	'density',
	'pareto',
	'rank',
	'top-bar',
	'ci-bar',
	'ci-line',
	// what a search for hyperparameters asks
	'parallel',
	'slice',
	'contour',
	'importance',
	'ecdf',
] as const;
export type PlotId = (typeof PLOT_IDS)[number];

/** 'lemur' draws what nn-stat draws, errors included; 'corrected' draws what it means to show. */
export const PLOT_MODES = ['corrected', 'lemur'] as const;
export type PlotMode = (typeof PLOT_MODES)[number];

/** Evaluators of hyperparameter importance, by Optuna's names. */
export const EVALUATORS = ['ped-anova', 'fanova'] as const;
export type Evaluator = (typeof EVALUATORS)[number];
