/**
 * Convolution of one group on channels-last memory, forward and back. A thread has a block of four
 * pixels by four channels in named accumulators; no workgroup memory, no barriers, no atomics, so
 * that sums have one order. Bounds are joined by `&`: long chains of `&&` compile many times slower.
 */
import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs-core';
import { empty, gpuBackend, programs, release, run, type Program, type Slot } from './dispatch';

type Pair = readonly [number, number];

/** Heights before widths. */
export interface ConvAttributes {
	readonly stride: Pair;
	readonly padding: Pair;
	readonly dilation: Pair;
	/** shape of what is made by a gradient kernel */
	readonly shape?: readonly number[];
	/** whether the filter's gradient comes with the bias's */
	readonly bias?: boolean;
}

const UNIFORMS = [
	...['n', 'h', 'w', 'ci', 'oh', 'ow', 'co', 'kh', 'kw'],
	...['sh', 'sw', 'ph', 'pw', 'dh', 'dw', 'split', 'splitRows'],
];

interface Sizes {
	readonly words: readonly number[];
	readonly inputPixels: number;
	readonly outputPixels: number;
	readonly outputRows: number;
	readonly inChannels: number;
	readonly outChannels: number;
	readonly taps: number;
}

function sizesOf(
	x: readonly number[],
	filter: readonly number[],
	y: readonly number[],
	{ stride, padding, dilation }: ConvAttributes,
): Sizes {
	const [n = 0, h = 0, w = 0, ci = 0] = x;
	const [, oh = 0, ow = 0, co = 0] = y;
	const [kh = 0, kw = 0] = filter;
	return {
		words: [n, h, w, ci, oh, ow, co, kh, kw, ...stride, ...padding, ...dilation],
		inputPixels: n * h * w,
		outputPixels: n * oh * ow,
		outputRows: n * oh,
		inChannels: ci,
		outChannels: co,
		taps: kh * kw,
	};
}

const BLOCK = [0, 1, 2, 3] as const;
const each = (line: (p: number) => string) => BLOCK.map(line).join('\n');
const typeOf = (four: boolean): Slot[1] => (four ? 'vec4<f32>' : 'f32');
const isFour = (channels: number) => channels % 4 === 0;
const blocks = (channels: number) => Math.ceil(channels / 4);

/** Reads four neighbouring channels of `name`, where a row has `width` of them. */
const read4 = (name: string, width: string, four: boolean) =>
	four
		? `fn ${name}4(row: i32, c: i32) -> vec4<f32> { return ${name}[row * (${width} / 4) + c]; }`
		: `fn ${name}4(row: i32, c: i32) -> vec4<f32> { let o = row * ${width} + c * 4;
return vec4<f32>(${name}[o], ${name}[o + 1], ${name}[o + 2], ${name}[o + 3]); }`;
/** Writes those of four channels that exist. */
const write4 = (name: string, width: string, four: boolean) =>
	four
		? `fn put4(row: i32, c: i32, z: vec4<f32>) { ${name}[row * (${width} / 4) + c] = z; }`
		: `fn put4(row: i32, c: i32, z: vec4<f32>) { let o = row * ${width} + c * 4; let r = ${width} - c * 4;
${name}[o] = z.x; if (r > 1) { ${name}[o + 1] = z.y; } if (r > 2) { ${name}[o + 2] = z.z; } if (r > 3) { ${name}[o + 3] = z.w; } }`;

const forwardProgram = programs((inFour: boolean, outFour: boolean, bias: boolean): Program => ({
	key: `conv ${inFour} ${outFour} ${bias}`,
	reads: [
		['x', typeOf(inFour)],
		['k', typeOf(outFour)],
		...(bias ? ([['b', typeOf(outFour)]] as const) : []),
	],
	writes: [['y', typeOf(outFour)]],
	uniforms: UNIFORMS,
	functions: [
		read4('k', 'u.co', outFour),
		...(bias ? [read4('b', 'u.co', outFour)] : []),
		write4('y', 'u.co', outFour),
	].join('\n'),
	body: `let columns = (u.co + 3) / 4; let c = i % columns; let m = (i / columns) * 4;
let pixels = u.n * u.oh * u.ow; if (m >= pixels) { return; } let inner = u.ci / ${inFour ? 4 : 1};
${each(
	(p) => `let m${p} = min(m + ${p}, pixels - 1); let y${p} = ((m${p} / u.ow) % u.oh) * u.sh - u.ph;
let x${p} = (m${p} % u.ow) * u.sw - u.pw; let n${p} = (m${p} / (u.ow * u.oh)) * u.h; var a${p} = vec4<f32>();`,
)}
for (var th = 0; th < u.kh; th++) { for (var tw = 0; tw < u.kw; tw++) { let row = (th * u.kw + tw) * u.ci;
${each(
	(p) => `let v${p} = y${p} + th * u.dh; let h${p} = x${p} + tw * u.dw;
let in${p} = (v${p} >= 0) & (v${p} < u.h) & (h${p} >= 0) & (h${p} < u.w);
let o${p} = select(0, ((n${p} + v${p}) * u.w + h${p}) * inner, in${p}); let f${p} = select(0.0, 1.0, in${p});`,
)}
for (var e = 0; e < inner; e++) {
${
	inFour
		? `${each((j) => `let w${j} = k4(row + e * 4 + ${j}, c);`)}
${each((p) => `let q${p} = x[o${p} + e] * f${p}; a${p} += q${p}.x * w0 + q${p}.y * w1 + q${p}.z * w2 + q${p}.w * w3;`)}`
		: `let w0 = k4(row + e, c);
${each((p) => `a${p} += x[o${p} + e] * f${p} * w0;`)}`
} } } }
${bias ? 'let add = b4(0, c);' : ''}
${each((p) => `if (m + ${p} < pixels) { put4(m${p}, c, a${p}${bias ? ' + add' : ''}); }`)}`,
}));

const inputProgram = programs((inFour: boolean, outFour: boolean, strided: boolean): Program => {
	const at = (p: number, axis: 'h' | 'w', t: string) =>
		strided ? `${t}${p} / u.s${axis}` : `${t}${p}`;
	const whole = (p: number) =>
		strided ? `& (oy${p} * u.sh == ty${p}) & (ox${p} * u.sw == tx${p})` : '';
	return {
		key: `conv input ${inFour} ${outFour} ${strided}`,
		reads: [
			['g', typeOf(outFour)],
			['k', typeOf(outFour)],
		],
		writes: [['dx', typeOf(inFour)]],
		uniforms: UNIFORMS,
		functions: write4('dx', 'u.ci', inFour),
		body: `let columns = (u.ci + 3) / 4; let c = i % columns; let m = (i / columns) * 4;
let pixels = u.n * u.h * u.w; if (m >= pixels) { return; } let inner = u.co / ${outFour ? 4 : 1};
${each(
	(p) => `let m${p} = min(m + ${p}, pixels - 1); let y${p} = ((m${p} / u.w) % u.h) + u.ph;
let x${p} = (m${p} % u.w) + u.pw; let n${p} = (m${p} / (u.w * u.h)) * u.oh; var a${p} = vec4<f32>();`,
)}
for (var th = 0; th < u.kh; th++) { for (var tw = 0; tw < u.kw; tw++) {
let row = ((th * u.kw + tw) * u.ci + c * 4) * inner;
${each(
	(p) => `let ty${p} = y${p} - th * u.dh; let tx${p} = x${p} - tw * u.dw;
let oy${p} = ${at(p, 'h', 'ty')}; let ox${p} = ${at(p, 'w', 'tx')};
let in${p} = (ty${p} >= 0) & (tx${p} >= 0) & (oy${p} < u.oh) & (ox${p} < u.ow) ${whole(p)};
let o${p} = select(0, ((n${p} + oy${p}) * u.ow + ox${p}) * inner, in${p}); let f${p} = select(0.0, 1.0, in${p});`,
)}
if (!(in0 | in1 | in2 | in3)) { continue; }
for (var e = 0; e < inner; e++) {
${each((j) => `let w${j} = k[row + ${j} * inner + e];`)}
${each((p) =>
	outFour
		? `let q${p} = g[o${p} + e] * f${p}; a${p} += vec4<f32>(dot(q${p}, w0), dot(q${p}, w1), dot(q${p}, w2), dot(q${p}, w3));`
		: `a${p} += g[o${p} + e] * f${p} * vec4<f32>(w0, w1, w2, w3);`,
)} } } }
${each((p) => `if (m + ${p} < pixels) { put4(m${p}, c, a${p}); }`)}`,
	};
});

/** Sums of one part of the output's rows; the bias's gradient is a further block behind the filter's. */
const filterProgram = programs((inFour: boolean, outFour: boolean, bias: boolean): Program => {
	const rows = inFour ? BLOCK : ([0] as const);
	const part = (j: number) => (inFour ? `x4.${'xyzw'[j]}` : 'x4');
	return {
		key: `conv filter ${inFour} ${outFour} ${bias}`,
		reads: [
			['x', typeOf(inFour)],
			['g', typeOf(outFour)],
		],
		writes: [['dk', 'f32']],
		uniforms: UNIFORMS,
		functions: `${read4('g', 'u.co', outFour)}
fn put(o: i32, c: i32, z: vec4<f32>) { let r = u.co - c * 4;
dk[o] = z.x; if (r > 1) { dk[o + 1] = z.y; } if (r > 2) { dk[o + 2] = z.z; } if (r > 3) { dk[o + 3] = z.w; } }`,
		body: `let columns = (u.co + 3) / 4; let inner = u.ci / ${inFour ? 4 : 1}; let taps = u.kh * u.kw;
let main = taps * inner * columns; let per = main${bias ? ' + columns' : ''};
if (i >= per * u.split) { return; } let s = i / per; let q = i % per; let c = q % columns;
let start = s * u.splitRows; let to = min(start + u.splitRows, u.n * u.oh);
let base = s * (taps * u.ci * u.co${bias ? ' + u.co' : ''});
${
	bias
		? `if (q >= main) { var z = vec4<f32>(); for (var p = start * u.ow; p < to * u.ow; p++) { z += g4(p, c); }
put(base + taps * u.ci * u.co + c * 4, c, z); return; }`
		: ''
}
let e = (q / columns) % inner; let tap = q / (columns * inner);
let top = (tap / u.kw) * u.dh - u.ph; let left = (tap % u.kw) * u.dw - u.pw;
${rows.map((j) => `var a${j} = vec4<f32>();`).join(' ')}
for (var r = start; r < to; r++) { let v = (r % u.oh) * u.sh + top; if ((v < 0) | (v >= u.h)) { continue; }
let row = ((r / u.oh) * u.h + v) * u.w;
for (var o = 0; o < u.ow; o++) { let h = o * u.sw + left; if ((h < 0) | (h >= u.w)) { continue; }
let d = g4(r * u.ow + o, c); let x4 = x[(row + h) * inner + e];
${rows.map((j) => `a${j} += ${part(j)} * d;`).join(' ')} } }
let o = base + (tap * u.ci + e * ${inFour ? 4 : 1}) * u.co + c * 4;
${rows.map((j) => `put(o + ${j} * u.co, c, a${j});`).join(' ')}`,
	};
});

const joinParts = programs((bias: boolean): Program => ({
	key: `conv filter join ${bias}`,
	reads: [['p', 'f32']],
	writes: [['dk', 'f32'], ...(bias ? ([['db', 'f32']] as const) : [])],
	uniforms: ['size', 'all', 'split'],
	body: `if (i >= u.all) { return; } var a = 0.0; for (var s = 0; s < u.split; s++) { a += p[s * u.all + i]; }
${bias ? 'if (i >= u.size) { db[i - u.size] = a; return; }' : ''} dk[i] = a;`,
}));

const attributesOf = (attrs: unknown) => attrs as ConvAttributes; // as conv-kernels.ts gives them
const blockThreads = (pixels: number, channels: number) => blocks(pixels) * blocks(channels);

/** x (n, h, w, in), filter (kh, kw, in, out), bias? → (n, oh, ow, out); `shape` is the result's */
export const conv: KernelConfig = {
	kernelName: 'LemurConv',
	backendName: 'webgpu',
	kernelFunc({ inputs, backend, attrs }) {
		const gpu = gpuBackend(backend);
		const [x, filter, bias] = [inputs['x']!, inputs['filter']!, inputs['bias']];
		const attributes = attributesOf(attrs);
		const made = empty(gpu, attributes.shape!);
		const sizes = sizesOf(x.shape, filter.shape, made.shape, attributes);
		const { inChannels, outChannels, outputPixels } = sizes;
		run(gpu, forwardProgram(isFour(inChannels), isFour(outChannels), bias !== undefined), {
			reads: [x, filter, ...(bias ? [bias] : [])],
			writes: [made],
			uniforms: sizes.words,
			threads: blockThreads(outputPixels, outChannels),
		});
		return made;
	},
};

/** gradient of the output, filter → gradient of the input, of `shape` */
export const convInputGradient: KernelConfig = {
	kernelName: 'LemurConvInputGradient',
	backendName: 'webgpu',
	kernelFunc({ inputs, backend, attrs }) {
		const gpu = gpuBackend(backend);
		const [g, filter] = [inputs['gradient']!, inputs['filter']!];
		const attributes = attributesOf(attrs);
		const made = empty(gpu, attributes.shape!);
		const sizes = sizesOf(made.shape, filter.shape, g.shape, attributes);
		const { inChannels, outChannels, inputPixels } = sizes;
		const strided = Math.max(...attributes.stride) > 1;
		run(gpu, inputProgram(isFour(inChannels), isFour(outChannels), strided), {
			reads: [g, filter],
			writes: [made],
			uniforms: sizes.words,
			threads: blockThreads(inputPixels, inChannels),
		});
		return made;
	},
};

/** Threads that keep a GPU busy; fewer blocks than that are split over the rows of the output. */
const BUSY = 4_096;
const MOST_PARTS = 32;

/** x, gradient of the output → gradient of the filter, of `shape`, and of the bias */
export const convFilterGradient: KernelConfig = {
	kernelName: 'LemurConvFilterGradient',
	backendName: 'webgpu',
	kernelFunc({ inputs, backend, attrs }) {
		const gpu = gpuBackend(backend);
		const [x, g] = [inputs['x']!, inputs['gradient']!];
		const { bias = false, ...attributes } = attributesOf(attrs);
		const filter = attributes.shape!;
		const sizes = sizesOf(x.shape, filter, g.shape, attributes);
		const { inChannels, outChannels, outputRows, taps } = sizes;
		const inner = isFour(inChannels) ? inChannels / 4 : inChannels;
		const per = (taps * inner + Number(bias)) * blocks(outChannels);
		const split = Math.min(Math.ceil(BUSY / per), MOST_PARTS, outputRows);
		const size = taps * inChannels * outChannels;
		const all = size + (bias ? outChannels : 0);
		const direct = split === 1 && !bias;
		const parts = direct ? empty(gpu, filter) : empty(gpu, [split * all]);
		run(gpu, filterProgram(isFour(inChannels), isFour(outChannels), bias), {
			reads: [x, g],
			writes: [parts],
			uniforms: [...sizes.words, split, Math.ceil(outputRows / split)],
			threads: per * split,
		});
		if (direct) return parts;
		const made: TensorInfo[] = [empty(gpu, filter), ...(bias ? [empty(gpu, [outChannels])] : [])];
		const uniforms = [size, all, split];
		run(gpu, joinParts(bias), { reads: [parts], writes: made, uniforms, threads: all });
		release(gpu, parts);
		return made;
	},
};
