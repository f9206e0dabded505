/** Oracle runner of params.json: hyperparameters, counts of parameters and buffers at every input. */
import * as v from 'valibot';
import { expectEqual, Mismatch } from '../../../scripts/oracles/expect';
import type { OracleCase, OracleFile, SkippedCase } from '../../../scripts/oracles/types';
import { build } from './oracle-net';
import { checkSize, NetSizeError, type NetSpec } from './net';
import { netOf } from './registry';

const shape = v.object({
	C: v.number(),
	H: v.nullish(v.number()),
	N: v.nullish(v.number()),
	params: v.optional(v.record(v.string(), v.number())),
	buffers: v.optional(v.number()),
	eval_error: v.optional(v.string()),
	train_error: v.optional(v.string()),
	construct_error: v.optional(v.string()),
	/** how the row was made; a net that was only constructed was not tried on images */
	how: v.optional(v.string(), ''),
	eval: v.optional(v.array(v.unknown())),
});
const format = v.object({
	nets: v.record(
		v.string(),
		v.object({
			hyperparameters: v.array(v.string()),
			/** nets of other tasks have shapes of other kinds */
			shapes: v.array(v.unknown()),
			params_by_batch_size_N: v.optional(v.record(v.string(), v.number())),
		}),
	),
});
type Entry = v.InferOutput<typeof format>['nets'][string];
type Shape = v.InferOutput<typeof shape>;

const params: OracleFile = {
	area: 'nets',
	file: 'params.json',
	*cases(json): Iterable<OracleCase | SkippedCase> {
		for (const [name, entry] of Object.entries(v.parse(format, json).nets)) {
			const spec = netOf(name);
			if (!spec) yield { name, skip: 'this net is not in this version' };
			else yield* netCases(spec, entry);
		}
	},
};

export const oracles = [params];

function* netCases(spec: NetSpec, entry: Entry): Iterable<OracleCase> {
	const { name } = spec;
	yield {
		name: `${name} hyperparameters`,
		run: () =>
			expectEqual([...spec.supportedHyperparameters()].sort(), entry.hyperparameters, 'names'),
	};
	for (const one of v.parse(v.array(shape), entry.shapes))
		yield {
			name: `${name} ${one.N ?? 2}×${one.C}×${one.H ?? ''}`,
			run: () => checkShape(spec, one),
		};
	for (const [n, count] of Object.entries(entry.params_by_batch_size_N ?? {}))
		yield {
			name: `${name} batch ${n}`,
			run: () => expectEqual(counts(spec, [Number(n), 3, 64, 64], 10).params, count, 'params'),
		};
}

function checkShape(spec: NetSpec, one: Shape): void {
	if (one.H === null || one.H === undefined) return;
	const input = [one.N ?? 2, one.C, one.H, one.H] as const;
	const refused = refusal(spec, input);
	const impossible = one.construct_error ?? one.eval_error ?? one.train_error ?? wrongBatch(one);
	const tried = !one.how.startsWith('constructed only');
	if (impossible !== undefined && refused === undefined)
		throw new Mismatch(`PyTorch fails (${impossible}), here the size is accepted`);
	if (impossible === undefined && tried && refused !== undefined)
		throw new Mismatch(`PyTorch runs, here it is refused: ${refused}`);
	if (!one.params || one.construct_error !== undefined) return;
	for (const [classes, expected] of Object.entries(one.params)) {
		const found = counts(spec, input, Number(classes));
		expectEqual(found.params, expected, `parameters for ${classes} classes`);
		if (one.buffers !== undefined) expectEqual(found.buffers, one.buffers, 'buffers');
	}
}

/** A net that gives more rows than there are images cannot learn from their labels. */
function wrongBatch({ eval: out, N }: Shape): string | undefined {
	const rows = out?.[0];
	if (typeof rows !== 'number' || rows === (N ?? 2)) return undefined;
	return `${rows} rows for ${N ?? 2} images`;
}

function refusal(spec: NetSpec, input: readonly [number, number, number, number]) {
	try {
		checkSize(spec, input);
		return undefined;
	} catch (error) {
		if (error instanceof NetSizeError) return error.message;
		throw error;
	}
}

function counts(spec: NetSpec, input: readonly [number, number, number, number], classes: number) {
	const net = build(spec, input, classes);
	const total = (sizes: Iterable<[string, { readonly size: number }]>) =>
		[...sizes].reduce((sum, [, { size }]) => sum + size, 0);
	return { params: total(net.namedParameters()), buffers: total(net.namedBuffers()) };
}
