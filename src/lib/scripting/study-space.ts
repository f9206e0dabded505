/**
 * A search space as scripts write it: by name a distribution, `[...choices]`, or `{low, high}` with
 * `step`, `log` and `type: 'int'` where they are wanted.
 */
import * as v from 'valibot';
import { SpaceError, type Distribution } from '../hpo/distributions';
import { spaceOf, type Space } from '../hpo/space';

const choice = v.union([v.string(), v.number(), v.boolean(), v.null()]);

const rangeSchema = v.strictObject({
	type: v.exactOptional(v.picklist(['float', 'int'])),
	low: v.number(),
	high: v.number(),
	step: v.exactOptional(v.nullable(v.number())),
	log: v.exactOptional(v.boolean()),
});

const choicesSchema = v.strictObject({
	type: v.literal('categorical'),
	choices: v.pipe(v.array(choice), v.maxLength(10_000)),
});

const parameterSchema = v.union(
	[v.array(choice), choicesSchema, rangeSchema],
	'a list of choices, or {low, high} with type, step and log',
);

/** What is written of one parameter. */
export type SpaceEntry = v.InferInput<typeof parameterSchema>;

export const studySpaceSchema = v.pipe(
	v.record(v.string(), parameterSchema),
	v.rawTransform(({ dataset, addIssue, NEVER }): Space => {
		try {
			const entries = Object.entries(dataset.value);
			if (entries.length === 0) throw new SpaceError('There is no parameter to search.');
			return spaceOf(entries.map(([name, entry]) => [name, distributionOf(entry)] as const));
		} catch (error) {
			if (!(error instanceof SpaceError)) throw error;
			addIssue({ message: error.message });
			return NEVER;
		}
	}),
);

function distributionOf(entry: v.InferOutput<typeof parameterSchema>): Distribution {
	if (Array.isArray(entry)) return { ...CHOICES, choices: entry };
	if ('choices' in entry) return { ...CHOICES, choices: entry.choices };
	const { type = 'float', low, high, step, log = false } = entry;
	// `spaceOf` checks them, and its message names the parameter.
	return { type, low, high, step: step ?? (type === 'int' ? 1 : null), log };
}

const CHOICES = { type: 'categorical' } as const;
