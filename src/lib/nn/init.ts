/** Initial values by PyTorch's names and formulas (`torch.nn.init`); the numbers come from our generator. */
import { nextStream, normalValues, uniformValues } from './random';
import type { Parameter } from './tensor';

export type Nonlinearity = 'linear' | 'relu' | 'leaky_relu' | 'tanh' | 'sigmoid';
export type FanMode = 'fan_in' | 'fan_out';

interface KaimingOptions {
	/** slope of leaky_relu */
	readonly a?: number;
	readonly mode?: FanMode;
	readonly nonlinearity?: Nonlinearity;
}

/** @returns PyTorch's gain of a nonlinearity */
export function calculateGain(nonlinearity: Nonlinearity, a = 0.01): number {
	switch (nonlinearity) {
		case 'relu':
			return Math.SQRT2;
		case 'leaky_relu':
			return Math.sqrt(2 / (1 + a * a));
		case 'tanh':
			return 5 / 3;
		default:
			return 1;
	}
}

/** @param shape (out, in, …): inputs and outputs of one unit, with the kernel's area */
export function fans(shape: readonly number[]): Readonly<Record<FanMode, number>> {
	const [outputs = 1, inputs = 1, ...kernel] = shape;
	const area = kernel.reduce((product, n) => product * n, 1);
	return { fan_in: inputs * area, fan_out: outputs * area };
}

export function uniform(parameter: Parameter, low = 0, high = 1): void {
	const stream = nextStream();
	parameter.fill(() => uniformValues(stream, parameter.size, low, high));
}

export function normal(parameter: Parameter, mean = 0, std = 1): void {
	const stream = nextStream();
	parameter.fill(() => normalValues(stream, parameter.size, mean, std));
}

export function constant(parameter: Parameter, value: number): void {
	parameter.fill(() => new Float32Array(parameter.size).fill(value));
}

export const zeros = (parameter: Parameter): void => constant(parameter, 0);
export const ones = (parameter: Parameter): void => constant(parameter, 1);

/** U(±gain · √(3 / fan)) */
export function kaimingUniform(parameter: Parameter, options: KaimingOptions = {}): void {
	const bound = Math.sqrt(3) * kaimingStd(parameter, options);
	uniform(parameter, -bound, bound);
}

/** N(0, gain² / fan) */
export function kaimingNormal(parameter: Parameter, options: KaimingOptions = {}): void {
	normal(parameter, 0, kaimingStd(parameter, options));
}

function kaimingStd({ shape }: Parameter, options: KaimingOptions): number {
	const { a = 0, mode = 'fan_in', nonlinearity = 'leaky_relu' } = options;
	return calculateGain(nonlinearity, a) / Math.sqrt(fans(shape)[mode]);
}

/** U(±gain · √(6 / (fan_in + fan_out))) */
export function xavierUniform(parameter: Parameter, gain = 1): void {
	const { fan_in, fan_out } = fans(parameter.shape);
	const bound = gain * Math.sqrt(6 / (fan_in + fan_out));
	uniform(parameter, -bound, bound);
}

/** N(0, gain² · 2 / (fan_in + fan_out)) */
export function xavierNormal(parameter: Parameter, gain = 1): void {
	const { fan_in, fan_out } = fans(parameter.shape);
	normal(parameter, 0, gain * Math.sqrt(2 / (fan_in + fan_out)));
}

/** Normal, drawn again outside of [low, high] (absolute values, as PyTorch has them). */
export function truncNormal(parameter: Parameter, mean = 0, std = 1, low = -2, high = 2): void {
	const stream = nextStream();
	parameter.fill(() => {
		const values = normalValues(stream, parameter.size, mean, std);
		for (let i = 0; i < values.length; i++) {
			// A value outside is drawn from a place of its own, far behind the parameter's.
			for (let draw = 1; values[i]! < low || values[i]! > high; draw++) {
				const again = { ...stream, seed: stream.seed ^ Math.imul(draw, 0x9e3779b1) };
				values[i] = normalValues({ ...again, stream: stream.stream + i }, 1, mean, std)[0]!;
			}
		}
		return values;
	});
}
