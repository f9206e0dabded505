/** The form of importance.json, and of the part of suggest.json that holds its trials. */
import * as v from 'valibot';

const numbers = v.record(v.string(), v.number());
const value = v.union([v.string(), v.number(), v.boolean(), v.null()]);

const pedFacts = v.object({ raw: numbers, normalized: numbers });
const preset = v.object({ ped_anova: v.record(v.string(), pedFacts) });

const facts = v.object({
	name: v.string(),
	presets: v.object({ v4: preset, v5: preset }),
	fanova: v.object({
		seeds: v.array(v.number()),
		n_trees: v.number(),
		raw_mean: numbers,
		raw_std: numbers,
		normalized_mean: numbers,
		normalized_std: numbers,
	}),
});

const treeFacts = v.object({
	name: v.string(),
	columns: v.record(v.string(), v.array(v.number())),
	bounds: v.array(v.tuple([v.number(), v.number()])),
	feature: v.array(v.number()),
	threshold: v.array(v.number()),
	left: v.array(v.number()),
	right: v.array(v.number()),
	value: v.array(v.number()),
	variance: v.number(),
	marginal_variance: numbers,
});

export const importanceFormat = v.object({
	histories_in: v.string(),
	histories: v.array(facts),
	trees: v.array(treeFacts),
});

const distribution = v.variant('type', [
	v.object({
		type: v.picklist(['float', 'int']),
		low: v.number(),
		high: v.number(),
		step: v.nullable(v.number()),
		log: v.boolean(),
	}),
	v.object({ type: v.literal('categorical'), choices: v.array(value) }),
]);

export const historiesFormat = v.object({
	space: v.record(v.string(), distribution),
	histories: v.array(
		v.object({
			name: v.string(),
			direction: v.picklist(['minimize', 'maximize']),
			trials: v.array(
				v.object({
					state: v.string(),
					value: v.optional(v.nullable(v.union([v.number(), v.string()]))),
					params: v.record(v.string(), value),
				}),
			),
		}),
	),
});

export type Facts = v.InferOutput<typeof facts>;
export type PedFacts = v.InferOutput<typeof pedFacts>;
export type TreeFacts = v.InferOutput<typeof treeFacts>;
