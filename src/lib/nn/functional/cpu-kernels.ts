/**
 * Convolutions of tfjs's cpu backend, written anew on flat arrays: its own walk every element through
 * an index object and are some fifty times slower. Loaded with the cpu backend; other backends keep theirs.
 */
import {
	backend_util,
	registerKernel,
	unregisterKernel,
	type KernelConfig,
	type KernelFunc,
	type NamedTensorInfoMap,
	type TensorInfo,
} from '@tensorflow/tfjs-core';
import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import { batchNorm, batchNormGradient } from './cpu-batch-norm';

type Info = backend_util.Conv2DInfo;
type Shape4 = [number, number, number, number];

interface ConvAttributes {
	readonly strides: [number, number];
	readonly pad: backend_util.ExplicitPadding | 'same' | 'valid' | number;
	readonly dilations?: [number, number];
	readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
	readonly inputShape?: Shape4;
	readonly filterShape?: Shape4;
}

/** Replaces the convolution kernels of the cpu backend. */
export function registerCpuKernels(): void {
	for (const [kernelName, work] of Object.entries(KERNELS)) {
		unregisterKernel(kernelName, 'cpu');
		const kernelFunc: KernelFunc = ({ inputs, attrs, backend }) => {
			if (!(backend instanceof MathBackendCPU)) throw new TypeError('This kernel is for the cpu.');
			const read = (name: string) => valuesOf(backend, inputs, name);
			const { shape, values } = work(read, attrs as unknown as ConvAttributes); // as conv-kernels.ts gives them
			return backend.makeTensorInfo([...shape], 'float32', values);
		};
		const config: KernelConfig = { kernelName, backendName: 'cpu', kernelFunc };
		registerKernel(config);
	}
	for (const config of [batchNorm, batchNormGradient]) registerKernel(config);
}

interface Read {
	readonly shape: Shape4;
	readonly values: Float32Array;
}

function valuesOf(backend: MathBackendCPU, inputs: NamedTensorInfoMap, name: string): Read {
	const info = inputs[name] as TensorInfo;
	const { values } = backend.data.get(info.dataId);
	if (!(values instanceof Float32Array)) throw new TypeError(`${name} holds no floats.`);
	return { shape: info.shape as Shape4, values };
}

interface Made {
	readonly shape: readonly number[];
	readonly values: Float32Array;
}
type Work = (read: (name: string) => Read, attributes: ConvAttributes) => Made;

function infoOf(
	input: Shape4,
	filter: Shape4,
	attributes: ConvAttributes,
	depthwise: boolean,
): Info {
	const { strides, pad, dilations = [1, 1], dimRoundingMode } = attributes;
	return backend_util.computeConv2DInfo(
		input,
		filter,
		strides,
		dilations,
		pad,
		dimRoundingMode,
		depthwise,
		'channelsLast',
	);
}

/**
 * Every pair of an output pixel and a filter position whose input pixel lies inside the image.
 * @param visit offsets of the first channel of output, input and filter position
 */
function eachTap(info: Info, visit: (out: number, input: number, tap: number) => void): void {
	const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels } = info;
	const { filterHeight, filterWidth, strideHeight, strideWidth } = info;
	const { dilationHeight, dilationWidth, padInfo } = info;
	for (let n = 0; n < batchSize; n++)
		for (let oy = 0; oy < outHeight; oy++)
			for (let ky = 0; ky < filterHeight; ky++) {
				const iy = oy * strideHeight - padInfo.top + ky * dilationHeight;
				if (iy < 0 || iy >= inHeight) continue;
				for (let ox = 0; ox < outWidth; ox++)
					for (let kx = 0; kx < filterWidth; kx++) {
						const ix = ox * strideWidth - padInfo.left + kx * dilationWidth;
						if (ix < 0 || ix >= inWidth) continue;
						visit(
							((n * outHeight + oy) * outWidth + ox) * outChannels,
							((n * inHeight + iy) * inWidth + ix) * inChannels,
							ky * filterWidth + kx,
						);
					}
			}
}

const conv: Work = (read, attributes) => {
	const [x, filter] = [read('x'), read('filter')];
	const info = infoOf(x.shape, filter.shape, attributes, false);
	const { inChannels, outChannels } = info;
	// Sums are kept in doubles, as the figures they are compared with are.
	const sums = new Float64Array(info.outShape.reduce((a, b) => a * b, 1));
	const [xs, ws] = [x.values, filter.values];
	eachTap(info, (out, input, tap) => {
		for (let i = 0; i < inChannels; i++) {
			const value = xs[input + i]!;
			if (value === 0) continue;
			const row = (tap * inChannels + i) * outChannels;
			for (let o = 0; o < outChannels; o++) sums[out + o]! += value * ws[row + o]!;
		}
	});
	return { shape: info.outShape, values: Float32Array.from(sums) };
};

const convInput: Work = (read, attributes) => {
	const [dy, filter] = [read('dy'), read('filter')];
	const shape = attributes.inputShape!;
	const info = infoOf(shape, filter.shape, attributes, false);
	const { inChannels, outChannels } = info;
	const sums = new Float64Array(shape.reduce((a, b) => a * b, 1));
	const [gs, ws] = [dy.values, filter.values];
	eachTap(info, (out, input, tap) => {
		for (let i = 0; i < inChannels; i++) {
			const row = (tap * inChannels + i) * outChannels;
			let sum = 0;
			for (let o = 0; o < outChannels; o++) sum += gs[out + o]! * ws[row + o]!;
			sums[input + i]! += sum;
		}
	});
	return { shape, values: Float32Array.from(sums) };
};

const convFilter: Work = (read, attributes) => {
	const [x, dy] = [read('x'), read('dy')];
	const shape = attributes.filterShape!;
	const info = infoOf(x.shape, shape, attributes, false);
	const { inChannels, outChannels } = info;
	const sums = new Float64Array(shape.reduce((a, b) => a * b, 1));
	const [xs, gs] = [x.values, dy.values];
	eachTap(info, (out, input, tap) => {
		for (let i = 0; i < inChannels; i++) {
			const value = xs[input + i]!;
			if (value === 0) continue;
			const row = (tap * inChannels + i) * outChannels;
			for (let o = 0; o < outChannels; o++) sums[row + o]! += value * gs[out + o]!;
		}
	});
	return { shape, values: Float32Array.from(sums) };
};

const depthwise: Work = (read, attributes) => {
	const [x, filter] = [read('x'), read('filter')];
	const info = infoOf(x.shape, filter.shape, attributes, true);
	const { inChannels } = info;
	const each = info.outChannels / inChannels;
	const sums = new Float64Array(info.outShape.reduce((a, b) => a * b, 1));
	const [xs, ws] = [x.values, filter.values];
	eachTap(info, (out, input, tap) => {
		for (let i = 0, o = 0; i < inChannels; i++)
			for (let m = 0; m < each; m++, o++)
				sums[out + o]! += xs[input + i]! * ws[tap * info.outChannels + o]!;
	});
	return { shape: info.outShape, values: Float32Array.from(sums) };
};

const depthwiseInput: Work = (read, attributes) => {
	const [dy, filter] = [read('dy'), read('filter')];
	const shape = attributes.inputShape!;
	const info = infoOf(shape, filter.shape, attributes, true);
	const { inChannels } = info;
	const each = info.outChannels / inChannels;
	const sums = new Float64Array(shape.reduce((a, b) => a * b, 1));
	const [gs, ws] = [dy.values, filter.values];
	eachTap(info, (out, input, tap) => {
		for (let i = 0, o = 0; i < inChannels; i++)
			for (let m = 0; m < each; m++, o++)
				sums[input + i]! += gs[out + o]! * ws[tap * info.outChannels + o]!;
	});
	return { shape, values: Float32Array.from(sums) };
};

const depthwiseFilter: Work = (read, attributes) => {
	const [x, dy] = [read('x'), read('dy')];
	const shape = attributes.filterShape!;
	const info = infoOf(x.shape, shape, attributes, true);
	const { inChannels } = info;
	const each = info.outChannels / inChannels;
	const sums = new Float64Array(shape.reduce((a, b) => a * b, 1));
	const [xs, gs] = [x.values, dy.values];
	eachTap(info, (out, input, tap) => {
		for (let i = 0, o = 0; i < inChannels; i++)
			for (let m = 0; m < each; m++, o++)
				sums[tap * info.outChannels + o]! += xs[input + i]! * gs[out + o]!;
	});
	return { shape, values: Float32Array.from(sums) };
};

const KERNELS: Readonly<Record<string, Work>> = {
	Conv2D: conv,
	Conv2DBackpropInput: convInput,
	Conv2DBackpropFilter: convFilter,
	DepthwiseConv2dNative: depthwise,
	DepthwiseConv2dNativeBackpropInput: depthwiseInput,
	DepthwiseConv2dNativeBackpropFilter: depthwiseFilter,
};
