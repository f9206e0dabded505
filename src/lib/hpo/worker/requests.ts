/** The parameters of `protocol.ts` as schemas: the worker reads every request strictly. */
import * as v from 'valibot';
import type { DataRows } from '../../stats/data-api';
import { STUDY_PLOT_IDS } from '../plots/plot';
import { prunerSchema } from '../pruners/registry';
import { samplerSchema } from '../samplers/registry';
import { definitionSchema, nameSchema } from '../study/definition';
import { MAX_NOTE, MAX_TAGS } from '../study/events';
import type { Outcome } from '../study/study';
import { trialFilterSchema, trialSortSchema } from './filter';
import { EXPORT_FORMATS, type StudyRequests } from './protocol';

const count = (most: number) =>
	v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(most));
const id = v.pipe(v.string(), v.regex(/^[0-9a-f]{6,64}$/));
const text = (most: number) => v.pipe(v.string(), v.maxLength(most));
const real = v.union([v.number(), v.nan()]);
const value = v.union([v.string(), v.number(), v.boolean(), v.null()]);
const params = v.record(v.string(), value);
export const MOST_TRIALS = 1_000_000;
export const MOST_RACE_TRIALS = 1_000;
export const MOST_SEEDS = 10_000;

/** Rows come from the data worker; a shape is all that is looked at. */
const rows = v.custom<DataRows>(
	(given) => typeof given === 'object' && given !== null && 'rows' in given && 'prmSets' in given,
);

const outcome: v.GenericSchema<unknown, Outcome> = v.union([
	real,
	v.array(real),
	v.strictObject({
		state: v.literal('COMPLETE'),
		values: v.array(v.number()),
		reason: v.exactOptional(v.string()),
	}),
	v.strictObject({
		state: v.picklist(['PRUNED', 'FAIL']),
		reason: v.exactOptional(v.string()),
	}),
]);

const none = v.strictObject({});
const ofStudy = v.strictObject({ id });

export const studyParams: {
	readonly [Kind in keyof StudyRequests]: v.GenericSchema<unknown, StudyRequests[Kind]['params']>;
} = {
	list: none,
	create: v.strictObject({
		definition: definitionSchema,
		trials: count(MOST_TRIALS),
		observations: v.pipe(v.array(v.object({ params, value: real })), v.maxLength(MOST_TRIALS)),
	}),
	remove: ofStudy,
	undo: ofStudy,
	rename: v.strictObject({ id, name: nameSchema }),
	import: v.strictObject({ bytes: v.instance(Uint8Array) }),
	state: ofStudy,
	rows: v.strictObject({
		id,
		filter: trialFilterSchema,
		sort: trialSortSchema,
		start: count(MOST_TRIALS),
		count: count(10_000),
	}),
	reports: v.strictObject({ id, trial: count(MOST_TRIALS) }),
	figure: v.strictObject({
		ids: v.pipe(v.array(id), v.minLength(1), v.maxLength(20)),
		plot: v.picklist(STUDY_PLOT_IDS),
		filter: trialFilterSchema,
		options: v.strictObject({
			theme: v.exactOptional(v.picklist(['light', 'dark'])),
			prm: v.exactOptional(v.pipe(v.array(v.string()), v.maxLength(50))),
			evaluator: v.exactOptional(v.picklist(['ped-anova', 'fanova'])),
			top: v.exactOptional(v.pipe(count(1_000), v.minValue(1))),
		}),
	}),
	plan: v.strictObject({ id, trials: count(MOST_TRIALS) }),
	note: v.strictObject({ id, trial: v.nullable(count(MOST_TRIALS)), text: text(MAX_NOTE) }),
	tags: v.strictObject({
		id,
		trial: count(MOST_TRIALS),
		tags: v.pipe(v.array(text(50)), v.maxLength(MAX_TAGS)),
	}),
	run: v.strictObject({
		id,
		rows: v.nullable(rows),
		parallel: v.pipe(count(64), v.minValue(1)),
		held: v.exactOptional(v.boolean()),
		events: v.exactOptional(v.boolean()),
	}),
	control: v.strictObject({ id, what: v.picklist(['pause', 'stop', 'hold', 'release']) }),
	export: v.strictObject({ id, format: v.picklist(EXPORT_FORMATS), filter: trialFilterSchema }),
	ask: v.strictObject({ id, fixed: v.nullable(params) }),
	report: v.strictObject({ id, trial: count(MOST_TRIALS), step: count(MOST_TRIALS), value: real }),
	tell: v.strictObject({ id, trial: count(MOST_TRIALS), outcome }),
	survey: v.strictObject({ rows }),
	race: v.strictObject({
		rows,
		entrant: v.strictObject({ label: text(100), sampler: samplerSchema, pruner: prunerSchema }),
		mode: v.picklist(['nearest', 'surrogate']),
		epochs: v.pipe(count(100_000), v.minValue(1)),
		trials: v.pipe(count(MOST_RACE_TRIALS), v.minValue(1)),
		from: count(MOST_SEEDS),
		to: count(MOST_SEEDS),
	}),
};
