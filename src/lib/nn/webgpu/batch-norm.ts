/**
 * Batch normalisation in two dispatches each way: partial sums over chunks of rows, then every thread
 * adds the few partials of its channel again and walks its own rows. No barriers; a fixed order of sums.
 */
import type { KernelConfig, NamedTensorInfoMap, TensorInfo } from '@tensorflow/tfjs-core';
import { empty, gpuBackend, programs, release, run, type Program, type Slot } from './dispatch';

export interface BatchNormAttributes {
	readonly eps: number;
	readonly momentum: number;
}

interface Size {
	readonly rows: number;
	/** per channel, or per four of them */
	readonly columns: number;
	readonly type: 'f32' | 'vec4<f32>';
	/** chunks of rows, and rows in each, of the sums and of the second pass */
	readonly chunks: number;
	readonly chunkRows: number;
	readonly walks: number;
	readonly walkRows: number;
}

const MOST_CHUNKS = 128;

function sizeOf(shape: readonly number[]): Size {
	const channels = shape[shape.length - 1] ?? 1;
	const rows = shape.reduce((product, n) => product * n, 1) / channels;
	const four = channels % 4 === 0;
	const chunks = Math.min(MOST_CHUNKS, Math.ceil(rows / 16));
	const walkRows = Math.max(16, Math.ceil(rows / 2_048));
	return {
		rows,
		columns: four ? channels / 4 : channels,
		type: four ? 'vec4<f32>' : 'f32',
		chunks,
		chunkRows: Math.ceil(rows / chunks),
		walks: Math.ceil(rows / walkRows),
		walkRows,
	};
}

const UNIFORMS = ['rows', 'columns', 'chunks', 'chunkRows', 'walks', 'walkRows'];
const words = ({ rows, columns, chunks, chunkRows, walks, walkRows }: Size) => [
	...[rows, columns, chunks],
	...[chunkRows, walks, walkRows],
];

const CHUNK = `if (i >= u.chunks * u.columns) { return; }
let c = i % u.columns; let k = i / u.columns;
let start = k * u.chunkRows; let to = min(u.rows, start + u.chunkRows);`;
const WALK = `if (i >= u.walks * u.columns) { return; }
let c = i % u.columns; let k = i / u.columns;
let start = k * u.walkRows; let to = min(u.rows, start + u.walkRows);`;

// Sums of differences to the first row: the variance of values far from zero keeps its digits.
const sums = programs((type: Slot[1]): Program => ({
	key: `bn sums ${type}`,
	reads: [['x', type]],
	writes: [['p', type]],
	uniforms: UNIFORMS,
	body: `${CHUNK}
let shift = x[c]; var a = ${type}(); var b = ${type}();
for (var r = start; r < to; r++) { let d = x[r * u.columns + c] - shift; a += d; b += d * d; }
p[2 * k * u.columns + c] = a; p[(2 * k + 1) * u.columns + c] = b;`,
}));

const normalise = programs(
	(type: Slot[1], weight: boolean, bias: boolean, running: boolean): Program => ({
		key: `bn normalise ${type} ${weight} ${bias} ${running}`,
		reads: [
			['x', type],
			['p', type],
			...(weight ? ([['weight', type]] as const) : []),
			...(bias ? ([['bias', type]] as const) : []),
		],
		writes: [
			['y', type],
			['s', type],
			...(running
				? ([
						['runningMean', type],
						['runningVar', type],
					] as const)
				: []),
		],
		uniforms: [...UNIFORMS, 'eps: f32', 'momentum: f32', 'unbiased: f32'],
		body: `${WALK}
let shift = x[c]; var a = ${type}(); var b = ${type}();
for (var q = 0; q < u.chunks; q++) { a += p[2 * q * u.columns + c]; b += p[(2 * q + 1) * u.columns + c]; }
let n = f32(u.rows); let off = a / n; let variance = max(b / n - off * off, ${type}());
let centre = off + shift; let inverse = inverseSqrt(variance + u.eps);
if (k == 0) { s[c] = centre; s[u.columns + c] = inverse;
${
	running
		? `runningMean[c] = runningMean[c] * (1.0 - u.momentum) + centre * u.momentum;
runningVar[c] = runningVar[c] * (1.0 - u.momentum) + variance * (u.unbiased * u.momentum);`
		: ''
} }
for (var r = start; r < to; r++) { let o = r * u.columns + c;
y[o] = (x[o] - centre) * inverse${weight ? ' * weight[c]' : ''}${bias ? ' + bias[c]' : ''}; }`,
	}),
);

const gradientSums = programs((type: Slot[1]): Program => ({
	key: `bn gradient sums ${type}`,
	reads: [
		['x', type],
		['g', type],
		['s', type],
	],
	writes: [['p', type]],
	uniforms: UNIFORMS,
	body: `${CHUNK}
let centre = s[c]; let inverse = s[u.columns + c]; var a = ${type}(); var b = ${type}();
for (var r = start; r < to; r++) { let o = r * u.columns + c; let d = g[o]; a += d; b += d * ((x[o] - centre) * inverse); }
p[2 * k * u.columns + c] = a; p[(2 * k + 1) * u.columns + c] = b;`,
}));

const gradient = programs((type: Slot[1], weight: boolean): Program => ({
	key: `bn gradient ${type} ${weight}`,
	reads: [
		['x', type],
		['g', type],
		['s', type],
		['p', type],
		...(weight ? ([['weight', type]] as const) : []),
	],
	writes: [
		['dx', type],
		['dWeight', type],
		['dBias', type],
	],
	uniforms: UNIFORMS,
	body: `${WALK}
let centre = s[c]; let inverse = s[u.columns + c]; var a = ${type}(); var b = ${type}();
for (var q = 0; q < u.chunks; q++) { a += p[2 * q * u.columns + c]; b += p[(2 * q + 1) * u.columns + c]; }
if (k == 0) { dWeight[c] = b; dBias[c] = a; }
let n = f32(u.rows); let slope = inverse${weight ? ' * weight[c]' : ''}; a = a / n; b = b / n;
for (var r = start; r < to; r++) { let o = r * u.columns + c;
dx[o] = slope * (g[o] - a - (x[o] - centre) * inverse * b); }`,
}));

const given = (inputs: NamedTensorInfoMap, ...names: readonly string[]): TensorInfo[] =>
	names.flatMap((name) => (inputs[name] ? [inputs[name]] : []));

/** x, weight?, bias?, runningMean? and runningVar? (changed in place) → y, (mean and 1/σ) */
export const batchNorm: KernelConfig = {
	kernelName: 'LemurBatchNorm',
	backendName: 'webgpu',
	kernelFunc({ inputs, backend, attrs }) {
		const gpu = gpuBackend(backend);
		const { eps, momentum } = attrs as unknown as BatchNormAttributes; // as norm.ts gives them
		const x = inputs['x']!;
		const size = sizeOf(x.shape);
		const channels = x.shape[x.shape.length - 1]!;
		const partials = empty(gpu, [2 * size.chunks * channels]);
		const [y, statistics] = [empty(gpu, x.shape), empty(gpu, [2, channels])];
		run(gpu, sums(size.type), {
			reads: [x],
			writes: [partials],
			uniforms: words(size),
			threads: size.chunks * size.columns,
		});
		const [weight, bias, running] = ['weight', 'bias', 'runningMean'].map((name) => name in inputs);
		run(gpu, normalise(size.type, weight!, bias!, running!), {
			reads: [x, partials, ...given(inputs, 'weight', 'bias')],
			writes: [y, statistics, ...given(inputs, 'runningMean', 'runningVar')],
			uniforms: [...words(size), eps, momentum, size.rows / (size.rows - 1)],
			threads: size.walks * size.columns,
		});
		release(gpu, partials);
		return [y, statistics];
	},
};

/** x, gradient, statistics, weight? → gradients of x, weight and bias */
export const batchNormGradient: KernelConfig = {
	kernelName: 'LemurBatchNormGradient',
	backendName: 'webgpu',
	kernelFunc({ inputs, backend }) {
		const gpu = gpuBackend(backend);
		const [x, g, statistics] = [inputs['x']!, inputs['gradient']!, inputs['statistics']!];
		const size = sizeOf(x.shape);
		const channels = x.shape[x.shape.length - 1]!;
		const partials = empty(gpu, [2 * size.chunks * channels]);
		const made = [empty(gpu, x.shape), empty(gpu, [channels]), empty(gpu, [channels])];
		run(gpu, gradientSums(size.type), {
			reads: [x, g, statistics],
			writes: [partials],
			uniforms: words(size),
			threads: size.chunks * size.columns,
		});
		run(gpu, gradient(size.type, 'weight' in inputs), {
			reads: [x, g, statistics, partials, ...given(inputs, 'weight')],
			writes: made,
			uniforms: words(size),
			threads: size.walks * size.columns,
		});
		release(gpu, partials);
		return made;
	},
};
