/** Oracle runner of forward.json: logits, loss, gradient norms and three steps of `learn()`. */

import { useOracleBackend } from '../nn/oracle-backend';
import * as v from 'valibot';
import { expectClose, expectEqual, Mismatch } from '../../../scripts/oracles/expect';
import type { OracleCase, OracleFile, SkippedCase } from '../../../scripts/oracles/types';
import { forwardFigures, type ForwardFigures, type ForwardSetup } from './forward-figures';
import { paramSchema, shapeSchema, type Noise } from './oracle-net';
import { netOf } from './registry';
import type { NetSpec } from './net';

const figures = v.object({
	eval: v.array(v.number()),
	eval_eps0: v.optional(v.array(v.number())),
	train: v.array(v.number()),
	loss: v.number(),
	grad_norm: v.number(),
	learn_losses: v.array(v.number()),
	eval_after_3_steps: v.array(v.number()),
	eval_stats: v.object({ std: v.number() }),
	param_norm_after_3_steps: v.number(),
});
const entry = v.object({
	task: v.string(),
	input: shapeSchema,
	classes: v.number(),
	lr: v.number(),
	momentum: v.number(),
	forced_to_zero: v.optional(v.record(v.string(), v.number()), {}),
	f32: v.object({ param_norm_after_3_steps: v.number() }),
	f64: figures,
	params: v.array(paramSchema),
	max_abs_diff_f32_f64: v.object({
		eval: v.number(),
		train: v.number(),
		eval_after_3_steps: v.number(),
	}),
	learn_loss_max_diff_f32_f64: v.number(),
	worst_grad_rel_diff_f32_f64: v.number(),
});
const format = v.object({
	seed: v.number(),
	phase: v.number(),
	labels: v.array(v.number()),
	nets: v.record(v.string(), v.unknown()),
});
type Entry = v.InferOutput<typeof entry>;

/** @returns every net of forward.json, on the backend of `oracle-backend.ts` */
export function* forwardCases(json: unknown): Generator<OracleCase | SkippedCase> {
	const { nets, ...setup } = v.parse(format, json);
	for (const [name, one] of Object.entries(nets)) {
		const spec = netOf(name);
		if (!spec) yield { name, skip: 'this net is not in this version' };
		else yield { name, run: () => check(spec, v.parse(entry, one), setup) };
	}
}

const forward: OracleFile = { area: 'nets', file: 'forward.json', cases: forwardCases };

export const oracles = [forward];

/** PyTorch's own single precision is off by the listed differences; ours may be by a few times as much. */
const TIMES = 20;

async function check(
	spec: NetSpec,
	one: Entry,
	setup: Pick<ForwardSetup, 'seed' | 'phase' | 'labels'>,
): Promise<void> {
	await useOracleBackend();
	const figures = (noise?: Noise) =>
		forwardFigures(spec, {
			...setup,
			input: one.input,
			classes: one.classes,
			rows: one.params,
			zeroed: Object.keys(one.forced_to_zero),
			prm: { lr: one.lr, momentum: one.momentum },
			...(noise ? { noise } : {}),
		});
	const found = await figures();
	const names = one.params.map(([name]) => name);
	expectEqual(found.names, names, 'parameter names');
	compareEvaluation(found, one);
	try {
		compareTraining(found, one, SMOOTH);
	} catch (error) {
		if (!(error instanceof Mismatch)) throw error;
		const moved: ForwardFigures[] = [];
		for (const stream of [1, 2, 3]) moved.push(await figures({ share: ROUNDING, stream }));
		compareTraining(found, one, roughnessOf(found, moved, one));
	}
}

function compareEvaluation(found: ForwardFigures, { f64, max_abs_diff_f32_f64 }: Entry): void {
	const off = TIMES * max_abs_diff_f32_f64.eval + 1e-5 * f64.eval_stats.std;
	compareAll(found.eval, f64.eval, off, 'eval');
	if (f64.eval_eps0) compareAll(found.evalNoNoise ?? [], f64.eval_eps0, off, 'mean net');
}

/**
 * What rounding does to the figures of training. A deep net with batch statistics over few values is
 * chaotic: pixels that move by a millionth, as rounding moves what is between its layers, flip signs in
 * front of a ReLU, and gradients jump. One comparison of PyTorch's two precisions need not show that.
 */
interface Roughness {
	readonly train: number;
	readonly losses: number;
	readonly after: number;
	readonly norm: number;
	/** of each gradient's norm, relative as `worst_grad_rel_diff_f32_f64` is */
	readonly gradients: number;
}

const SMOOTH: Roughness = { train: 0, losses: 0, after: 0, norm: 0, gradients: 0 };
/** About what single precision adds up to over a hundred layers, relative. */
const ROUNDING = 1e-6;

/** Twice the largest change among the moved ones. */
function roughnessOf(
	found: ForwardFigures,
	moved: readonly ForwardFigures[],
	{ params }: Entry,
): Roughness {
	const largest = largestGradient(params);
	const most = (changes: (one: ForwardFigures) => readonly number[]) =>
		2 * Math.max(...moved.flatMap((one) => changes(one).map(Math.abs)));
	const between = (a: ArrayLike<number>, b: ArrayLike<number>) =>
		Array.from(a, (value, i) => value - (b[i] ?? NaN));
	return {
		train: most((one) => between(one.train, found.train)),
		losses: most((one) => between([one.loss, ...one.losses], [found.loss, ...found.losses])),
		after: most((one) => between(one.evalAfter, found.evalAfter)),
		norm: most((one) => [one.parameterNorm - found.parameterNorm]),
		gradients: most((one) =>
			params.flatMap(([name, , , , , expected]) =>
				expected === null
					? []
					: [
							((one.gradients.get(name) ?? 0) - (found.gradients.get(name) ?? 0)) /
								Math.max(expected, 0.001 * largest),
						],
			),
		),
	};
}

function compareTraining(found: ForwardFigures, one: Entry, rough: Roughness): void {
	const { max_abs_diff_f32_f64: off, f64 } = one;
	const spread = 1e-5 * f64.eval_stats.std;
	compareAll(found.train, f64.train, TIMES * off.train + spread + rough.train, 'train');
	const lossOff = TIMES * one.learn_loss_max_diff_f32_f64 + 1e-6 + rough.losses;
	const closeLoss = (actual: number, expected: number, what: string) =>
		expectClose(actual, expected, { relative: 1e-6, absolute: lossOff }, what);
	closeLoss(found.loss, f64.loss, 'loss');
	checkGradients(found.gradients, one, rough.gradients);
	for (const [i, loss] of f64.learn_losses.entries())
		closeLoss(found.losses[i] ?? NaN, loss, `learn loss ${i}`);
	const after = TIMES * off.eval_after_3_steps + spread + rough.after;
	compareAll(found.evalAfter, f64.eval_after_3_steps, after, 'eval after 3 steps');
	const norm = f64.param_norm_after_3_steps;
	const normOff = TIMES * Math.abs(one.f32.param_norm_after_3_steps - norm) + rough.norm;
	const what = 'parameter norm after 3 steps';
	expectClose(found.parameterNorm, norm, { relative: 1e-5, absolute: normOff }, what);
}

function compareAll(
	actual: ArrayLike<number>,
	expected: readonly number[],
	absolute: number,
	what: string,
): void {
	expectEqual(actual.length, expected.length, `${what}: numbers`);
	for (const [i, value] of expected.entries())
		expectClose(actual[i] ?? NaN, value, { relative: 1e-6, absolute }, `${what}[${i}]`);
}

function checkGradients(
	found: ReadonlyMap<string, number | null>,
	{ params, f64, worst_grad_rel_diff_f32_f64: worst }: Entry,
	rough: number,
): void {
	const relative = TIMES * worst + 1e-5 + rough;
	const largest = largestGradient(params);
	for (const [name, , , , , expected] of params) {
		const norm = found.get(name);
		if (expected === null) {
			if (norm) throw new Mismatch(`${name}: a gradient of ${norm}, PyTorch has none`);
			continue;
		}
		const absolute = relative * Math.max(expected, 0.001 * largest);
		expectClose(norm ?? NaN, expected, { relative, absolute }, `gradient norm of ${name}`);
	}
	const total = Math.sqrt([...found.values()].reduce<number>((sum, n) => sum + (n ?? 0) ** 2, 0));
	expectClose(total, f64.grad_norm, { relative }, 'gradient norm');
}

const largestGradient = (params: Entry['params']) => Math.max(...params.map((row) => row[5] ?? 0));
