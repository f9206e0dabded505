/** Nets of the reference figures: built, filled by formula, fed with the formula's image. */
import * as v from 'valibot';
import { Counter } from '../nn/counter';
import { uniform } from '../nn/formula';
import { intTensor, tensor, type Parameter, type Tensor } from '../nn/tensor';
import type { Net, NetSpec, Prm } from './net';

/** Hyperparameters under which the figures were made; lr and momentum come from each entry. */
export const FORMULA_PRM: Prm = {
	dropout: 0,
	dropout_aux: 0,
	attention_dropout: 0,
	stochastic_depth_prob: 0,
	norm_eps: 1e-5,
	norm_std: 0.02,
	norm_momentum: 0.1,
	patch_size: 0.25,
	pretrained: 0,
	lr: 0.01,
	momentum: 0.9,
};

export const shapeSchema = v.strictTuple([v.number(), v.number(), v.number(), v.number()]);

/** Name, shape, kind, scale, gradient norm in float32 and float64 (null = none). */
export const paramSchema = v.tuple([
	v.string(),
	v.array(v.number()),
	v.picklist(['w', 'n', 'b', 'rho']),
	v.number(),
	v.nullable(v.number()),
	v.nullable(v.number()),
]);
export type ParamRow = v.InferOutput<typeof paramSchema>;

export function build(
	{ Net }: NetSpec,
	input: readonly [number, number, number, number],
	classes: number,
	prm: Prm = FORMULA_PRM,
): Net {
	return new Net(input, [classes], prm, 'cpu');
}

/** Values of a parameter: centre + scale · v. */
const CENTRES = { w: 0, n: 1, b: 0, rho: -3 } as const;

/** Formula values for all parameters and running statistics. */
export function fillByFormula(net: Net, rows: readonly ParamRow[], seed: number): void {
	const byName = new Map(net.namedParameters());
	for (const [j, [name, , kind, scale]] of rows.entries()) {
		const parameter = byName.get(name);
		if (parameter) parameter.load(spread(parameter, { j, seed, centre: CENTRES[kind], scale }));
	}
	fillBuffers(net, seed);
}

/** Running statistics by formula, counts at 0. */
export function fillBuffers(net: Net, seed: number): void {
	for (const [k, [name, buffer]] of [...net.namedBuffers()].entries()) {
		if (buffer instanceof Counter) buffer.count = 0;
		else if (name.endsWith('running_mean'))
			buffer.load(spread(buffer, { j: 10_000 + k, seed, centre: 0, scale: 0.05 }));
		else if (name.endsWith('running_var'))
			buffer.load(spread(buffer, { j: 10_000 + k, seed, centre: 1, scale: 0.1 }));
	}
}

interface Spread {
	readonly j: number;
	readonly seed: number;
	readonly centre: number;
	readonly scale: number;
}

function spread({ size }: Parameter, { j, seed, centre, scale }: Spread): Float32Array {
	const values = new Float32Array(size);
	for (let i = 0; i < size; i++) values[i] = centre + scale * (2 * uniform(j, i, seed) - 1);
	return values;
}

export type ImageShape = readonly [number, number, number, number];

/** How far and by which stream the pixels are moved: relative, to see what a net makes of rounding. */
export interface Noise {
	readonly share: number;
	readonly stream: number;
}

/** 0.5 + 0.5 sin(1.7 n + 0.9 c + 0.35 h + 0.21 w + 0.013 h w + phase) */
export function formulaImage([n, c, h, w]: ImageShape, phase: number, noise?: Noise): Tensor {
	const values = new Float32Array(n * c * h * w);
	let at = 0;
	for (let i = 0; i < n; i++)
		for (let j = 0; j < c; j++)
			for (let y = 0; y < h; y++)
				for (let x = 0; x < w; x++)
					values[at++] =
						0.5 + 0.5 * Math.sin(1.7 * i + 0.9 * j + 0.35 * y + 0.21 * x + 0.013 * y * x + phase);
	if (noise)
		for (let i = 0; i < at; i++)
			values[i]! *= 1 + noise.share * (2 * uniform(noise.stream, i, 0) - 1);
	return tensor(values, [n, c, h, w]);
}

export function labelTensor(labels: readonly number[]): Tensor {
	return intTensor(labels, [labels.length]);
}
