/** Oracle runner of ops.json: every operation forward and backward on tfjs's cpu backend. */

import { useOracleBackend } from '../oracle-backend';
import * as v from 'valibot';
import { expectEqual, Mismatch } from '../../../../scripts/oracles/expect';
import type { OracleCase, OracleFile } from '../../../../scripts/oracles/types';
import { backward } from '../autograd';
import { compare, formulaSchema, numbersSchema, valuesOf, type Formula } from '../oracle-formula';
import { inStep } from '../scope';
import { Parameter, tensor } from '../tensor';
import { optimCases } from '../optim/optim.oracle-cases';
import { RUNNERS } from './ops.oracle-runners';

const format = v.object({
	seed: v.number(),
	cases: v.array(
		v.looseObject({
			op: v.string(),
			attrs: v.unknown(),
			/** absent where only the labels matter */
			inputs: v.optional(v.record(v.string(), formulaSchema), {}),
			out_shape: v.optional(v.array(v.number())),
			out: numbersSchema,
			cotangent: v.optional(formulaSchema),
			grads: v.optional(v.record(v.string(), numbersSchema)),
		}),
	),
});
type Case = v.InferOutput<typeof format>['cases'][number];

/** @returns every case of ops.json, on the backend of `oracle-backend.ts` */
export function* opCases(json: unknown): Generator<OracleCase> {
	const { seed, cases } = v.parse(format, json);
	for (const [i, one] of cases.entries()) {
		const name = `${i} ${one.op} ${JSON.stringify(one.attrs).slice(0, 80)}`;
		yield { name, run: () => check(one, seed) };
	}
	yield* optimCases(json);
}

const ops: OracleFile = { area: 'nets', file: 'ops.json', cases: opCases };

export const oracles = [ops];

async function check(one: Case, seed: number): Promise<void> {
	await useOracleBackend();
	const runner = RUNNERS[one.op];
	if (!runner) throw new Mismatch(`there is no operation ${one.op}`);
	await inStep(async () => {
		const leaves = new Map(
			Object.entries(one.inputs).map(([name, spec]) => [name, leaf(name, spec, seed)]),
		);
		const input = (name: string) => {
			const found = leaves.get(name);
			if (!found) throw new Mismatch(`the case has no input ${name}`);
			return found;
		};
		const values = (name: string) => valuesOf(v.parse(formulaSchema, one[name]), seed);
		const has = (name: string) => leaves.has(name);
		const { out, state = {} } = runner({ attrs: one.attrs, has, input, values });
		if (one.out_shape) expectEqual([...out.shape], one.out_shape, 'shape');
		await compare(out, one.out, 'out');
		for (const [name, buffer] of Object.entries(state))
			await compare(buffer, v.parse(numbersSchema, one[name]), name);
		if (one.grads && one.cotangent) {
			backward(out, tensor(valuesOf(one.cotangent, seed), one.cotangent.shape));
			for (const [name, expected] of Object.entries(one.grads)) {
				const { grad } = input(name);
				if (!grad) throw new Mismatch(`no gradient of ${name}`);
				await compare(grad, expected, `gradient of ${name}`);
			}
		}
		for (const one of [...leaves.values(), ...Object.values(state)]) one.dispose();
	});
}

/** Images and filters get the memory order they have in a net, so that this is tested too. */
function leaf(name: string, spec: Formula, seed: number): Parameter {
	const four = spec.shape.length === 4;
	const layout = !four ? 'plain' : name === 'w' ? 'filter' : 'channels_last';
	return new Parameter(() => valuesOf(spec, seed), spec.shape, layout);
}
