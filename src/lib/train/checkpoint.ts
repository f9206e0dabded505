/**
 * A checkpoint as bytes: a safetensors file, so that other tools can look into it. Weights bear
 * PyTorch's names behind `model.`, what optimizers remember is behind `optimizer.`, all else is in the
 * metadata. Where the bytes lie is `run-store.ts`'s matter.
 */
import * as v from 'valibot';
import type { StateDict } from '../nn/module';
import type { OptimizerState } from '../nn/optim';
import type { Checkpoint } from './effects';
import { readSafetensors, writeSafetensors, type SafetensorsFile } from './safetensors';

/** Thrown for bytes that are no checkpoint of this version; nothing of them was used. */
export class CheckpointError extends Error {
	override readonly name = 'CheckpointError';
}

const FORMAT = '1';

const stateSchema = v.object({
	epoch: v.number(),
	step: v.number(),
	duration: v.number(),
	loss: v.object({ sum: v.nullable(v.number()), count: v.number() }),
	accuracy: v.nullable(v.number()),
	dataHash: v.string(),
	random: v.object({ seed: v.number(), stream: v.number() }),
	optimizers: v.array(
		v.object({ lrs: v.array(v.number()), steps: v.array(v.nullable(v.number())) }),
	),
});

export function encodeCheckpoint({ net, loss, ...rest }: Checkpoint): Uint8Array<ArrayBuffer> {
	const tensors: StateDict = new Map([
		...Array.from(net.weights, ([name, one]) => [`model.${name}`, one] as const),
		...net.optimizers.flatMap(({ tensors: all }, at) =>
			all.map(({ parameter, name, values }) => {
				const one = { shape: [values.length], values };
				return [`optimizer.${at}.${parameter}.${name}`, one] as const;
			}),
		),
	]);
	const state: v.InferInput<typeof stateSchema> = {
		...rest,
		// JSON knows no NaN; a sum that is none has no steps or belongs to a run that ended.
		loss: { sum: Number.isFinite(loss.sum) ? loss.sum : null, count: loss.count },
		random: net.random,
		optimizers: net.optimizers.map(({ lrs, steps }) => ({ lrs: [...lrs], steps: [...steps] })),
	};
	return writeSafetensors(tensors, { checkpoint: FORMAT, state: JSON.stringify(state) });
}

/** @throws CheckpointError */
export function decodeCheckpoint(bytes: Uint8Array): Checkpoint {
	const { tensors, metadata } = filed(bytes);
	const format = metadata.get('checkpoint');
	if (format !== FORMAT)
		throw new CheckpointError(`This is no checkpoint of format ${FORMAT}, but ${format}.`);
	const { loss, random, optimizers, ...rest } = parsed(metadata.get('state') ?? '');
	const weights = new Map<string, { shape: readonly number[]; values: Float32Array }>();
	const kept = optimizers.map(() => [] as OptimizerState['tensors'][number][]);
	for (const [name, one] of tensors) {
		if (name.startsWith('model.')) weights.set(name.slice('model.'.length), one);
		else {
			const [, at, parameter, key] = /^optimizer\.(\d+)\.(\d+)\.(.+)$/.exec(name) ?? [];
			const list = kept[Number(at)];
			if (!list || key === undefined) throw new CheckpointError(`Unexpected entry ${name}.`);
			list.push({ parameter: Number(parameter), name: key, values: one.values });
		}
	}
	const states = optimizers.map((one, at) => ({ ...one, tensors: kept[at]! }));
	return {
		...rest,
		loss: { sum: loss.sum ?? 0, count: loss.count },
		net: { weights, optimizers: states, random },
	};
}

function filed(bytes: Uint8Array): SafetensorsFile {
	try {
		return readSafetensors(bytes);
	} catch (cause) {
		const why = cause instanceof Error ? cause.message : String(cause);
		throw new CheckpointError(`The checkpoint is damaged: ${why}`, { cause });
	}
}

function parsed(text: string): v.InferOutput<typeof stateSchema> {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch (cause) {
		throw new CheckpointError('The header of the checkpoint is damaged.', { cause });
	}
	const result = v.safeParse(stateSchema, value);
	if (result.success) return result.output;
	throw new CheckpointError(`The header of the checkpoint is damaged: ${result.issues[0].message}`);
}
