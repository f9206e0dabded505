/** The format of aggregates.json, as far as it is checked. Only the oracle runner and tests read it. */
import * as v from 'valibot';

/** Metrics that nn-stat's process step takes; it skips the others. */
export const PROCESSED = ['acc', 'iou'];

const orNaN = v.pipe(
	v.nullable(v.number()),
	v.transform((value) => value ?? NaN),
);
const group = { task: v.string(), dataset: v.string() };
const box = v.looseObject({
	epoch: v.number(),
	n: v.number(),
	mean: orNaN,
	q1: orNaN,
	median: orNaN,
	q3: orNaN,
	whisker_low: orNaN,
	whisker_high: orNaN,
	fliers_n: v.number(),
	/** left out where there are too many */
	fliers: v.nullish(v.array(v.number())),
	fliers_min: v.optional(orNaN),
	fliers_max: v.optional(orNaN),
});
const spot = v.looseObject({
	...group,
	row: v.number(),
	metric: v.string(),
	nn: v.string(),
	epoch: v.number(),
	n: v.number(),
	mean: v.number(),
	std_ddof1: orNaN,
	duration_mean: orNaN,
	rolling_mean_column: orNaN,
});
const histogram = v.looseObject({
	of: v.string(),
	n: v.number(),
	bins: v.number(),
	edges: v.array(v.number()),
	counts: v.array(v.number()),
});
const firstEpoch = v.looseObject({
	...group,
	models: v.number(),
	missing: v.number(),
	quartiles_of_model_means: v.array(v.number()),
	min: v.number(),
	max: v.number(),
	raw_rows: v.number(),
	quartiles_of_raw_rows: v.array(v.number()),
});
const medians = v.looseObject({
	rows: v.number(),
	missing: v.number(),
	sum: v.number(),
	spot: v.array(
		v.looseObject({
			row: v.number(),
			nn: v.string(),
			dataset: v.string(),
			median_duration: orNaN,
			n: v.number(),
		}),
	),
});
const best = v.looseObject({
	task: v.string(),
	metric: v.string(),
	runs: v.number(),
	sum_best: v.number(),
	mean_best: orNaN,
});
const matrix = v.array(v.array(orNaN));
const pearson = v.looseObject({
	columns: v.array(v.string()),
	matrix,
	pairs_used: v.array(v.array(v.number())),
});
const pearsonGroup = v.looseObject({
	...group,
	metric: v.string(),
	columns: v.array(v.string()),
	rows: v.number(),
	matrix,
});
const rolling = v.looseObject({
	...group,
	metric: v.string(),
	window: v.number(),
	models_in_group: v.number(),
	models: v.array(
		v.looseObject({
			nn: v.string(),
			epochs: v.array(v.number()),
			mean: v.array(v.number()),
			as_drawn: v.array(v.number()),
			regrouped: v.array(v.number()),
		}),
	),
});
/** Which rows a case is over; null = all of them. */
const rows = {
	task: v.string(),
	dataset: v.nullish(v.string()),
	metric: v.nullish(v.string()),
	nn: v.nullish(v.string()),
	epoch: v.nullish(v.number()),
};
const ci95 = v.looseObject({
	...rows,
	n: v.number(),
	mean: orNaN,
	low: orNaN,
	high: orNaN,
	std_ddof1: orNaN,
	't_0.975': orNaN,
});
const kde = v.looseObject({
	...rows,
	n: v.number(),
	min: v.number(),
	max: v.number(),
	std_ddof1: orNaN,
	scott_factor: v.number(),
	median: v.number(),
	values_sorted: v.nullish(v.array(v.number())),
	points: v.array(
		v.looseObject({ i: v.number(), x: v.number(), factor_1: v.number(), scott: v.number() }),
	),
	integral_min_max_factor_1: v.number(),
	integral_min_max_scott: v.number(),
});
const cheapest = v.looseObject({ duration: v.number(), accuracy: v.number() });
const pareto = v.looseObject({
	...rows,
	as_drawn: v.nullish(
		v.looseObject({
			top_models: v.array(v.looseObject({ nn: v.string(), points: v.number() })),
			frontier: v.array(cheapest),
		}),
	),
	all_rows: v.looseObject({
		rows: v.number(),
		rows_without_duration: v.number(),
		frontier: v.array(v.looseObject({ ...cheapest.entries, nn: v.string(), epoch: v.number() })),
	}),
});
const rank = v.looseObject({
	...rows,
	models: v.array(v.string()),
	datasets: v.array(v.string()),
	cells: v.array(
		v.looseObject({
			dataset: v.string(),
			nn: v.string(),
			rank: v.number(),
			mean_best_per_run: v.number(),
			runs: v.number(),
		}),
	),
	picked_by: v.array(
		v.looseObject({
			nn: v.string(),
			datasets_covered: v.number(),
			mean_over_datasets: v.number(),
		}),
	),
});
const coefficients = v.looseObject({
	n: v.number(),
	spearman: orNaN,
	spearman_p: v.optional(orNaN),
	pearson: orNaN,
	pearson_p: v.optional(orNaN),
});
/** Every other key is a hyperparameter. */
const correlation = v.objectWithRest({ ...rows, rows: v.number() }, v.nullable(coefficients));
const aggregates = v.looseObject({
	process: v.record(v.string(), v.unknown()),
	spot_rows: v.array(spot),
	histograms: v.array(histogram),
	box_per_epoch: v.array(v.looseObject({ ...group, metric: v.string(), epochs: v.array(box) })),
	box_raw: v.array(v.looseObject({ task: v.string(), ...box.entries })),
	first_epoch_duration: v.array(firstEpoch),
	median_first_epoch_duration: medians,
	best_per_run: v.array(best),
	pearson,
	pearson_groups: v.array(pearsonGroup),
	rolling: v.array(rolling),
	ci95: v.array(ci95),
	kde: v.array(kde),
	pareto: v.array(pareto),
	rank: v.array(rank),
	correlation: v.array(correlation),
});

/** The whole file. */
export const aggregatesFormat = v.looseObject({ versions: v.record(v.string(), aggregates) });

export type Aggregates = v.InferOutput<typeof aggregates>;
export type RowsOf = Pick<
	v.InferOutput<typeof ci95>,
	'task' | 'dataset' | 'metric' | 'nn' | 'epoch'
>;
export type PearsonFacts = v.InferOutput<typeof pearson>;
export type PearsonGroup = v.InferOutput<typeof pearsonGroup>;
export type RollingFacts = v.InferOutput<typeof rolling>;
export type IntervalFacts = v.InferOutput<typeof ci95>;
export type DensityFacts = v.InferOutput<typeof kde>;
export type ParetoFacts = v.InferOutput<typeof pareto>;
export type RankFacts = v.InferOutput<typeof rank>;
export type CorrelationFacts = v.InferOutput<typeof correlation>;
export type Coefficients = v.InferOutput<typeof coefficients>;
export type Box = v.InferOutput<typeof box>;
export type Spot = v.InferOutput<typeof spot>;
export type HistogramFacts = v.InferOutput<typeof histogram>;
export type FirstEpoch = v.InferOutput<typeof firstEpoch>;
export type BestFacts = v.InferOutput<typeof best>;
