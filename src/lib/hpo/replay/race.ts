/**
 * Races samplers and pruners over stored results: many studies on a simulated clock, and how far from
 * the best known value each still is. Plain computation; who spreads the seeds over workers, and who
 * draws the curves, is not its matter.
 */
import type { PrunerChoice } from '../pruners/registry';
import type { SamplerChoice } from '../samplers/registry';
import type { Space } from '../space';
import { AskTell } from '../study/ask-tell';
import { defineStudy } from '../study/definition';
import { isBetter, type Direction } from '../trial';
import { quantile } from '../../stats/quantile';
import type { ReplayCurve, ReplayModel } from './model';

/** One that takes part. */
export interface Entrant {
	readonly label: string;
	readonly sampler: SamplerChoice;
	readonly pruner: PrunerChoice;
}

export interface RaceOptions {
	/** of each study */
	readonly trials: number;
	readonly direction: Direction;
}

/** One study of a race, by trial. */
export interface RaceStudy {
	/** best value so far; NaN before the first one that finished */
	readonly best: Float64Array;
	/** s on the simulated clock, one trial after the other */
	readonly seconds: Float64Array;
}

/** @returns the study of one entrant at one seed */
export function raceStudy(
	{ sampler, pruner }: Entrant,
	space: Space,
	model: ReplayModel,
	seed: number,
	{ trials, direction }: RaceOptions,
): RaceStudy {
	let clock = 0;
	const study = new AskTell(
		defineStudy({
			name: 'race',
			directions: [direction],
			space,
			sampler,
			pruner,
			seed,
			objective: { id: 'replay', settings: {} },
		}),
		() => clock * 1_000,
	);
	const best = new Float64Array(trials).fill(NaN);
	const seconds = new Float64Array(trials);
	let bestSoFar = NaN;
	for (let i = 0; i < trials; i++) {
		const { number, params } = study.ask();
		const end = playCurve(study, number, model.curve(params), pruner.id !== 'none');
		clock += end.seconds;
		if (!end.pruned && (Number.isNaN(bestSoFar) || isBetter(direction, end.value, bestSoFar)))
			bestSoFar = end.value;
		best[i] = bestSoFar;
		seconds[i] = clock;
	}
	return { best, seconds };
}

function playCurve(
	study: AskTell,
	number: number,
	{ epochs, values, seconds }: ReplayCurve,
	reports: boolean,
): { readonly value: number; readonly seconds: number; readonly pruned: boolean } {
	for (let i = 0; reports && i < epochs.length; i++) {
		if (!study.report(number, epochs[i]!, values[i]!)) continue;
		study.tell(number, { state: 'PRUNED' });
		return { value: values[i]!, seconds: seconds[i]!, pruned: true };
	}
	const value = values.at(-1)!;
	study.tell(number, value);
	return { value, seconds: seconds.at(-1)!, pruned: false };
}

/** The middle of many studies, and the middle half. */
export interface RegretCurve {
	/** trials, or s on the simulated clock */
	readonly x: Float64Array;
	readonly low: Float64Array;
	readonly median: Float64Array;
	readonly high: Float64Array;
}

/** @returns by trial: distance from the best known value, over all studies */
export function regretByTrial(studies: readonly RaceStudy[], best: number): RegretCurve {
	const trials = studies[0]?.best.length ?? 0;
	return curveOf(
		Float64Array.from({ length: trials }, (_, i) => i + 1),
		(i) => studies.map((study) => Math.abs(best - study.best[i]!)),
	);
}

/** Points of a curve over time. */
const TIMES = 60;

/** @returns by simulated time, up to when half of the studies had ended */
export function regretByTime(studies: readonly RaceStudy[], best: number): RegretCurve {
	const ends = Float64Array.from(studies, ({ seconds }) => seconds.at(-1) ?? 0).sort();
	const last = ends.length === 0 ? 0 : quantile(ends, 0.5);
	return curveOf(
		Float64Array.from({ length: TIMES }, (_, i) => (last * (i + 1)) / TIMES),
		(_, time) => studies.map((study) => Math.abs(best - bestAt(study, time))),
	);
}

function bestAt({ best, seconds }: RaceStudy, time: number): number {
	let low = 0;
	let high = seconds.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if (seconds[middle]! <= time) low = middle + 1;
		else high = middle;
	}
	return low === 0 ? NaN : best[low - 1]!;
}

function curveOf(
	x: Float64Array,
	regrets: (i: number, x: number) => readonly number[],
): RegretCurve {
	const quartiles = [0.25, 0.5, 0.75].map(() => new Float64Array(x.length).fill(NaN));
	for (let i = 0; i < x.length; i++) {
		// A study without a value is further than any: left out, it would make the curve rise when it comes in.
		const all = Float64Array.from(regrets(i, x[i]!)).sort();
		const known = all.findLastIndex((one) => !Number.isNaN(one)) + 1;
		if (known > 0) all.fill(all[known - 1]!, known);
		for (const [q, share] of [0.25, 0.5, 0.75].entries()) {
			if (Math.ceil((all.length - 1) * share) < known) quartiles[q]![i] = quantile(all, share);
		}
	}
	const [low, median, high] = quartiles;
	return { x, low: low!, median: median!, high: high! };
}
