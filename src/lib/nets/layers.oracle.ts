/** Oracle runner of layers.json: every leaf module that runs, with its arguments, shapes and counts. */

import { useCpu } from '../nn/cpu';
import * as v from 'valibot';
import { expectEqual } from '../../../scripts/oracles/expect';
import type { OracleCase, OracleFile, SkippedCase } from '../../../scripts/oracles/types';
import { withForwardHook, type Module } from '../nn/module';
import { noGrad } from '../nn';
import { inStep } from '../nn/scope';
import { describe } from './describe';
import { build, formulaImage, shapeSchema } from './oracle-net';
import { netOf } from './registry';
import type { NetSpec } from './net';

const row = v.object({
	m: v.optional(v.string()),
	t: v.optional(v.string()),
	h: v.optional(v.record(v.string(), v.unknown())),
	si: v.optional(v.unknown()),
	so: v.optional(v.unknown()),
	p: v.optional(v.number()),
});
const entrySchema = v.object({
	input: v.array(v.number()),
	classes: v.number(),
	output_shape_train: v.optional(v.unknown()),
	rows: v.array(row),
});
/** nets of other tasks have entries of other forms, which are not read */
const format = v.object({ nets: v.record(v.string(), v.unknown()) });
type Entry = v.InferOutput<typeof entrySchema>;
type Row = v.InferOutput<typeof row>;

const layers: OracleFile = {
	area: 'nets',
	file: 'layers.json',
	*cases(json): Iterable<OracleCase | SkippedCase> {
		for (const [name, entry] of Object.entries(v.parse(format, json).nets)) {
			const spec = netOf(name);
			if (!spec) yield { name, skip: 'this net is not in this version' };
			else yield { name, run: () => check(spec, v.parse(entrySchema, entry)) };
		}
	},
};

export const oracles = [layers];

async function check(spec: NetSpec, entry: Entry): Promise<void> {
	await useCpu();
	const input = v.parse(shapeSchema, entry.input);
	const net = build(spec, input, entry.classes).train();
	const names = new Map([...net.namedModules()].map(([name, module]) => [module, name]));
	const rows: Row[] = [];
	await inStep(() =>
		withForwardHook(
			(module, inputs, output) => {
				const leaf = rowOf(module, names.get(module) ?? '?');
				if (leaf) rows.push({ ...leaf, si: inputs[0]?.shape, so: output.shape });
			},
			() => {
				const out = noGrad(() => net.call(formulaImage(input, 0)));
				if (entry.output_shape_train)
					expectEqual([[...out.shape]], entry.output_shape_train, 'output');
				return Promise.resolve();
			},
		),
	);
	net.dispose();
	const expected = entry.rows.filter(({ m }) => m !== undefined);
	for (const [i, one] of expected.entries()) {
		const { m, t, h, si, so, p } = one;
		const wanted = { m, t, h: withoutP(h), si, so, ...(p === undefined ? {} : { p }) };
		expectEqual(normal(rows[i]), normal(wanted), `row ${i}`);
	}
	expectEqual(rows.length, expected.length, 'rows');
}

function rowOf(module: Module, name: string): Row | undefined {
	const found = describe(module);
	if (!found) return undefined;
	const p = [...module.namedParameters()].reduce((sum, [, { size }]) => sum + size, 0);
	return { m: name, t: found.type, h: withoutP(found.arguments), ...(p > 0 ? { p } : {}) };
}

/** Drop probabilities are 0 while the table is made, on either side in its own way. */
function withoutP(h: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
	return Object.fromEntries(Object.entries(h).filter(([key]) => key !== 'p'));
}

/** Keys in one order, plain values. */
function normal(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(normal);
	if (typeof value !== 'object' || value === null) return value;
	const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
	return Object.fromEntries(entries.map(([key, one]) => [key, normal(one)]));
}
