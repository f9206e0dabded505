/**
 * What happens to a study, as data: an append-only list of events from which its whole state follows.
 * They are what is stored, shared as a file and replayed.
 */
import * as v from 'valibot';
import { spaceSchema } from './definition';

/** ms since 1970 */
const at = v.number();
/** number of a trial, from 0 */
const trial = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const numbers = v.array(v.number());
/** what was reported may be NaN or infinite */
const real = v.union([v.number(), v.nan()]);
/** which of the study's spaces: 0 is its definition's, others follow `space` events */
const space = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
/** why something failed or stopped, in words */
const reason = v.nullable(v.pipe(v.string(), v.maxLength(2_000)));
const finishedState = v.picklist(['COMPLETE', 'PRUNED', 'FAIL']);
const values = v.nullable(numbers);

export const MAX_NOTE = 20_000;
export const MAX_TAGS = 20;

export const eventSchema = v.variant('type', [
	/** a range that trials from here on may refer to */
	v.object({ type: v.literal('space'), space: spaceSchema }),
	/** a trial begins with these inputs */
	v.object({
		type: v.literal('ask'),
		at,
		trial,
		space,
		inputs: numbers,
		/** which writer runs it; absent in studies that are kept in memory */
		by: v.optional(v.string()),
	}),
	/** a value on the way, and what the pruner made of it */
	v.object({
		type: v.literal('report'),
		at,
		trial,
		step: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
		value: real,
		prune: v.boolean(),
		rungs: v.optional(numbers),
		memory: v.optional(
			v.object({ minResource: v.optional(v.number()), maxResource: v.optional(v.number()) }),
		),
	}),
	/** a trial is over */
	v.object({ type: v.literal('tell'), at, trial, state: finishedState, values, reason }),
	/** a finished trial from elsewhere */
	v.object({
		type: v.literal('add'),
		at,
		trial,
		space,
		inputs: numbers,
		state: finishedState,
		values,
		intermediate: v.array(v.tuple([v.number(), real])),
		rungs: v.optional(numbers),
		start: v.nullable(v.number()),
		end: v.nullable(v.number()),
		origin: v.picklist(['statistics', 'import']),
		reason,
	}),
	/** the search begins anew: earlier trials stay on record and are no longer learned from */
	v.object({ type: v.literal('restart'), at, space, reason }),
	/** how many trials there are to be since the last start */
	v.object({
		type: v.literal('plan'),
		at,
		trials: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
	}),
	v.object({
		type: v.literal('note'),
		at,
		/** null: of the study */
		trial: v.nullable(trial),
		text: v.pipe(v.string(), v.maxLength(MAX_NOTE)),
	}),
	v.object({
		type: v.literal('tags'),
		at,
		trial,
		tags: v.pipe(v.array(v.pipe(v.string(), v.maxLength(50))), v.maxLength(MAX_TAGS)),
	}),
]);

export type StudyEvent = v.InferOutput<typeof eventSchema>;
export type EventOf<Type extends StudyEvent['type']> = Extract<StudyEvent, { type: Type }>;
