/** The parameters, results and events of `protocol.ts` as schemas: what comes over a port is read, not believed. */
import * as v from 'valibot';
import type { ResultSchemas } from '../worker/rpc';
import { trialConfigSchema } from './config';
import type { Requests, TrainEvent } from './protocol';
import { epochRowSchema, runRowSchema, studyTrialSchema } from './run-row';

const backend = v.picklist(['webgpu', 'webgl', 'cpu']);
const choice = v.picklist(['auto', 'webgpu', 'webgl', 'cpu']);
const text = v.pipe(v.string(), v.maxLength(2_000));
const run = v.pipe(v.string(), v.minLength(1), v.maxLength(60));

/** Read strictly by the worker. */
export const paramSchemas = {
	open: v.strictObject({ base: text, siteRoot: text }),
	probe: v.strictObject({ backend: choice }),
	measure: v.strictObject({ config: trialConfigSchema, backend: choice }),
	train: v.strictObject({
		config: trialConfigSchema,
		backend: choice,
		run: v.exactOptional(run),
		study: v.exactOptional(studyTrialSchema),
		note: v.exactOptional(v.pipe(v.string(), v.maxLength(500))),
		losses: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100))),
	}),
	control: v.strictObject({ action: v.picklist(['pause', 'resume', 'step', 'stop']) }),
	inspect: v.strictObject({ run, backend: choice }),
	weights: v.strictObject({ run }),
	forget: v.strictObject({ run }),
	remove: v.strictObject({ run, removed: v.boolean() }),
};

/** An object that has at least these keys: the worker is of the same build. */
function having<Result extends object>(...keys: readonly (keyof Result & string)[]) {
	return v.custom<Result>(
		(value) => typeof value === 'object' && value !== null && keys.every((key) => key in value),
	);
}

export const resultSchemas: ResultSchemas<Requests> = {
	open: having<Requests['open']['result']>('runs', 'removed', 'problems', 'training'),
	probe: having<Requests['probe']['result']>('backend', 'text'),
	measure: having<Requests['measure']['result']>('parameters', 'memory', 'total'),
	train: having<Requests['train']['result']>('history', 'outcome'),
	control: v.null(),
	inspect: having<Requests['inspect']['result']>('classes', 'confusion', 'worst', 'random'),
	weights: v.instance(Uint8Array),
	forget: v.null(),
	remove: v.null(),
};

const number = v.number();
/** NaN is a number to valibot only when it is asked for. */
const measured = v.union([v.number(), v.nan()]);

export const eventSchema: v.GenericSchema<unknown, TrainEvent> = v.variant('kind', [
	v.object({
		kind: v.literal('steps'),
		epoch: number,
		step: number,
		losses: v.array(measured),
		at: number,
	}),
	v.object({
		kind: v.literal('epoch'),
		stored: v.boolean(),
		epoch: v.object({
			epoch: number,
			accuracy: number,
			duration: number,
			trainLoss: measured,
			testLoss: measured,
			samplesPerSecond: measured,
		}),
	}),
	v.object({
		kind: v.literal('state'),
		state: v.picklist([
			...(['preparing', 'compiling', 'training', 'evaluating'] as const),
			...(['paused', 'saving', 'ended'] as const),
		]),
		epoch: number,
		step: number,
		steps: number,
	}),
	v.object({ kind: v.literal('note'), code: v.string(), text: v.string() }),
	v.object({
		kind: v.literal('run'),
		run: runRowSchema,
		backend: v.object({
			backend,
			adapter: v.string(),
			software: v.boolean(),
			text: v.string(),
		}),
	}),
	v.object({ kind: v.literal('row'), row: epochRowSchema }),
	v.object({ kind: v.literal('checkpoint'), epoch: number, step: number }),
]);
