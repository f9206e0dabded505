/**
 * Gradients against central differences, for each input along a random direction and along its own
 * gradient's: L(x ± εd) for L = Σ out · cotangent, with the sum made in double precision. Runs on
 * whatever backend is current.
 */
import { backward } from '../autograd';
import { uniforms } from '../formula';
import { inStep } from '../scope';
import { Parameter, tensor } from '../tensor';
import type { GradientCase, GradientInput } from './gradient-cases';

/** Half the step between the two points; single precision leaves about 1e-5 of a loss of order 1. */
const EPSILON = 1e-2;

/** One input along one direction: what the gradient says, what the differences say, and how large both can be. */
export interface Slope {
	readonly gradient: number;
	readonly difference: number;
	/** Σ |gradient · direction|: what an error is to be held against */
	readonly scale: number;
}

export async function slopesOf(one: GradientCase): Promise<Slope[]> {
	const values = one.inputs.map(valuesOf);
	const gradients = await gradientsOf(one, values);
	const slopes: Slope[] = [];
	for (const [i, { shape }] of one.inputs.entries()) {
		const random = uniforms(500 + i, sizeOf(shape), { low: -1, high: 1 });
		for (const direction of [random, uphill(gradients[i]!, random)]) {
			const moved = (by: number) =>
				values.map((list, k) =>
					k === i ? list.map((x, at) => x + by * EPSILON * direction[at]!) : list,
				);
			const difference = (await lossOf(one, moved(1))) - (await lossOf(one, moved(-1)));
			const parts = [...direction].map((d, at) => d * gradients[i]![at]!);
			slopes.push({
				gradient: parts.reduce((sum, part) => sum + part, 0),
				difference: difference / (2 * EPSILON),
				scale: parts.reduce((sum, part) => sum + Math.abs(part), 0),
			});
		}
	}
	return slopes;
}

/** Where no two parts of the slope cancel; elements without a gradient are moved all the same. */
function uphill(gradient: ArrayLike<number>, random: Float32Array): Float32Array {
	return random.map((x, at) => (gradient[at] === 0 ? x : (Math.sign(gradient[at]!) * (1 + x)) / 2));
}

/** @returns the largest distance of gradient and difference, in units of the scale */
export function worstSlope(slopes: readonly Slope[]): number {
	return Math.max(
		...slopes.map(({ gradient, difference, scale }) =>
			scale === 0 ? Infinity : Math.abs(gradient - difference) / scale,
		),
	);
}

const sizeOf = (shape: readonly number[]) => shape.reduce((product, n) => product * n, 1);

/** Evenly spread and all different; kept from multiples of the gap by a quarter of it. */
function valuesOf({ shape, low = -1, high = 1, gap }: GradientInput, stream: number): Float32Array {
	const values = uniforms(stream, sizeOf(shape), { low, high });
	if (gap === undefined) return values;
	return values.map((x) => {
		const base = Math.floor(x / gap);
		const share = x / gap - base;
		return (base + 0.25 + share / 2) * gap;
	});
}

function leavesOf({ inputs }: GradientCase, values: readonly Float32Array[]): Parameter[] {
	return inputs.map(
		({ shape, layout }, i) => new Parameter(() => values[i]!, shape, layout ?? 'plain'),
	);
}

const cotangentOf = (size: number) => uniforms(900, size, { low: -1, high: 1 });

async function gradientsOf(
	one: GradientCase,
	values: readonly Float32Array[],
): Promise<ArrayLike<number>[]> {
	const leaves = leavesOf(one, values);
	return inStep(async () => {
		const out = one.run(...leaves);
		backward(out, tensor(cotangentOf(out.size), out.shape));
		const found: ArrayLike<number>[] = [];
		for (const leaf of leaves) {
			if (!leaf.grad) throw new Error(`${one.op}: no gradient came to an input.`);
			found.push(await leaf.grad.data());
		}
		for (const leaf of leaves) leaf.dispose();
		return found;
	});
}

async function lossOf(one: GradientCase, values: readonly Float32Array[]): Promise<number> {
	const leaves = leavesOf(one, values);
	return inStep(async () => {
		const out = one.run(...leaves);
		const found = await out.data();
		const cotangent = cotangentOf(out.size);
		for (const leaf of leaves) leaf.dispose();
		return cotangent.reduce((sum, g, i) => sum + g * found[i]!, 0);
	});
}
