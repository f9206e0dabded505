/** Small kernels: masks of the counter-based generator, ReLUs, sums of two tensors, images from bytes. */
import type { KernelConfig } from '@tensorflow/tfjs-core';
import { empty, gpuBackend, programs, run, type Program, type Slot } from './dispatch';

const HASH = `fn hash(place: u32, stream: u32, seed: u32) -> u32 {
var h = place * 0x9e3779b1u + stream * 0x85ebca77u + seed * 0xc2b2ae3du + 0x27d4eb2fu;
h = (h ^ (h >> 15u)) * 0x2c1b3c6du; h = (h ^ (h >> 12u)) * 0x297a2d39u; return h ^ (h >> 15u); }`;

const mask: Program = {
	key: 'keep mask',
	reads: [],
	writes: [['y', 'f32']],
	uniforms: ['n', 'stream: u32', 'seed: u32', 'least: u32', 'always', 'kept: f32'],
	functions: HASH,
	body: `if (i >= u.n) { return; }
y[i] = select(0.0, u.kept, (u.always == 0) & (hash(u32(i), u.stream, u.seed) >= u.least));`,
};

/** What `formula.ts` draws, decided on whole numbers so that no rounding comes between. */
export interface MaskAttributes {
	readonly shape: readonly number[];
	readonly stream: number;
	readonly seed: number;
	/** drop probability */
	readonly p: number;
}

/** @returns the least hash whose number, in single precision, is not below p; 2³² where none is */
export function leastKept(p: number): number {
	let [low, high] = [0, 2 ** 32];
	while (low < high) {
		const middle = Math.floor((low + high) / 2);
		if (Math.fround(middle / 2 ** 32) < p) low = middle + 1;
		else high = middle;
	}
	return low;
}

/** → 0 with probability p, else 1 / (1 − p) */
export const keepMask: KernelConfig = {
	kernelName: 'LemurKeepMask',
	backendName: 'webgpu',
	kernelFunc({ backend, attrs }) {
		const gpu = gpuBackend(backend);
		const { shape, stream, seed, p } = attrs as unknown as MaskAttributes; // as dropout.ts gives them
		const made = empty(gpu, shape);
		const n = shape.reduce((product, size) => product * size, 1);
		const least = leastKept(p);
		const none = least >= 2 ** 32;
		const uniforms = [n, stream, seed, none ? 0 : least, Number(none), p < 1 ? 1 / (1 - p) : 0];
		run(gpu, mask, { reads: [], writes: [made], uniforms, threads: n });
		return made;
	},
};

type Step = 'relu' | 'relu gradient' | 'relu6' | 'relu6 gradient' | 'add';
/** One element or four: `a` and `b` are the operands at `i`. Gradients: `a` flows back, `b` is the result. */
const STEPS: Readonly<Record<Step, (type: Slot[1]) => string>> = {
	relu: (type) => `max(a, ${type}())`,
	'relu gradient': (type) => `select(${type}(), a, b > ${type}())`,
	relu6: (type) => `clamp(a, ${type}(), ${type}(6.0))`,
	'relu6 gradient': (type) => `select(${type}(), a, (b > ${type}()) & (b < ${type}(6.0)))`,
	add: () => 'a + b',
};
const UNARY: readonly Step[] = ['relu', 'relu6'];

const elementwise = programs((step: Step, four: boolean): Program => {
	const type: Slot[1] = four ? 'vec4<f32>' : 'f32';
	const both = !UNARY.includes(step);
	return {
		key: `${step} ${type}`,
		reads: [['p', type], ...(both ? ([['q', type]] as const) : [])],
		writes: [['y', type]],
		uniforms: ['n'],
		body: `if (i >= u.n) { return; } let a = p[i]; ${both ? 'let b = q[i];' : ''}
y[i] = ${STEPS[step](type)};`,
	};
});

/** Inputs a and b (of binary steps), of one shape, element by element. */
function elementKernel(kernelName: string, step: Step): KernelConfig {
	return {
		kernelName,
		backendName: 'webgpu',
		kernelFunc({ inputs, backend }) {
			const gpu = gpuBackend(backend);
			const [a, b] = [inputs['a']!, inputs['b']];
			const made = empty(gpu, a.shape);
			const n = a.shape.reduce((product, size) => product * size, 1);
			const four = n % 4 === 0;
			const threads = four ? n / 4 : n;
			const reads = b ? [a, b] : [a];
			run(gpu, elementwise(step, four), { reads, writes: [made], uniforms: [threads], threads });
			return made;
		},
	};
}

export const relu = elementKernel('LemurRelu', 'relu');
/** a: gradient of the result, b: the result */
export const reluGradient = elementKernel('LemurReluGradient', 'relu gradient');
export const relu6 = elementKernel('LemurRelu6', 'relu6');
/** a: gradient of the result, b: the result */
export const relu6Gradient = elementKernel('LemurRelu6Gradient', 'relu6 gradient');
export const add = elementKernel('LemurAdd', 'add');

const image: Program = {
	key: 'image',
	reads: [['x', 'i32']],
	writes: [['y', 'f32']],
	uniforms: [
		'n',
		'channels',
		...['scale', 'shift'].flatMap((w) => [0, 1, 2].map((c) => `${w}${c}: f32`)),
	],
	body: `if (i >= u.n) { return; }
let byte = f32((u32(x[i / 4]) >> (8u * u32(i % 4))) & 255u); let c = i % u.channels;
y[i] = byte * select(select(u.scale2, u.scale1, c == 1), u.scale0, c == 0) + select(select(u.shift2, u.shift1, c == 1), u.shift0, c == 0);`,
};

/** Bytes of images, four to a word and channels last → (byte / 255 − mean) / std */
export interface ImageAttributes {
	readonly shape: readonly [number, number, number, number];
	/** of each channel, three at most */
	readonly mean: readonly number[];
	readonly std: readonly number[];
}

export const unpackImage: KernelConfig = {
	kernelName: 'LemurImage',
	backendName: 'webgpu',
	kernelFunc({ inputs, backend, attrs }) {
		const gpu = gpuBackend(backend);
		const { shape, mean, std } = attrs as unknown as ImageAttributes; // as image.ts gives them
		const made = empty(gpu, shape);
		const n = shape.reduce((product, size) => product * size, 1);
		const channels = [0, 1, 2];
		const scales = channels.map((c) => 1 / (255 * (std[c] ?? 1)));
		const shifts = channels.map((c) => -(mean[c] ?? 0) / (std[c] ?? 1));
		run(gpu, image, {
			reads: [inputs['bytes']!],
			writes: [made],
			uniforms: [n, shape[3], ...scales, ...shifts],
			threads: n,
		});
		return made;
	},
};
