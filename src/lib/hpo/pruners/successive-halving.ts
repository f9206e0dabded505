/**
 * Asynchronous successive halving (Li et al. 2018), as Optuna defines it: at rungs that lie further
 * and further apart a trial must be among the best of those that were there before, or it is stopped.
 */
import { isBetter, lastStep, type Direction } from '../trial';
import { inState, KEEP, type JudgeRequest, type Pruner, type Verdict } from './pruner';

export interface HalvingOptions {
	/** steps to the first rung, or 'auto': a hundredth of what COMPLETE trials took; default 'auto' */
	readonly minResource?: number | 'auto';
	/** one in how many goes on from a rung; default 4 */
	readonly reductionFactor?: number;
	/** rungs that are left out at the start; default 0 */
	readonly minEarlyStoppingRate?: number;
	/** competitors that a rung must have before anything is stopped by comparison; default 0 */
	readonly bootstrapCount?: number;
}

export const HALVING_DEFAULTS = {
	minResource: 'auto',
	reductionFactor: 4,
	minEarlyStoppingRate: 0,
	bootstrapCount: 0,
} as const satisfies Required<HalvingOptions>;

export function halvingPruner(options: HalvingOptions = {}): Pruner {
	const rules: Required<HalvingOptions> = { ...HALVING_DEFAULTS, ...options };
	return { judge: (request) => judgeHalving(request, rules) };
}

/** @returns the verdict of successive halving on one trial among the trials of the history */
export function judgeHalving(request: JudgeRequest, rules: Required<HalvingOptions>): Verdict {
	const { trial, history, memory } = request;
	const step = lastStep(trial);
	if (step === null) return KEEP;
	const known = rules.minResource === 'auto' ? memory.minResource : rules.minResource;
	const minResource = known ?? guessedResource(request);
	if (minResource === null) return KEEP;
	const kept = known === undefined ? { memory: { minResource } } : {};
	const value = trial.intermediate.get(step)!;
	const direction = history.directions[0]!;
	const rungs: number[] = [];
	for (;;) {
		const rung = trial.rungs.length + rungs.length;
		const due = minResource * rules.reductionFactor ** (rules.minEarlyStoppingRate + rung);
		if (step < due) return { prune: false, rungs, ...kept };
		if (Number.isNaN(value)) return { prune: true, rungs, ...kept };
		const rivals = history.trials.flatMap((other) => {
			const stored = other.number === trial.number ? undefined : other.rungs[rung];
			return stored === undefined ? [] : [stored];
		});
		rungs.push(value);
		if (!isPromoted(value, [...rivals, value], direction, rules))
			return { prune: true, rungs, ...kept };
	}
}

function isPromoted(
	value: number,
	competitors: readonly number[],
	direction: Direction,
	{ reductionFactor, bootstrapCount }: Required<HalvingOptions>,
): boolean {
	if (competitors.length <= bootstrapCount) return false;
	const ordered = Float64Array.from(competitors).sort();
	if (direction === 'maximize') ordered.reverse();
	const places = Math.max(1, Math.floor(competitors.length / reductionFactor));
	return !isBetter(direction, ordered[places - 1]!, value);
}

/** A hundredth of the longest COMPLETE trial, at least one step; null while there is none. */
function guessedResource({ history }: JudgeRequest): number | null {
	const steps = inState(history.trials, 'COMPLETE').flatMap((trial) => lastStep(trial) ?? []);
	if (steps.length === 0) return null;
	return Math.max(1, Math.floor(Math.max(...steps) / 100));
}
