/** What a library must be able to do to be raced. One file per strategy; `strategies.ts` lists them. */
import type { BenchBatch } from './data';
import type { BenchModel } from './models';

/** What runs underneath. */
export interface Ground {
	/** as the library names it */
	readonly backend: string;
	/** the adapter by its maker's words; '' where there is none */
	readonly adapter: string;
	/** a program on the processor in place of a GPU */
	readonly software: boolean;
	/** what was passed over on the way to this backend, or other remarks; a sentence each */
	readonly remarks: readonly string[];
}

/** A net with its optimizer: SGD, momentum 0.9, mean cross-entropy. */
export interface Trainer {
	/** One step; done when it is handed over, not when the device has done it. Reads nothing back. */
	step(batch: Prepared): void | Promise<void>;
	/** Resolves when everything handed over is done. */
	settle(): Promise<void>;
	/** Loss of the step since the last call (of several, what the library keeps of them); a readback. */
	loss(): Promise<number>;
	/** Tensors or arrays alive, NaN where the library does not tell. */
	tensors(): number;
}

/** A batch as the library takes it, made outside of the timed steps. */
export interface Prepared {
	readonly batch: BenchBatch;
	/** normalised, for libraries that are fed floats */
	readonly floats: Float32Array<ArrayBuffer>;
}

export interface Strategy {
	/** Starts the library. @throws when it cannot run here; the message says why */
	start(): Promise<Ground>;
	/** What it feeds its nets with, from a batch of bytes. */
	prepare(batch: BenchBatch): Prepared;
	build(model: BenchModel): Promise<Trainer>;
}

export const LR = 0.01;
export const MOMENTUM = 0.9;
