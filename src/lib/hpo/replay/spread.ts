/** Spreads a race over workers: a few seeds of one entrant at a time, all entrants side by side. */
import type { Entrant, RaceStudy } from './race';

/** Seeds from..to of an entrant, as a worker answers them: by seed, then by trial. */
export interface RacePart {
	readonly best: Float64Array;
	readonly seconds: Float64Array;
	/** the best value that is known */
	readonly known: number;
}

/** Asks one worker. */
export type AskWorker = (entrant: Entrant, from: number, to: number) => Promise<RacePart>;

export interface RaceJob {
	readonly entrants: readonly Entrant[];
	/** studies of each entrant */
	readonly seeds: number;
	/** of each study */
	readonly trials: number;
}

export interface SpreadEffects {
	readonly signal: AbortSignal;
	/** @param place of the entrant */
	readonly onPart: (place: number, studies: readonly RaceStudy[], known: number) => void;
}

/** A worker makes its model once for each part: fewer, larger parts cost less, and say less on the way. */
export const SEEDS_OF_A_PART = 10;

/** @throws the first error of a worker, or the signal's reason; no part begins after either */
export async function spreadRace(
	workers: readonly AskWorker[],
	{ entrants, seeds, trials }: RaceJob,
	{ signal, onPart }: SpreadEffects,
): Promise<void> {
	const starts = Array.from(
		{ length: Math.ceil(seeds / SEEDS_OF_A_PART) },
		(_, i) => i * SEEDS_OF_A_PART,
	);
	const parts = starts.flatMap((from) =>
		entrants.map((entrant, place) => ({ from, entrant, place })),
	);
	let next = 0;
	let failed = false;
	const lane = async (ask: AskWorker) => {
		while (!failed && next < parts.length) {
			signal.throwIfAborted();
			const { from, entrant, place } = parts[next++]!;
			const to = Math.min(seeds, from + SEEDS_OF_A_PART);
			const { best, seconds, known } = await ask(entrant, from, to);
			signal.throwIfAborted();
			onPart(place, studiesOf(best, seconds, trials), known);
		}
	};
	const guarded = (ask: AskWorker) =>
		lane(ask).catch((error: unknown) => {
			failed = true;
			throw error;
		});
	await Promise.all(workers.map(guarded));
}

function studiesOf(best: Float64Array, seconds: Float64Array, trials: number): RaceStudy[] {
	return Array.from({ length: best.length / trials }, (_, i) => ({
		best: best.subarray(i * trials, (i + 1) * trials),
		seconds: seconds.subarray(i * trials, (i + 1) * trials),
	}));
}
