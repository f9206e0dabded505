/**
 * Hyperband (Li et al. 2017), as Optuna defines it: several brackets of successive halving, each with
 * a first rung further out. A trial's bracket follows from the study's name and its number.
 */
import { lastStep } from '../trial';
import { crc32 } from '../../store/crc32';
import { inState, KEEP, type PrunerHistory, type PrunerMemory, type Pruner } from './pruner';
import { judgeHalving } from './successive-halving';

export interface HyperbandOptions {
	/** steps to the first rung; default 1 */
	readonly minResource?: number;
	/** steps of a whole trial, or 'auto': as the first COMPLETE trials show; default 'auto' */
	readonly maxResource?: number | 'auto';
	/** one in how many goes on from a rung; default 3 */
	readonly reductionFactor?: number;
	/** competitors that a rung must have before anything is stopped by comparison; default 0 */
	readonly bootstrapCount?: number;
}

export const HYPERBAND_DEFAULTS = {
	minResource: 1,
	maxResource: 'auto',
	reductionFactor: 3,
	bootstrapCount: 0,
} as const satisfies Required<HyperbandOptions>;

/** The brackets, as far as they are known. */
export interface Brackets {
	/** steps */
	readonly maxResource: number;
	/** trials of one round, by bracket */
	readonly budgets: readonly number[];
}

export function hyperbandPruner(options: HyperbandOptions = {}): Pruner {
	const rules: Required<HyperbandOptions> = { ...HYPERBAND_DEFAULTS, ...options };
	return {
		judge(request) {
			const { history, trial, study } = request;
			const { memory, brackets } = bracketsFor(history, request.memory, rules);
			if (brackets === null) return KEEP;
			const own = bracketOf(study, trial.number, brackets.budgets);
			const inside = withinBracket(history, study, brackets, own);
			const verdict = judgeHalving(
				{ ...request, history: inside },
				{
					minResource: rules.minResource,
					reductionFactor: rules.reductionFactor,
					minEarlyStoppingRate: own,
					bootstrapCount: rules.bootstrapCount,
				},
			);
			return memory ? { ...verdict, memory } : verdict;
		},
		visible(history, trial, study, memory) {
			const { brackets } = bracketsFor(history, memory, rules);
			if (brackets === null) return history;
			return withinBracket(history, study, brackets, bracketOf(study, trial, brackets.budgets));
		},
	};
}

/** `memory` is what has just been found out. */
function bracketsFor(
	history: PrunerHistory,
	known: PrunerMemory,
	rules: Required<HyperbandOptions>,
): { readonly brackets: Brackets | null; readonly memory?: PrunerMemory } {
	if (rules.maxResource !== 'auto')
		return { brackets: makeBrackets({ ...rules, maxResource: rules.maxResource }) };
	if (known.maxResource !== undefined)
		return { brackets: makeBrackets({ ...rules, maxResource: known.maxResource }) };
	const steps = inState(history.trials, 'COMPLETE').flatMap((trial) => lastStep(trial) ?? []);
	if (steps.length === 0) return { brackets: null };
	const maxResource = Math.max(...steps) + 1;
	return { brackets: makeBrackets({ ...rules, maxResource }), memory: { maxResource } };
}

/** @returns the brackets between two resources; each as many trials as fill its rungs */
export function makeBrackets(rules: {
	readonly minResource: number;
	readonly maxResource: number;
	readonly reductionFactor: number;
}): Brackets {
	const { minResource, maxResource, reductionFactor } = rules;
	const count = bracketCount(maxResource / minResource, reductionFactor);
	const budgets = Array.from({ length: count }, (_, bracket) => {
		const rungs = count - 1 - bracket;
		return Math.ceil((count * reductionFactor ** rungs) / (rungs + 1));
	});
	return { maxResource, budgets };
}

/**
 * By factor: the exponents at which ln(factor^exponent) / ln(factor) is a little less than the exponent
 * in C's double arithmetic, so that Optuna makes a bracket fewer. All powers up to 10⁹ of factors up
 * to 20 were tried.
 */
const SHORT_POWERS: Readonly<Record<number, readonly number[]>> = {
	3: [5, 10, 13, 15, 17],
	9: [5],
	10: [3, 6, 9],
	11: [7],
	12: [7],
	17: [3, 6],
};

/**
 * floor(ln ratio / ln factor) + 1. Counted in whole powers, as engines differ in the last digit of a
 * logarithm: with V8's ln 3 the quotient of ln 243 is 5, with C's it is below.
 */
export function bracketCount(ratio: number, factor: number): number {
	let exponent = 0;
	let power = 1;
	while (power * factor <= ratio) {
		power *= factor;
		exponent++;
	}
	const isShort = power === ratio && SHORT_POWERS[factor]?.includes(exponent) === true;
	return isShort ? exponent : exponent + 1;
}

/** @returns which bracket a trial belongs to: its number, hashed, falls into one of the budgets */
export function bracketOf(study: string, trial: number, budgets: readonly number[]): number {
	const total = budgets.reduce((sum, budget) => sum + budget, 0);
	let rest = crc32(new TextEncoder().encode(`${study}_${trial}`)) % total;
	for (const [bracket, budget] of budgets.entries()) {
		rest -= budget;
		if (rest < 0) return bracket;
	}
	return budgets.length - 1;
}

function withinBracket(
	history: PrunerHistory,
	study: string,
	{ budgets }: Brackets,
	own: number,
): PrunerHistory {
	return {
		directions: history.directions,
		trials: history.trials.filter(({ number }) => bracketOf(study, number, budgets) === own),
	};
}
