/**
 * The generator behind initial values and dropout: counter-based, so that a value depends on seed,
 * stream and place alone, not on what was drawn before or on which backend it is drawn.
 */
import { uniform } from './formula';

/** One stream of a seed. */
export interface Stream {
	readonly seed: number;
	readonly stream: number;
}

let seed = 0;
let streams = 0;

/** Starts the streams again from this seed: PyTorch's `manual_seed`, not its numbers. */
export function manualSeed(next: number): void {
	seed = next >>> 0;
	streams = 0;
}

/** Where the generator stands: `stream` is the one that comes next. */
export function randomState(): Stream {
	return { seed, stream: streams };
}

/** Goes on from where a generator stood. */
export function restoreRandomState(state: Stream): void {
	seed = state.seed >>> 0;
	streams = state.stream;
}

/** @returns the next stream: every parameter and every dropout call takes its own */
export function nextStream(): Stream {
	return { seed, stream: streams++ };
}

/** @returns even on [low, high) */
export function uniformValues({ seed, stream }: Stream, count: number, low: number, high: number) {
	const values = new Float32Array(count);
	for (let i = 0; i < count; i++) values[i] = low + (high - low) * uniform(stream, i, seed);
	return values;
}

/** @returns normal values by Box and Muller */
export function normalValues({ seed, stream }: Stream, count: number, mean = 0, std = 1) {
	const values = new Float32Array(count);
	for (let i = 0; i < count; i += 2) {
		const radius = std * Math.sqrt(-2 * Math.log(1 - uniform(stream, i, seed)));
		const angle = 2 * Math.PI * uniform(stream, i + 1, seed);
		values[i] = mean + radius * Math.cos(angle);
		if (i + 1 < count) values[i + 1] = mean + radius * Math.sin(angle);
	}
	return values;
}
