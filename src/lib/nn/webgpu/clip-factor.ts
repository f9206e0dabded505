/** The norm of all gradients, and the factor that clips them: what optimizer steps then multiply by. */
import type { KernelConfig } from '@tensorflow/tfjs-core';
import { bindings, empty, gpuBackend, programs, release, run, type Program } from './dispatch';
import { sizeOf } from './optimizers';

/** Sums of squares by threads that stride over the gradients; each dispatch has a part of `p`. */
const squares = programs((many: number): Program => {
	const numbers = Array.from({ length: many }, (_, at) => at);
	return {
		key: `squares ${many}`,
		reads: numbers.map((at) => [`g${at}`, 'f32'] as const),
		writes: [['p', 'f32']],
		uniforms: ['threads', 'at', ...numbers.map((at) => `n${at}`)],
		body: `if (i >= u.threads) { return; } var a = 0.0;
${numbers.map((at) => `for (var q = i; q < u.n${at}; q += u.threads) { let g = g${at}[q]; a += g * g; }`).join('\n')}
p[u.at + i] = a;`,
	};
});

const LANES = 64;
const gather: Program = {
	key: 'squares gather',
	reads: [['p', 'f32']],
	writes: [['lanes', 'f32']],
	uniforms: ['n'],
	body: `if (i >= ${LANES}) { return; } var a = 0.0;
for (var q = i; q < u.n; q += ${LANES}) { a += p[q]; } lanes[i] = a;`,
};
const factor: Program = {
	key: 'clip factor',
	reads: [['lanes', 'f32']],
	writes: [
		['norm', 'f32'],
		['factor', 'f32'],
	],
	uniforms: ['most: f32'],
	body: `if (i > 0) { return; } var a = 0.0; for (var q = 0; q < ${LANES}; q++) { a += lanes[q]; }
let total = sqrt(a); norm[0] = total; factor[0] = min(1.0, u.most / (total + 1e-6));`,
};

/** g0 …; attributes count and maxNorm → norm, min(1, maxNorm / (norm + 1e-6)) */
export const clipFactor: KernelConfig = {
	kernelName: 'LemurClipFactor',
	backendName: 'webgpu',
	kernelFunc({ inputs, backend, attrs }) {
		const gpu = gpuBackend(backend);
		const { count, maxNorm } = attrs as unknown as { count: number; maxNorm: number }; // as clip-grad-norm.ts gives them
		const all = Array.from({ length: count }, (_, at) => inputs[`g${at}`]!);
		const most = bindings(gpu) - 1;
		const total = all.reduce((sum, one) => sum + sizeOf(one), 0);
		const threads = Math.min(8_192, Math.max(LANES, 2 ** Math.ceil(Math.log2(total / 64))));
		const parts = Math.ceil(count / most);
		const [p, lanes] = [empty(gpu, [parts * threads]), empty(gpu, [LANES])];
		for (let part = 0; part < parts; part++) {
			const some = all.slice(part * most, (part + 1) * most);
			const uniforms = [threads, part * threads, ...some.map(sizeOf)];
			run(gpu, squares(some.length), { reads: some, writes: [p], uniforms, threads });
		}
		const made = [empty(gpu, []), empty(gpu, [])];
		const n = parts * threads;
		run(gpu, gather, { reads: [p], writes: [lanes], uniforms: [n], threads: LANES });
		run(gpu, factor, { reads: [lanes], writes: made, uniforms: [maxNorm], threads: 1 });
		release(gpu, p, lanes);
		return made;
	},
};
