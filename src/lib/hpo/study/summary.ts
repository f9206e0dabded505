/** What a list of studies shows, kept up to date event by event, without the trials themselves. */
import * as v from 'valibot';
import { isBetter, type Direction } from '../trial';
import type { StudyEvent } from './events';

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

export const summarySchema = v.object({
	/** trials by state */
	counts: v.object({ WAITING: count, RUNNING: count, COMPLETE: count, PRUNED: count, FAIL: count }),
	/** the first of the best COMPLETE trials that were run, not those from LEMUR's statistics */
	best: v.nullable(v.object({ trial: count, value: v.number() })),
	/** how many trials there are to be since the last start */
	planned: count,
	/** trials of the search since its last start that are over */
	done: count,
	/** how often the search was begun anew, and its first trial since */
	generation: count,
	firstTrial: count,
	/** all trials, observations from elsewhere among them */
	trials: count,
	/** ms from the first start to the last end that is known; null before */
	begin: v.nullable(v.number()),
	end: v.nullable(v.number()),
});

export type StudySummary = Readonly<v.InferOutput<typeof summarySchema>>;

export const EMPTY_SUMMARY: StudySummary = {
	counts: { WAITING: 0, RUNNING: 0, COMPLETE: 0, PRUNED: 0, FAIL: 0 },
	best: null,
	planned: 0,
	done: 0,
	generation: 0,
	firstTrial: 0,
	trials: 0,
	begin: null,
	end: null,
};

/** @returns the summary with one more event */
export function summaryAfter(
	before: StudySummary,
	event: StudyEvent,
	direction: Direction,
): StudySummary {
	const { counts } = before;
	switch (event.type) {
		case 'ask':
			return {
				...before,
				counts: { ...counts, RUNNING: counts.RUNNING + 1 },
				trials: before.trials + 1,
				begin: before.begin ?? event.at,
			};
		case 'tell':
			return {
				...before,
				counts: {
					...counts,
					RUNNING: counts.RUNNING - 1,
					[event.state]: counts[event.state] + 1,
				},
				best: betterOf(before.best, event, direction),
				done: before.done + Number(event.trial >= before.firstTrial),
				end: event.at,
			};
		case 'add':
			return {
				...before,
				counts: { ...counts, [event.state]: counts[event.state] + 1 },
				best: event.origin === 'statistics' ? before.best : betterOf(before.best, event, direction),
				trials: before.trials + 1,
			};
		case 'restart':
			return {
				...before,
				generation: before.generation + 1,
				firstTrial: before.trials,
				done: 0,
			};
		case 'plan':
			return { ...before, planned: event.trials };
		default:
			return before;
	}
}

function betterOf(
	best: StudySummary['best'],
	{ state, values, trial }: Extract<StudyEvent, { type: 'tell' | 'add' }>,
	direction: Direction,
): StudySummary['best'] {
	const value = state === 'COMPLETE' ? values?.[0] : undefined;
	if (value === undefined) return best;
	return best === null || isBetter(direction, value, best.value) ? { trial, value } : best;
}
