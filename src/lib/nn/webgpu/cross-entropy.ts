/** Cross-entropy of whole-number labels: two dispatches forward, one back; no one-hot matrix is made. */
import type { KernelConfig } from '@tensorflow/tfjs-core';
import { empty, gpuBackend, release, run, type Program } from './dispatch';

export interface CrossEntropyAttributes {
	readonly ignoreIndex: number;
	/** share of the target spread over all classes */
	readonly smoothing: number;
}

const MOST_CHUNKS = 256;
const UNIFORMS = [
	'rows',
	'classes',
	'chunks',
	'chunkRows',
	'ignored',
	'smoothing: f32',
	'nan: u32',
];
/** The bits of NaN: a compiler may assume that no constant is one. */
const NAN_BITS = 0x7fc00000;

// −Σ target · log p = log Σ − (1 − s) · z[label] − s · mean(z), all less the maximum.
const sums: Program = {
	key: 'ce sums',
	reads: [
		['z', 'f32'],
		['labels', 'i32'],
	],
	writes: [['p', 'f32']],
	uniforms: UNIFORMS,
	body: `if (i >= u.chunks) { return; }
var loss = 0.0; var count = 0.0;
for (var r = i * u.chunkRows; r < min(u.rows, (i + 1) * u.chunkRows); r++) {
let label = labels[r]; if (label == u.ignored) { continue; }
if ((label < 0) | (label >= u.classes)) { loss = bitcast<f32>(u.nan); count += 1.0; continue; }
let o = r * u.classes; var top = z[o]; for (var c = 1; c < u.classes; c++) { top = max(top, z[o + c]); }
var total = 0.0; var plain = 0.0;
for (var c = 0; c < u.classes; c++) { let d = z[o + c] - top; total += exp(d); plain += d; }
loss += log(total) - (1.0 - u.smoothing) * (z[o + label] - top) - u.smoothing * plain / f32(u.classes);
count += 1.0; }
p[2 * i] = loss; p[2 * i + 1] = count;`,
};

const finish: Program = {
	key: 'ce finish',
	reads: [['p', 'f32']],
	writes: [
		['loss', 'f32'],
		['share', 'f32'],
	],
	uniforms: UNIFORMS,
	body: `if (i > 0) { return; }
var a = 0.0; var n = 0.0; for (var k = 0; k < u.chunks; k++) { a += p[2 * k]; n += p[2 * k + 1]; }
share[0] = select(0.0, 1.0 / max(n, 1.0), n > 0.0); loss[0] = select(bitcast<f32>(u.nan), a / max(n, 1.0), n > 0.0);`,
};

const back: Program = {
	key: 'ce gradient',
	reads: [
		['z', 'f32'],
		['labels', 'i32'],
		['share', 'f32'],
		['g', 'f32'],
	],
	writes: [['dz', 'f32']],
	uniforms: UNIFORMS,
	body: `if (i >= u.rows) { return; }
let label = labels[i]; let o = i * u.classes;
if ((label == u.ignored) | (label < 0) | (label >= u.classes)) { for (var c = 0; c < u.classes; c++) { dz[o + c] = 0.0; } return; }
var top = z[o]; for (var c = 1; c < u.classes; c++) { top = max(top, z[o + c]); }
var total = 0.0; for (var c = 0; c < u.classes; c++) { total += exp(z[o + c] - top); }
let w = share[0] * g[0]; let even = u.smoothing / f32(u.classes);
for (var c = 0; c < u.classes; c++) {
dz[o + c] = w * (exp(z[o + c] - top) / total - even - select(0.0, 1.0 - u.smoothing, c == label)); }`,
};

function words(shape: readonly number[], attributes: CrossEntropyAttributes): number[] {
	const [rows = 0, classes = 0] = shape;
	const chunks = Math.min(rows, MOST_CHUNKS);
	const { ignoreIndex, smoothing } = attributes;
	return [rows, classes, chunks, Math.ceil(rows / chunks), ignoreIndex, smoothing, NAN_BITS];
}

/** logits (N, C), labels (N) → mean loss, 1 / count of the labels that count */
export const crossEntropy: KernelConfig = {
	kernelName: 'LemurCrossEntropy',
	backendName: 'webgpu',
	kernelFunc({ inputs, backend, attrs }) {
		const gpu = gpuBackend(backend);
		const [logits, labels] = [inputs['logits']!, inputs['labels']!];
		const uniforms = words(logits.shape, attrs as unknown as CrossEntropyAttributes); // as loss.ts gives them
		const chunks = uniforms[2]!;
		const partials = empty(gpu, [2 * chunks]);
		const made = [empty(gpu, []), empty(gpu, [])];
		run(gpu, sums, { reads: [logits, labels], writes: [partials], uniforms, threads: chunks });
		run(gpu, finish, { reads: [partials], writes: made, uniforms, threads: 1 });
		release(gpu, partials);
		return made;
	},
};

/** logits, labels, 1 / count, gradient of the loss → gradient of the logits */
export const crossEntropyGradient: KernelConfig = {
	kernelName: 'LemurCrossEntropyGradient',
	backendName: 'webgpu',
	kernelFunc({ inputs, backend, attrs }) {
		const gpu = gpuBackend(backend);
		const logits = inputs['logits']!;
		const made = empty(gpu, logits.shape);
		run(gpu, back, {
			reads: [logits, inputs['labels']!, inputs['share']!, inputs['gradient']!],
			writes: [made],
			uniforms: words(logits.shape, attrs as unknown as CrossEntropyAttributes),
			threads: logits.shape[0]!,
		});
		return made;
	},
};
