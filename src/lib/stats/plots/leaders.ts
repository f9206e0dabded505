/**
 * The best nets by nn-stat's measure: the mean over runs of the best value of each run. Which runs
 * there are, and what the best of one is, decides `best-per-run.ts`.
 */
import { bestPerRun, rankNets, type NetBest } from '../best-per-run';
import type { TrialColumns } from '../columns';
import type { PlotOptions, PlotSpec } from './plot';
import type { Pool } from './pool';
import { counted, countText } from './words';

/** Most series of one figure: more cannot be told apart. */
const MAX_SERIES = 50;

/** @returns how many nets are drawn at most: a whole number from 1 to 50 */
export function topOf({ top: usual = 10 }: Pick<PlotSpec, 'top'>, { top }: PlotOptions): number {
	const asked = Math.floor(top ?? usual);
	return Number.isNaN(asked) ? usual : Math.max(1, Math.min(MAX_SERIES, asked));
}

/** @returns every net of the pool, highest mean first, ties by name */
export function leadersOf(columns: TrialColumns, { ids }: Pick<Pool, 'ids'>): NetBest[] {
	return rankNets(columns, bestPerRun(columns, ids));
}

/** Which nets a figure draws. */
export interface Picked {
	readonly drawn: readonly NetBest[];
	/** sentences on who is left out and why */
	readonly notes: readonly string[];
}

/**
 * nn-stat first takes the best nets and then leaves out those of few runs, so little may remain.
 * Corrected: the best of the nets that have enough.
 * @param all best first
 * @param minRuns what the figure needs of each net
 */
export function pickLeaders(
	all: readonly NetBest[],
	top: number,
	minRuns: number,
	{ mode }: PlotOptions,
): Picked {
	const enough = ({ best }: NetBest) => best.length >= minRuns;
	const lemur = mode === 'lemur';
	const drawn = lemur ? all.slice(0, top).filter(enough) : all.filter(enough).slice(0, top);
	const last = drawn.at(-1);
	const full = drawn.length === top && last !== undefined;
	const candidates = lemur ? all.slice(0, top) : full ? all.slice(0, all.indexOf(last)) : all;
	const left = candidates.filter((one) => !enough(one)).length;
	const few = `fewer than ${minRuns} runs and ${left === 1 ? 'is' : 'are'} left out`;
	const who = lemur
		? `of the ${countText(candidates.length)} best`
		: full
			? 'with a higher mean'
			: 'of these records';
	return {
		drawn,
		notes:
			left === 0 ? [] : [`${counted(left, 'net')} ${who} ${left === 1 ? 'has' : 'have'} ${few}.`],
	};
}

/** @returns a note where more nets were asked for than one figure draws */
export function limitNotes({ top }: PlotOptions): string[] {
	return (top ?? 0) > MAX_SERIES ? [`At most ${MAX_SERIES} nets are drawn in one figure.`] : [];
}

/** @returns why a figure that needs `minRuns` runs of a net is empty */
export function tooFewRuns(pool: Pick<Pool, 'name'>, minRuns: number): string {
	return `No net of ${pool.name} that would be drawn has ${minRuns} runs or more under this filter. Widen the filter, or choose another leaderboard.`;
}
