/**
 * Batch normalisation on the cpu in one walk each way, in double precision: rounded once, so that a
 * sign behind it is seldom another than PyTorch's. The same kernels by name as those of WebGPU.
 */
import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs-core';
import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';

interface Attributes {
	readonly eps: number;
	readonly momentum: number;
}

/** Rows of channels, whatever the axes before the last. */
interface Rows {
	readonly values: Float32Array;
	readonly channels: number;
	readonly count: number;
}

function cpuBackend(given: unknown): MathBackendCPU {
	if (given instanceof MathBackendCPU) return given;
	throw new TypeError('This kernel is for the cpu.');
}

function valuesOf(backend: MathBackendCPU, { dataId }: TensorInfo): Float32Array {
	const { values } = backend.data.get(dataId);
	if (values instanceof Float32Array) return values;
	throw new TypeError('Batch normalisation is of floats.');
}

function rowsOf(backend: MathBackendCPU, info: TensorInfo): Rows {
	const values = valuesOf(backend, info);
	const channels = info.shape.at(-1) ?? 1;
	return { values, channels, count: values.length / channels };
}

/** Mean and biased variance of each channel; the mean goes first, so that large values keep their digits. */
function momentsOf({ values, channels, count }: Rows): {
	mean: Float64Array;
	variance: Float64Array;
} {
	const mean = new Float64Array(channels);
	for (let i = 0; i < values.length; i++) mean[i % channels]! += values[i]!;
	for (let c = 0; c < channels; c++) mean[c]! /= count;
	const variance = new Float64Array(channels);
	for (let i = 0; i < values.length; i++) {
		const off = values[i]! - mean[i % channels]!;
		variance[i % channels]! += off * off;
	}
	for (let c = 0; c < channels; c++) variance[c]! /= count;
	return { mean, variance };
}

/** x, weight?, bias?, runningMean? and runningVar? (changed in place) → y, (mean and 1/σ) */
export const batchNorm: KernelConfig = {
	kernelName: 'LemurBatchNorm',
	backendName: 'cpu',
	kernelFunc({ inputs, attrs, backend: given }) {
		const backend = cpuBackend(given);
		const { eps, momentum } = attrs as unknown as Attributes; // as norm.ts gives them
		const read = (name: string) => (inputs[name] ? valuesOf(backend, inputs[name]) : undefined);
		const x = rowsOf(backend, inputs['x']!);
		const { channels, count } = x;
		const { mean, variance } = momentsOf(x);
		const inverse = variance.map((one) => 1 / Math.sqrt(one + eps));
		const [weight, bias] = [read('weight'), read('bias')];
		const y = new Float32Array(x.values.length);
		for (let i = 0; i < y.length; i++) {
			const c = i % channels;
			y[i] = (x.values[i]! - mean[c]!) * inverse[c]! * (weight?.[c] ?? 1) + (bias?.[c] ?? 0);
		}
		const [runningMean, runningVar] = [read('runningMean'), read('runningVar')];
		const unbiased = count / (count - 1);
		for (let c = 0; c < channels && runningMean && runningVar; c++) {
			runningMean[c] = runningMean[c]! * (1 - momentum) + mean[c]! * momentum;
			runningVar[c] = runningVar[c]! * (1 - momentum) + variance[c]! * unbiased * momentum;
		}
		const statistics = Float32Array.from([...mean, ...inverse]);
		return [
			backend.makeTensorInfo(inputs['x']!.shape, 'float32', y),
			backend.makeTensorInfo([2, channels], 'float32', statistics),
		];
	},
};

/** x, gradient, statistics, weight? → gradients of x, weight and bias */
export const batchNormGradient: KernelConfig = {
	kernelName: 'LemurBatchNormGradient',
	backendName: 'cpu',
	kernelFunc({ inputs, backend: given }) {
		const backend = cpuBackend(given);
		const x = rowsOf(backend, inputs['x']!);
		const { channels, count } = x;
		const g = valuesOf(backend, inputs['gradient']!);
		const statistics = valuesOf(backend, inputs['statistics']!);
		const weight = inputs['weight'] ? valuesOf(backend, inputs['weight']) : undefined;
		const normal = (i: number, c: number) =>
			(x.values[i]! - statistics[c]!) * statistics[channels + c]!;
		const [sums, products] = [new Float64Array(channels), new Float64Array(channels)];
		for (let i = 0; i < g.length; i++) {
			const c = i % channels;
			sums[c]! += g[i]!;
			products[c]! += g[i]! * normal(i, c);
		}
		const dx = new Float32Array(g.length);
		for (let i = 0; i < g.length; i++) {
			const c = i % channels;
			const slope = statistics[channels + c]! * (weight?.[c] ?? 1);
			dx[i] = slope * (g[i]! - sums[c]! / count - (normal(i, c) * products[c]!) / count);
		}
		return [
			backend.makeTensorInfo(inputs['x']!.shape, 'float32', dx),
			backend.makeTensorInfo([channels], 'float32', Float32Array.from(products)),
			backend.makeTensorInfo([channels], 'float32', Float32Array.from(sums)),
		];
	},
};
