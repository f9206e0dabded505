/**
 * A checkpoint as bytes: the layout of safetensors (length, JSON header, floats), so that other tools
 * can look into it. Weights bear PyTorch's names behind `model.`, what optimizers remember is behind
 * `optimizer.`, all else is in the metadata. Where the bytes lie is `run-store.ts`'s matter.
 */
import * as v from 'valibot';
import type { OptimizerState } from '../nn/optim';
import type { Checkpoint } from './effects';

/** Thrown for bytes that are no checkpoint of this version; nothing of them was used. */
export class CheckpointError extends Error {
	override readonly name = 'CheckpointError';
}

const FORMAT = '1';
/** bytes; what other readers of this layout take at most is larger */
const MAX_HEADER = 4 * 2 ** 20;
const MAX_TENSORS = 20_000;

interface Named {
	readonly name: string;
	readonly shape: readonly number[];
	readonly values: Float32Array;
}

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

const headerSchema = v.record(
	v.string(),
	v.union([
		v.strictObject({
			dtype: v.literal('F32'),
			shape: v.array(v.pipe(v.number(), v.integer(), v.minValue(0))),
			data_offsets: v.tuple([v.number(), v.number()]),
		}),
		v.record(v.string(), v.string()),
	]),
);

export function encodeCheckpoint({ net, loss, ...rest }: Checkpoint): Uint8Array<ArrayBuffer> {
	const tensors: Named[] = [
		...Array.from(net.weights, ([name, one]) => ({ name: `model.${name}`, ...one })),
		...net.optimizers.flatMap(({ tensors: all }, at) =>
			all.map(({ parameter, name, values }) => ({
				name: `optimizer.${at}.${parameter}.${name}`,
				shape: [values.length],
				values,
			})),
		),
	];
	const state: v.InferInput<typeof stateSchema> = {
		...rest,
		// JSON knows no NaN; a sum that is none has no steps or belongs to a run that ended.
		loss: { sum: Number.isFinite(loss.sum) ? loss.sum : null, count: loss.count },
		random: net.random,
		optimizers: net.optimizers.map(({ lrs, steps }) => ({ lrs: [...lrs], steps: [...steps] })),
	};
	return pack(tensors, { format: FORMAT, state: JSON.stringify(state) });
}

function pack(
	tensors: readonly Named[],
	metadata: Readonly<Record<string, string>>,
): Uint8Array<ArrayBuffer> {
	let end = 0;
	const header: Record<string, unknown> = { __metadata__: metadata };
	for (const { name, shape, values } of tensors) {
		const from = end;
		end += values.byteLength;
		header[name] = { dtype: 'F32', shape, data_offsets: [from, end] };
	}
	const json = JSON.stringify(header);
	const text = new TextEncoder().encode(json);
	// Spaces fill the header up, so that the floats lie on whole words.
	const length = Math.ceil(text.length / 8) * 8;
	const bytes = new Uint8Array(8 + length + end);
	new DataView(bytes.buffer).setBigUint64(0, BigInt(length), true);
	bytes.fill(32, 8, 8 + length);
	bytes.set(text, 8);
	const floats = new Float32Array(bytes.buffer, 8 + length);
	let at = 0;
	for (const { values } of tensors) {
		floats.set(values, at);
		at += values.length;
	}
	return bytes;
}

/** @throws CheckpointError */
export function decodeCheckpoint(bytes: Uint8Array): Checkpoint {
	const { tensors, metadata } = unpack(bytes);
	if (metadata['format'] !== FORMAT)
		throw new CheckpointError(`Checkpoint of format ${metadata['format']}, expected ${FORMAT}.`);
	const state = parsed(stateSchema, metadata['state'] ?? '');
	const weights = new Map<string, Omit<Named, 'name'>>();
	const kept = state.optimizers.map(() => [] as OptimizerState['tensors'][number][]);
	for (const { name, shape, values } of tensors) {
		if (name.startsWith('model.')) weights.set(name.slice(6), { shape, values });
		else {
			const [, at, parameter, key] = /^optimizer\.(\d+)\.(\d+)\.(.+)$/.exec(name) ?? [];
			const list = kept[Number(at)];
			if (!list || key === undefined) throw new CheckpointError(`Unexpected entry ${name}.`);
			list.push({ parameter: Number(parameter), name: key, values });
		}
	}
	const { loss, random, optimizers, ...rest } = state;
	return {
		...rest,
		loss: { sum: loss.sum ?? 0, count: loss.count },
		net: {
			weights,
			optimizers: optimizers.map((one, at) => ({ ...one, tensors: kept[at]! })),
			random,
		},
	};
}

function unpack(bytes: Uint8Array) {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const length = bytes.length < 8 ? NaN : Number(view.getBigUint64(0, true));
	if (!(length <= MAX_HEADER && 8 + length <= bytes.length))
		throw new CheckpointError('The file is no checkpoint, or its beginning is damaged.');
	const text = new TextDecoder().decode(bytes.subarray(8, 8 + length));
	const header = parsed(headerSchema, text);
	const names = Object.keys(header);
	if (names.length > MAX_TENSORS) throw new CheckpointError('The checkpoint has too many entries.');
	let metadata: Readonly<Record<string, string>> = {};
	const tensors: Named[] = [];
	let end = 0;
	for (const name of names) {
		const entry = header[name]!;
		if (!('data_offsets' in entry) || typeof entry.data_offsets === 'string') {
			if (name === '__metadata__') metadata = entry as Readonly<Record<string, string>>;
			continue;
		}
		const { shape, data_offsets } = entry as { shape: number[]; data_offsets: [number, number] };
		const [from, to] = data_offsets;
		const size = shape.reduce((product, n) => product * n, 4);
		if (from !== end || to - from !== size || 8 + length + to > bytes.length)
			throw new CheckpointError(`The entry ${name} does not fit into the file.`);
		end = to;
		const values = new Float32Array(bytes.slice(8 + length + from, 8 + length + to).buffer);
		tensors.push({ name, shape, values });
	}
	if (8 + length + end !== bytes.length) throw new CheckpointError('The file has another length.');
	return { tensors, metadata };
}

function parsed<S extends v.GenericSchema>(schema: S, text: string): v.InferOutput<S> {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch (cause) {
		throw new CheckpointError('The header of the checkpoint is damaged.', { cause });
	}
	const result = v.safeParse(schema, value);
	if (result.success) return result.output;
	throw new CheckpointError(`The header of the checkpoint is damaged: ${result.issues[0].message}`);
}
