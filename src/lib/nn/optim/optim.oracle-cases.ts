/** Cases of ops.json on optimizers and gradient clipping. */

import { useOracleBackend } from '../oracle-backend';
import * as v from 'valibot';
import { expectClose, Mismatch } from '../../../../scripts/oracles/expect';
import type { OracleCase } from '../../../../scripts/oracles/types';
import { compare, formulaSchema, numbersSchema, valuesOf, type Formula } from '../oracle-formula';
import { inStep, keep } from '../scope';
import { Parameter, tensor } from '../tensor';
import { Adam, AdamW, clipGradNorm, SGD, type Optimizer } from './index';

const format = v.object({
	seed: v.number(),
	optimizers: v.optional(
		v.array(
			v.object({
				optimizer: v.string(),
				args: v.object({
					lr: v.number(),
					momentum: v.optional(v.number()),
					dampening: v.optional(v.number()),
					weight_decay: v.number(),
					nesterov: v.optional(v.boolean()),
					betas: v.optional(v.tuple([v.number(), v.number()])),
					eps: v.optional(v.number()),
				}),
				param_before: formulaSchema,
				steps: v.array(v.object({ grad: formulaSchema, param_after: numbersSchema })),
			}),
		),
		[],
	),
	clip_grad_norm: v.optional(
		v.array(
			v.object({
				max_norm: v.number(),
				grad_a: formulaSchema,
				grad_b: formulaSchema,
				total_norm_before: v.number(),
				grad_a_after: numbersSchema,
				grad_b_after: numbersSchema,
			}),
		),
		[],
	),
});
type Steps = v.InferOutput<typeof format>['optimizers'][number];
type Clip = v.InferOutput<typeof format>['clip_grad_norm'][number];

export function* optimCases(json: unknown): Iterable<OracleCase> {
	const { seed, optimizers, clip_grad_norm } = v.parse(format, json);
	for (const [i, one] of optimizers.entries()) {
		const name = `optimizer ${i} ${one.optimizer} ${JSON.stringify(one.args)}`;
		yield { name, run: () => checkSteps(one, seed) };
	}
	for (const [i, one] of clip_grad_norm.entries())
		yield { name: `clip_grad_norm ${i}`, run: () => checkClip(one, seed) };
}

function optimizerOf({ optimizer, args }: Steps, parameter: Parameter): Optimizer {
	const { lr, weight_decay: weightDecay, betas, eps } = args;
	const adam = { lr, weightDecay, ...(betas ? { betas } : {}), ...(eps ? { eps } : {}) };
	const { momentum = 0, dampening = 0, nesterov = false } = args;
	if (optimizer === 'sgd')
		return new SGD([parameter], { lr, weightDecay, momentum, dampening, nesterov });
	if (optimizer === 'adam') return new Adam([parameter], adam);
	if (optimizer === 'adamw') return new AdamW([parameter], adam);
	throw new Mismatch(`there is no optimizer ${optimizer}`);
}

async function checkSteps(one: Steps, seed: number): Promise<void> {
	await useOracleBackend();
	const parameter = leaf(one.param_before, seed);
	const optimizer = optimizerOf(one, parameter);
	for (const [i, { grad, param_after }] of one.steps.entries())
		await inStep(async () => {
			parameter.zeroGrad();
			parameter.grad = keep(tensor(valuesOf(grad, seed), grad.shape));
			optimizer.step();
			await compare(parameter, param_after, `step ${i}`);
		});
	optimizer.dispose();
	parameter.dispose();
}

async function checkClip(one: Clip, seed: number): Promise<void> {
	await useOracleBackend();
	const without = new Parameter(() => new Float32Array(2), [2]);
	const [a, b] = [one.grad_a, one.grad_b].map((grad) => {
		const parameter = leaf(grad, seed);
		parameter.grad = keep(tensor(valuesOf(grad, seed), grad.shape));
		return parameter;
	});
	await inStep(async () => {
		const norm = await clipGradNorm([a!, without, b!], one.max_norm).item();
		expectClose(norm, one.total_norm_before, { relative: 1e-6 }, 'norm');
		await compare(a!.grad!, one.grad_a_after, 'first gradient');
		await compare(b!.grad!, one.grad_b_after, 'second gradient');
	});
	for (const parameter of [a!, b!]) parameter.dispose();
}

const leaf = (spec: Formula, seed: number) => new Parameter(() => valuesOf(spec, seed), spec.shape);
