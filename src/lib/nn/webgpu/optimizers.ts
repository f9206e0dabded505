/**
 * Optimizer steps in place, several parameters to a dispatch: as many as the adapter lets one program
 * bind. A factor that clips the gradients (`clip-factor.ts`) is folded in.
 */
import type { KernelConfig, NamedTensorInfoMap, TensorInfo } from '@tensorflow/tfjs-core';
import { bindings, gpuBackend, programs, run, type Program, type Slot } from './dispatch';

/** Inputs are w0, g0 and the state (v0, or m0 and v0), then w1 …; `factor` scales all gradients. */
export interface SgdAttributes {
	readonly count: number;
	readonly lr: number;
	readonly momentum: number;
	readonly dampening: number;
	readonly weightDecay: number;
	readonly nesterov: boolean;
	/** of each parameter: whether its momentum starts with this step */
	readonly first: readonly boolean[];
}

export interface AdamAttributes {
	readonly count: number;
	readonly betas: readonly [number, number];
	readonly eps: number;
	/** added to the gradient (Adam), or 0 */
	readonly weightDecay: number;
	/** by which the weights shrink before the step (AdamW), or 1 */
	readonly keep: number;
	/** of each parameter: lr / (1 − β₁ᵗ) and 1 / √(1 − β₂ᵗ) */
	readonly rates: readonly number[];
	readonly scales: readonly number[];
}

export interface RmspropAttributes {
	readonly count: number;
	readonly lr: number;
	readonly alpha: number;
	readonly eps: number;
	readonly weightDecay: number;
	readonly momentum: number;
	readonly centered: boolean;
}

interface Rule {
	readonly key: string;
	/** letters of the state's tensors */
	readonly state: readonly string[];
	readonly uniforms: readonly string[];
	/** words of each parameter, without their number */
	readonly each: readonly string[];
	/** one element: `g`, `w`, the state's letters are its places; `NAME` of `each` ends in the number */
	readonly body: (at: number) => string;
}

function programOf(
	{ key, state, uniforms, each, body }: Rule,
	many: number,
	clip: boolean,
): Program {
	const numbers = Array.from({ length: many }, (_, at) => at);
	const float = (name: string) => [name, 'f32'] as const satisfies Slot;
	return {
		key: `${key} ${many} ${clip}`,
		reads: [...numbers.map((at) => float(`g${at}`)), ...(clip ? [float('factor')] : [])],
		writes: numbers.flatMap((at) => ['w', ...state].map((name) => float(`${name}${at}`))),
		uniforms: [...uniforms, ...numbers.flatMap((at) => [`n${at}`, ...each.map((e) => at + e)])].map(
			(word) => word.replace(/^(\d+)(\w+)/, '$2$1'),
		),
		body: `var q = i;
${numbers
	.map(
		(at) => `if (q < u.n${at}) { var g = g${at}[q]${clip ? ' * factor[0]' : ''}; let w = w${at}[q];
${body(at)}
return; } q -= u.n${at};`,
	)
	.join('\n')}`,
	};
}

interface Update {
	/** letters of the state's tensors */
	readonly state: readonly string[];
	/** the program for so many parameters, with a factor that clips or without */
	readonly program: (many: number, clip: boolean) => Program;
	readonly count: number;
	readonly words: readonly number[];
	readonly each: (at: number) => readonly number[];
}

/** Elements of a tensor. */
export const sizeOf = ({ shape }: TensorInfo) => shape.reduce((product, n) => product * n, 1);

function update(
	backend: unknown,
	inputs: NamedTensorInfoMap,
	{ state, program, count, words, each }: Update,
): TensorInfo[] {
	const gpu = gpuBackend(backend);
	const clip = inputs['factor'];
	const names = ['w', ...state];
	const most = Math.max(1, Math.floor((bindings(gpu) - (clip ? 1 : 0)) / (1 + names.length)));
	for (let start = 0; start < count; start += most) {
		const numbers = Array.from({ length: Math.min(most, count - start) }, (_, k) => start + k);
		const gradients = numbers.map((at) => inputs[`g${at}`]!);
		run(gpu, program(numbers.length, clip !== undefined), {
			reads: [...gradients, ...(clip ? [clip] : [])],
			writes: numbers.flatMap((at) => names.map((name) => inputs[`${name}${at}`]!)),
			uniforms: [...words, ...numbers.flatMap((at, k) => [sizeOf(gradients[k]!), ...each(at)])],
			threads: gradients.reduce((sum, one) => sum + sizeOf(one), 0),
		});
	}
	return [];
}

const sgdRule = (momentum: boolean, decay: boolean, nesterov: boolean): Rule => ({
	key: `sgd ${momentum} ${decay} ${nesterov}`,
	state: momentum ? ['v'] : [],
	uniforms: ['lr: f32', 'momentum: f32', 'dampening: f32', 'decay: f32'],
	each: momentum ? ['first'] : [],
	body: (at) => `${decay ? 'g += w * u.decay;' : ''}
${
	momentum
		? `var v = g; if (u.first${at} == 0) { v = v${at}[q] * u.momentum + g * (1.0 - u.dampening); }
v${at}[q] = v; ${nesterov ? 'g += v * u.momentum;' : 'g = v;'}`
		: ''
}
w${at}[q] = w - g * u.lr;`,
});

const sgdProgram = programs(
	(momentum: boolean, decay: boolean, nesterov: boolean, many: number, clip: boolean) =>
		programOf(sgdRule(momentum, decay, nesterov), many, clip),
);

export const sgd: KernelConfig = {
	kernelName: 'LemurSgd',
	backendName: 'webgpu',
	kernelFunc({ inputs, backend, attrs }) {
		const given = attrs as unknown as SgdAttributes; // as sgd.ts gives them
		const { count, lr, momentum, dampening, weightDecay, nesterov, first } = given;
		return update(backend, inputs, {
			state: momentum === 0 ? [] : ['v'],
			program: (many, clip) => sgdProgram(momentum !== 0, weightDecay !== 0, nesterov, many, clip),
			count,
			words: [lr, momentum, dampening, weightDecay],
			each: (at) => (momentum === 0 ? [] : [Number(first[at])]),
		});
	},
};

const adamRule: Rule = {
	key: 'adam',
	state: ['m', 'v'],
	uniforms: ['b1: f32', 'b2: f32', 'eps: f32', 'decay: f32', 'keep: f32'],
	each: ['rate: f32', 'scale: f32'],
	body: (at) => `g += w * u.decay;
let m = m${at}[q] * u.b1 + g * (1.0 - u.b1); let v = v${at}[q] * u.b2 + g * g * (1.0 - u.b2);
m${at}[q] = m; v${at}[q] = v;
w${at}[q] = w * u.keep - m * u.rate${at} / (sqrt(v) * u.scale${at} + u.eps);`,
};

const adamProgram = programs((many: number, clip: boolean) => programOf(adamRule, many, clip));

export const adam: KernelConfig = {
	kernelName: 'LemurAdam',
	backendName: 'webgpu',
	kernelFunc({ inputs, backend, attrs }) {
		const given = attrs as unknown as AdamAttributes; // as adam.ts gives them
		const { count, betas, eps, weightDecay, keep, rates, scales } = given;
		return update(backend, inputs, {
			state: adamRule.state,
			program: adamProgram,
			count,
			words: [...betas, eps, weightDecay, keep],
			each: (at) => [rates[at]!, scales[at]!],
		});
	},
};

const rmspropRule = (momentum: boolean, centred: boolean): Rule => ({
	key: `rmsprop ${momentum} ${centred}`,
	state: ['s', ...(momentum ? ['v'] : []), ...(centred ? ['a'] : [])],
	uniforms: ['lr: f32', 'alpha: f32', 'eps: f32', 'decay: f32', 'momentum: f32'],
	each: [],
	body: (at) => `g += w * u.decay;
let s = s${at}[q] * u.alpha + g * g * (1.0 - u.alpha); s${at}[q] = s; var spread = s;
${centred ? `let a = a${at}[q] * u.alpha + g * (1.0 - u.alpha); a${at}[q] = a; spread -= a * a;` : ''}
var jump = g / (sqrt(spread) + u.eps);
${momentum ? `jump += v${at}[q] * u.momentum; v${at}[q] = jump;` : ''}
w${at}[q] = w - jump * u.lr;`,
});

const rmspropProgram = programs(
	(momentum: boolean, centred: boolean, many: number, clip: boolean) =>
		programOf(rmspropRule(momentum, centred), many, clip),
);

export const rmsprop: KernelConfig = {
	kernelName: 'LemurRmsprop',
	backendName: 'webgpu',
	kernelFunc({ inputs, backend, attrs }) {
		const given = attrs as unknown as RmspropAttributes; // as rmsprop.ts gives them
		const { count, lr, alpha, eps, weightDecay, momentum, centered } = given;
		return update(backend, inputs, {
			state: rmspropRule(momentum !== 0, centered).state,
			program: (many, clip) => rmspropProgram(momentum !== 0, centered, many, clip),
			count,
			words: [lr, alpha, eps, weightDecay, momentum],
			each: () => [],
		});
	},
};
