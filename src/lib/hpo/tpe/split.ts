/**
 * Which trials count as good. The first step of layer 4: the trials of a history are divided into
 * those "below" (the best few) and those "above" (all others), and older ones count for less.
 */
import { isBetter, lastStep, type Direction, type Trial } from '../trial';

export interface Split {
	/** COMPLETE and PRUNED trials */
	readonly finished: number;
	/** how many should be below */
	readonly gamma: number;
	/** in the order of their numbers */
	readonly below: readonly Trial[];
	/** in the order of their numbers */
	readonly above: readonly Trial[];
}

/** Trials that keep their full weight, and the most that are below. */
const RECENT = 25;

/** @returns how many of n trials are good ones */
export function defaultGamma(n: number): number {
	return Math.min(Math.ceil(n / 10), RECENT);
}

/** @returns the weights of m observations, oldest first: a ramp from 1/m to 1, then 25 times 1 */
export function defaultWeights(m: number): Float64Array {
	const weights = new Float64Array(m).fill(1);
	const ramp = m - RECENT;
	for (let i = 0; i < ramp; i++)
		weights[i] = ramp === 1 ? 1 / m : 1 / m + (i * (1 - 1 / m)) / (ramp - 1);
	return weights;
}

/**
 * @param trials by number
 * @param withRunning whether RUNNING trials count, as bad ones
 */
export function splitTrials(
	trials: readonly Trial[],
	direction: Direction,
	withRunning: boolean,
): Split {
	const complete: Trial[] = [];
	const pruned: Trial[] = [];
	const counted: Trial[] = [];
	for (const trial of trials) {
		if (trial.state === 'COMPLETE') complete.push(trial);
		else if (trial.state === 'PRUNED') pruned.push(trial);
		else if (trial.state !== 'RUNNING' || !withRunning) continue;
		counted.push(trial);
	}
	const finished = complete.length + pruned.length;
	const gamma = defaultGamma(finished);
	const good = new Set<Trial>(bestOf(complete, gamma, direction));
	if (good.size < gamma)
		for (const trial of bestPruned(pruned, gamma - good.size, direction)) good.add(trial);
	return {
		finished,
		gamma,
		below: counted.filter((trial) => good.has(trial)),
		above: counted.filter((trial) => !good.has(trial)),
	};
}

/** The first `count` of a stable sort, best first, without sorting: of equal ones the earlier. */
function bestOf(complete: readonly Trial[], count: number, direction: Direction): Trial[] {
	if (complete.length <= count) return [...complete];
	if (count === 0) return [];
	const values = new Float64Array(complete.length);
	for (let i = 0; i < values.length; i++) values[i] = complete[i]!.values![0]!;
	const sorted = values.slice().sort();
	const last = direction === 'minimize' ? sorted[count - 1]! : sorted[sorted.length - count]!;
	const better: Trial[] = [];
	const equal: Trial[] = [];
	for (let i = 0; i < values.length; i++) {
		if (isBetter(direction, values[i]!, last)) better.push(complete[i]!);
		else if (values[i] === last && equal.length < count) equal.push(complete[i]!);
	}
	return [...better, ...equal.slice(0, count - better.length)];
}

/** Those that came furthest, and of these the ones with the best last report. */
function bestPruned(pruned: readonly Trial[], count: number, direction: Direction): Trial[] {
	const keyed = pruned.map((trial) => {
		const step = lastStep(trial);
		if (step === null) return { trial, step: -Infinity, loss: 0 };
		const value = trial.intermediate.get(step)!;
		const loss = direction === 'minimize' ? value : -value;
		return { trial, step, loss: Number.isNaN(loss) ? Infinity : loss };
	});
	keyed.sort((a, b) => compare(b.step, a.step) || compare(a.loss, b.loss));
	return keyed.slice(0, count).map(({ trial }) => trial);
}

/** Differences of infinities are no numbers. */
function compare(a: number, b: number): number {
	return a < b ? -1 : a > b ? 1 : 0;
}
