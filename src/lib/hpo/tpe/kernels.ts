/**
 * Layer 2 of TPE, one parameter: kernels around observations, immutable and in arrays, each a
 * probability distribution over the parameter's range. Their widths are layer 3's matter (`parzen.ts`).
 */
import { nearest, type CategoricalDistribution, type NumericDistribution } from '../distributions';
import { LN_SQRT_2PI, logMass } from '../normal';
import { randomIndex, type Random } from '../random';
import type { Weights } from './mixture';
import { truncatedQuantile } from './truncated-normal';

/** What a mixture needs of the kernels of one parameter. */
export interface Kernels {
	/** adds to each sum the natural logarithm of the kernel's density (or mass) at x */
	addLogDensity(x: number, sums: Float64Array): void;
	/**
	 * @returns a function that gives the natural logarithm of Σ weight · density for this parameter
	 * alone, faster than by way of `addLogDensity`
	 */
	mixed(weights: Weights): (x: number) => number;
	/** @returns a value drawn from kernel `k`, as samplers compute with it */
	draw(k: number, random: Random): number;
}

/** The coordinate that kernels live in: the number, or its logarithm, and the half of a step around. */
export interface Axis {
	readonly distribution: NumericDistribution;
	/** lower and upper end, half a step beyond the range where there are steps */
	readonly low: number;
	readonly high: number;
	/** half of a step, in the parameter's own unit; 0 when continuous */
	readonly half: number;
	/** mass on the grid points rather than a density */
	readonly discrete: boolean;
}

/** @param logIntMass whether a logarithmic int is discrete (Optuna 5.0) */
export function axisOf(distribution: NumericDistribution, logIntMass: boolean): Axis {
	const { low, high, step, log } = distribution;
	const half = (step ?? 0) / 2;
	const scaled = (x: number) => (log ? Math.log(x) : x);
	return {
		distribution,
		low: scaled(low - half),
		high: scaled(high + half),
		half,
		discrete: step !== null && (!log || logIntMass),
	};
}

/** @returns x on the axis */
export function coordinate({ distribution }: Axis, x: number): number {
	return distribution.log ? Math.log(x) : x;
}

type Rows<Count extends number> = Count extends 2
	? [Float64Array, Float64Array]
	: [Float64Array, Float64Array, Float64Array];

/** @returns arrays in one piece of memory: the search makes thousands a second, and pieces are dear */
export function rowsOf<Count extends 2 | 3>(count: Count, length: number): Rows<Count>;
export function rowsOf(count: number, length: number): Float64Array[] {
	const all = new Float64Array(count * length);
	return Array.from({ length: count }, (_, i) => all.subarray(i * length, (i + 1) * length));
}

/** Squared distance at which e^(−z²/2) is 1e-28: nothing beside the prior's kernel. */
const FAR = 130;

/** Normal kernels, cut off at the ends of an axis: their centres, their widths, and how to draw. */
export abstract class NormalKernels implements Kernels {
	/**
	 * @param mu centres on the axis
	 * @param sigma standard deviations, in the axis' unit
	 */
	constructor(
		readonly axis: Axis,
		readonly mu: Float64Array,
		readonly sigma: Float64Array,
	) {}

	abstract addLogDensity(x: number, sums: Float64Array): void;
	abstract mixed(weights: Weights): (x: number) => number;

	draw(k: number, random: Random): number {
		const { axis } = this;
		const centre = this.mu[k]!;
		const spread = this.sigma[k]!;
		const a = (axis.low - centre) / spread;
		const b = (axis.high - centre) / spread;
		const at = centre + spread * truncatedQuantile(random(), a, b);
		// e^(ln low) may be one rounding below low: the nearest value of the range is meant.
		return nearest(axis.distribution, axis.distribution.log ? Math.exp(at) : at);
	}
}

/** Normal kernels of a continuous parameter, as densities. */
export class DensityKernels extends NormalKernels {
	/** what does not depend on x, by kernel */
	readonly #constant: Float64Array;
	/** 1 / sigma */
	readonly #precision: Float64Array;
	/** weight times normalisation, once `mixed` was asked for */
	readonly #factors: Float64Array;

	constructor(axis: Axis, mu: Float64Array, sigma: Float64Array) {
		super(axis, mu, sigma);
		const { low, high } = axis;
		[this.#precision, this.#constant, this.#factors] = rowsOf(3, mu.length);
		for (let k = 0; k < mu.length; k++) {
			const spread = sigma[k]!;
			const inside = logMass((low - mu[k]!) / spread, (high - mu[k]!) / spread);
			this.#precision[k] = 1 / spread;
			this.#constant[k] = -inside - LN_SQRT_2PI - Math.log(spread);
		}
	}

	addLogDensity(x: number, sums: Float64Array): void {
		const at = coordinate(this.axis, x);
		if (!(at >= this.axis.low && at <= this.axis.high)) return void sums.fill(-Infinity);
		const { mu } = this;
		const precision = this.#precision;
		const constant = this.#constant;
		for (let k = 0; k < mu.length; k++) {
			const z = (at - mu[k]!) * precision[k]!;
			sums[k]! += constant[k]! - (z * z) / 2;
		}
	}

	mixed(weights: Weights): (x: number) => number {
		const { shares } = weights;
		const factors = this.#factors;
		const constant = this.#constant;
		for (let k = 0; k < factors.length; k++) factors[k] = shares[k]! * Math.exp(constant[k]!);
		return (x) => Math.log(this.#density(x));
	}

	/**
	 * Sums densities themselves, not their logarithms: the prior's kernel covers the range, so that
	 * nothing underflows, and kernels that are far away need no exponential.
	 */
	#density(x: number): number {
		const at = coordinate(this.axis, x);
		if (!(at >= this.axis.low && at <= this.axis.high)) return 0;
		const { mu } = this;
		const precision = this.#precision;
		const factors = this.#factors;
		let sum = 0;
		for (let k = 0; k < mu.length; k++) {
			const z = (at - mu[k]!) * precision[k]!;
			const square = z * z;
			if (square < FAR) sum += factors[k]! * Math.exp(square * -0.5);
		}
		return sum;
	}
}

/** Kernels over choices: each prefers one of them, the prior (the last) none. */
export class ChoiceKernels implements Kernels {
	readonly #logHit: number;
	readonly #logMiss: number;
	readonly #logPrior: number;

	/**
	 * @param observed the choices' places, without the prior's kernel
	 * @param hit probability of the observed choice
	 * @param miss of any other
	 */
	constructor(
		readonly distribution: CategoricalDistribution,
		readonly observed: Int32Array,
		readonly hit: number,
		readonly miss: number,
	) {
		this.#logHit = Math.log(hit);
		this.#logMiss = Math.log(miss);
		this.#logPrior = -Math.log(distribution.choices.length);
	}

	addLogDensity(x: number, sums: Float64Array): void {
		const { observed } = this;
		for (let k = 0; k < observed.length; k++)
			sums[k]! += observed[k] === x ? this.#logHit : this.#logMiss;
		sums[observed.length]! += this.#logPrior;
	}

	mixed(weights: Weights): (x: number) => number {
		const { observed, distribution } = this;
		const count = distribution.choices.length;
		const own = weights.shares;
		const shares = new Float64Array(count);
		let misses = 0;
		for (let k = 0; k < observed.length; k++) {
			misses += own[k]! * this.miss;
			shares[observed[k]!]! += own[k]! * (this.hit - this.miss);
		}
		const everywhere = misses + own[observed.length]! / count;
		const logs = shares.map((share) => Math.log(share + everywhere));
		return (x) => logs[x]!;
	}

	draw(k: number, random: Random): number {
		const count = this.distribution.choices.length;
		if (k === this.observed.length) return randomIndex(random, count);
		const own = this.observed[k]!;
		// Uniform with what every choice has, and the rest on the observed one.
		return random() < this.hit - this.miss ? own : randomIndex(random, count);
	}
}

/** Terms this far below the largest are lost in a double, even 10,000 of them. */
const NEGLIGIBLE = 46;

/** @returns ln Σ e^term; −Infinity when nothing is left */
export function logSumExp(terms: Float64Array): number {
	let largest = -Infinity;
	for (let k = 0; k < terms.length; k++) if (terms[k]! > largest) largest = terms[k]!;
	if (largest === -Infinity) return -Infinity;
	let sum = 0;
	for (let k = 0; k < terms.length; k++) {
		const rest = terms[k]! - largest;
		if (rest > -NEGLIGIBLE) sum += Math.exp(rest);
	}
	return largest + Math.log(sum);
}
