/**
 * What the page and a bench worker say to each other. The only file that both sides import. A worker
 * has one library and, in turn, the nets it is asked to build; ending the worker frees everything.
 */
import * as v from 'valibot';
import type { ResultSchemas } from '../worker/rpc';
import type { Counts } from './count';
import type { ModelId } from './models';
import type { StrategyId } from './strategies';
import type { Ground } from './strategy';

/** A net's first steps: compiling, and whether it learns what the others learn. */
export interface FirstSteps {
	/** time of the first step until the device is done, ms */
	readonly firstMs: number;
	/** pipelines made by all of them */
	readonly pipelines: number;
	/** loss of each */
	readonly losses: readonly number[];
}

/** Some steps in a row, nothing read back between them. */
export interface Round {
	/** until each step is handed over, ms */
	readonly hostMs: readonly number[];
	/** per step, from the first to the device being done with the last, ms */
	readonly stepMs: number;
	/** per step */
	readonly counts: Counts;
	/** tensors more than before, per step; NaN where the library does not tell */
	readonly tensors: number;
}

export type BenchRequests = {
	/** Wraps WebGPU, then loads and starts the library. */
	start: { params: { strategy: StrategyId }; result: Ground };
	/** Builds a net and takes its first steps. */
	build: { params: { model: ModelId; batch: number; steps: number }; result: FirstSteps };
	/** Times steps of the net that was built last. */
	round: { params: { steps: number }; result: Round };
};

const counts: v.GenericSchema<unknown, Counts> = v.object({
	dispatches: v.number(),
	passes: v.number(),
	submits: v.number(),
	uploadedBytes: v.number(),
	uploads: v.number(),
	readbacks: v.number(),
	pipelines: v.number(),
	bindGroups: v.number(),
	buffers: v.number(),
});
/** NaN is a number here: a library may not tell, and a loss may be none. */
const number = v.union([v.number(), v.nan()]);

export const benchResultSchemas: ResultSchemas<BenchRequests> = {
	start: v.object({
		backend: v.string(),
		adapter: v.string(),
		software: v.boolean(),
		remarks: v.array(v.string()),
	}),
	build: v.object({ firstMs: v.number(), pipelines: v.number(), losses: v.array(number) }),
	round: v.object({ hostMs: v.array(v.number()), stepMs: v.number(), counts, tensors: number }),
};

/** Most images of a step that a visitor may choose. */
export const MOST_IMAGES = 512;
export const MOST_STEPS = 100;

const steps = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MOST_STEPS));
export const benchParamSchemas = {
	start: v.object({ strategy: v.picklist(['ours', 'stock', 'jax']) }),
	build: v.object({
		model: v.picklist(['lenet', 'resnet-8', 'resnet-20', 'mobilenet']),
		batch: v.pipe(v.number(), v.integer(), v.minValue(2), v.maxValue(MOST_IMAGES)),
		steps,
	}),
	round: v.object({ steps }),
};
