/** Matrix products in blocks of four by four, without barriers; either matrix may be transposed. */
import type { KernelConfig } from '@tensorflow/tfjs-core';
import { empty, gpuBackend, programs, run, type Program } from './dispatch';

export interface MatMulAttributes {
	readonly transposeA: boolean;
	readonly transposeB: boolean;
	/** whether the sums of the rows of a (as multiplied) come along: a linear layer's bias gradient */
	readonly rowSums?: boolean;
}

const BLOCK = [0, 1, 2, 3] as const;
const each = (line: (p: number) => string) => BLOCK.map(line).join(' ');
const ADD_BIAS = `let z = vec4<f32>(${BLOCK.map((p) => `add[min(c + ${p}, u.n - 1)]`).join(', ')}); ${each((p) => `s${p} += z;`)}`;
/** Writes what exists of a block. */
const PUT = each(
	(p) => `if (r + ${p} < u.m) { let o = (r + ${p}) * u.n + c; y[o] = s${p}.x;
if (c + 1 < u.n) { y[o + 1] = s${p}.y; } if (c + 2 < u.n) { y[o + 2] = s${p}.z; } if (c + 3 < u.n) { y[o + 3] = s${p}.w; } }
`,
);

/** Threads behind those of the product: four rows of a each. */
const SUMS = `if (i >= ((u.m + 3) / 4) * columns) { let row = (i - ((u.m + 3) / 4) * columns) * 4; if (row >= u.m) { return; }
${each((p) => `let t${p} = min(row + ${p}, u.m - 1) * u.am;`)} var z = vec4<f32>();
for (var e = 0; e < u.k; e++) { let at = e * u.ak; z += vec4<f32>(a[t0 + at], a[t1 + at], a[t2 + at], a[t3 + at]); }
rows[row] = z.x; if (row + 1 < u.m) { rows[row + 1] = z.y; } if (row + 2 < u.m) { rows[row + 2] = z.z; } if (row + 3 < u.m) { rows[row + 3] = z.w; }
return; }`;

// Steps of a and b along rows (m, n) and along the sum (k) are words, so one program does all four.
const product = programs((bias: boolean, sums: boolean): Program => ({
	key: `mat mul ${bias} ${sums}`,
	reads: [['a', 'f32'], ['b', 'f32'], ...(bias ? ([['add', 'f32']] as const) : [])],
	writes: [['y', 'f32'], ...(sums ? ([['rows', 'f32']] as const) : [])],
	uniforms: ['m', 'n', 'k', 'am', 'ak', 'bk', 'bn'],
	body: `let columns = (u.n + 3) / 4; ${sums ? SUMS : ''}
let c = (i % columns) * 4; let r = (i / columns) * 4; if (r >= u.m) { return; }
${each((p) => `let a${p} = min(r + ${p}, u.m - 1) * u.am; let b${p} = min(c + ${p}, u.n - 1) * u.bn; var s${p} = vec4<f32>();`)}
for (var e = 0; e < u.k; e++) { let at = e * u.ak; let bt = e * u.bk;
let q = vec4<f32>(b[b0 + bt], b[b1 + bt], b[b2 + bt], b[b3 + bt]);
${each((p) => `s${p} += a[a${p} + at] * q;`)} }
${bias ? ADD_BIAS : ''}
${PUT}`,
}));

/** Both rows lie along the sum and are read four at a time: x · Wᵀ. */
const rowsByRows = programs((bias: boolean): Program => ({
	key: `mat mul rows ${bias}`,
	reads: [['a', 'vec4<f32>'], ['b', 'vec4<f32>'], ...(bias ? ([['add', 'f32']] as const) : [])],
	writes: [['y', 'f32']],
	uniforms: ['m', 'n', 'k'],
	body: `let columns = (u.n + 3) / 4; let c = (i % columns) * 4; let r = (i / columns) * 4; if (r >= u.m) { return; }
let inner = u.k / 4;
${each((p) => `let a${p} = min(r + ${p}, u.m - 1) * inner; let b${p} = min(c + ${p}, u.n - 1) * inner; var s${p} = vec4<f32>();`)}
for (var e = 0; e < inner; e++) { ${each((p) => `let q${p} = b[b${p} + e];`)}
${each((p) => `let x${p} = a[a${p} + e]; s${p} += vec4<f32>(dot(x${p}, q0), dot(x${p}, q1), dot(x${p}, q2), dot(x${p}, q3));`)} }
${bias ? ADD_BIAS : ''}
${PUT}`,
}));

/** a, b, bias? → a · b + bias; and, where asked for, the sums of a's rows */
export const matMul: KernelConfig = {
	kernelName: 'LemurMatMul',
	backendName: 'webgpu',
	kernelFunc({ inputs, backend, attrs }) {
		const gpu = gpuBackend(backend);
		const [a, b, bias] = [inputs['a']!, inputs['b']!, inputs['bias']];
		const { transposeA, transposeB, rowSums } = attrs as unknown as MatMulAttributes; // as linear.ts gives them
		const [rows = 0, columns = 0] = a.shape;
		const [m, k] = transposeA ? [columns, rows] : [rows, columns];
		const n = b.shape[transposeB ? 0 : 1] ?? 0;
		const made = [empty(gpu, [m, n]), ...(rowSums ? [empty(gpu, [m])] : [])];
		const alongSum = !rowSums && !transposeA && transposeB && k % 4 === 0;
		const blocks = Math.ceil(m / 4) * Math.ceil(n / 4);
		const biased = bias !== undefined;
		const steps = [...(transposeA ? [1, m] : [k, 1]), ...(transposeB ? [1, k] : [n, 1])];
		run(gpu, alongSum ? rowsByRows(biased) : product(biased, rowSums === true), {
			reads: [a, b, ...(bias ? [bias] : [])],
			writes: made,
			uniforms: alongSum ? [m, n, k] : [m, n, k, ...steps],
			threads: blocks + (rowSums ? Math.ceil(m / 4) : 0),
		});
		return made;
	},
};
