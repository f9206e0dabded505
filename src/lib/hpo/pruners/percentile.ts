/**
 * Stops a trial whose best value so far is worse than a percentile of what others had at the same
 * step, as Optuna's PercentilePruner and (with 50) MedianPruner do.
 */
import { quantile } from '../../stats/quantile';
import { isBetter, lastStep, type Direction, type Trial } from '../trial';
import { inState, KEEP, PRUNE, type Pruner } from './pruner';

export interface PercentileOptions {
	/** of the others' values, 0 … 100: the share that goes on; default 50 */
	readonly percentile?: number;
	/** COMPLETE trials before anything is stopped; default 5 */
	readonly startupTrials?: number;
	/** steps before a trial is judged; default 0 */
	readonly warmupSteps?: number;
	/** steps between two judgements of a trial; default 1 */
	readonly intervalSteps?: number;
	/** others that must have reported at the step; default 1 */
	readonly minTrials?: number;
}

export const PERCENTILE_DEFAULTS = {
	percentile: 50,
	startupTrials: 5,
	warmupSteps: 0,
	intervalSteps: 1,
	minTrials: 1,
} as const satisfies Required<PercentileOptions>;

/** @returns the pruner; without options the median one */
export function percentilePruner(options: PercentileOptions = {}): Pruner {
	const rules = { ...PERCENTILE_DEFAULTS, ...options };
	return {
		judge({ history, trial }) {
			const complete = inState(history.trials, 'COMPLETE');
			if (complete.length < rules.startupTrials) return KEEP;
			const step = lastStep(trial);
			if (step === null || !isDue(trial, step, rules)) return KEEP;
			const direction = history.directions[0]!;
			const best = bestSoFar(trial, direction);
			if (best === null) return PRUNE;
			const bar = percentileAt(complete, step, direction, rules);
			return bar !== null && isBetter(direction, bar, best) ? PRUNE : KEEP;
		},
	};
}

/** Whether the step is the trial's first one in its interval. */
function isDue(trial: Trial, step: number, rules: Required<PercentileOptions>): boolean {
	const { warmupSteps, intervalSteps } = rules;
	if (step < warmupSteps) return false;
	const begin = Math.floor((step - warmupSteps) / intervalSteps) * intervalSteps + warmupSteps;
	for (const other of trial.intermediate.keys()) if (other !== step && other >= begin) return false;
	return true;
}

/** Null when it reported nothing but NaN. */
function bestSoFar({ intermediate }: Trial, direction: Direction): number | null {
	let best: number | null = null;
	for (const value of intermediate.values())
		if (!Number.isNaN(value) && (best === null || isBetter(direction, value, best))) best = value;
	return best;
}

/** The bar of a step; null when there is too little to compare with. */
function percentileAt(
	complete: readonly Trial[],
	step: number,
	direction: Direction,
	{ percentile, minTrials }: Required<PercentileOptions>,
): number | null {
	const reports = complete.flatMap(({ intermediate }) => {
		const value = intermediate.get(step);
		return value === undefined ? [] : [value];
	});
	if (reports.length < minTrials) return null;
	const values = Float64Array.from(reports.filter((value) => !Number.isNaN(value))).sort();
	if (values.length === 0) return null;
	return quantile(values, (direction === 'minimize' ? percentile : 100 - percentile) / 100);
}
