/** The parts of aggregates.json that this version can answer. Only the oracle runner reads it. */
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
	mean_best: v.number(),
});
const aggregates = v.looseObject({
	process: v.record(v.string(), v.unknown()),
	spot_rows: v.array(spot),
	histograms: v.array(histogram),
	box_per_epoch: v.array(v.looseObject({ ...group, metric: v.string(), epochs: v.array(box) })),
	box_raw: v.array(v.looseObject({ task: v.string(), ...box.entries })),
	first_epoch_duration: v.array(firstEpoch),
	median_first_epoch_duration: medians,
	best_per_run: v.array(best),
});

/** The whole file. */
export const aggregatesFormat = v.looseObject({ versions: v.record(v.string(), aggregates) });

export type Aggregates = v.InferOutput<typeof aggregates>;
export type Box = v.InferOutput<typeof box>;
export type Spot = v.InferOutput<typeof spot>;
export type HistogramFacts = v.InferOutput<typeof histogram>;
export type FirstEpoch = v.InferOutput<typeof firstEpoch>;
export type BestFacts = v.InferOutput<typeof best>;
