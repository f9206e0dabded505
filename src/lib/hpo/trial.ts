/** A trial and a history of trials as samplers, pruners and plots read them. Plain data. */
import type { Space } from './space';

/** As Optuna names them. */
export type TrialState = 'WAITING' | 'RUNNING' | 'COMPLETE' | 'PRUNED' | 'FAIL';

export type Direction = 'minimize' | 'maximize';

export interface Trial {
	/** from 0, in the order of their start */
	readonly number: number;
	readonly state: TrialState;
	/** what it has values for */
	readonly space: Space;
	/** by position in `space`: the number, or the place of the choice */
	readonly inputs: readonly number[];
	/** one for each direction of the study; null unless COMPLETE (or PRUNED: the last report) */
	readonly values: readonly number[] | null;
	/** reported on the way, by step */
	readonly intermediate: ReadonlyMap<number, number>;
	/** ms since 1970 */
	readonly start: number | null;
	/** ms since 1970; null while it runs */
	readonly end: number | null;
}

/** What a search has seen so far. */
export interface History {
	/** one for each objective; this version searches with exactly one */
	readonly directions: readonly Direction[];
	/** by number, without gaps that matter */
	readonly trials: readonly Trial[];
}

/** @returns the trial's input for a parameter, undefined when it has none */
export function inputFor(trial: Trial, space: Space, index: number): number | undefined {
	if (trial.space === space) return trial.inputs[index];
	const { name } = space[index]!;
	const place = trial.space.findIndex((parameter) => parameter.name === name);
	return place < 0 ? undefined : trial.inputs[place];
}

/** @returns the largest step that was reported, null without reports */
export function lastStep({ intermediate }: Pick<Trial, 'intermediate'>): number | null {
	let last: number | null = null;
	for (const step of intermediate.keys()) if (last === null || step > last) last = step;
	return last;
}

/** @returns whether the trial is over, whatever came of it */
export function isFinished({ state }: Trial): boolean {
	return state === 'COMPLETE' || state === 'PRUNED' || state === 'FAIL';
}

/** @returns whether `a` is strictly better than `b` */
export function isBetter(direction: Direction, a: number, b: number): boolean {
	return direction === 'minimize' ? a < b : a > b;
}
