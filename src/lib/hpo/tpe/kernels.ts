/**
 * Layer 2 of TPE, one parameter: kernels around observations, immutable and in arrays, each a
 * probability distribution over the parameter's range. Their widths are layer 3's matter (`parzen.ts`).
 */
import { nearest, type CategoricalDistribution, type NumericDistribution } from '../distributions';
import { LN_SQRT_2PI, logMass } from '../normal';
import { randomIndex, type Random } from '../random';
import { truncatedQuantile } from './truncated-normal';

/** What a mixture needs of the kernels of one parameter. */
export interface Kernels {
	/** adds to each sum the natural logarithm of the kernel's density (or mass) at x */
	addLogDensity(x: number, sums: Float64Array): void;
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

/** Normal kernels, cut off at the ends of an axis. */
export class NumericKernels implements Kernels {
	/** what does not depend on x, by kernel */
	readonly #constant: Float64Array;

	/**
	 * @param mu centres on the axis
	 * @param sigma standard deviations, in the axis' unit
	 */
	constructor(
		readonly axis: Axis,
		readonly mu: Float64Array,
		readonly sigma: Float64Array,
	) {
		const { low, high, discrete } = axis;
		this.#constant = mu.map((centre, k) => {
			const spread = sigma[k]!;
			const inside = logMass((low - centre) / spread, (high - centre) / spread);
			return discrete ? -inside : -inside - LN_SQRT_2PI - Math.log(spread);
		});
	}

	addLogDensity(x: number, sums: Float64Array): void {
		if (this.axis.discrete) return this.#addLogMass(x, sums);
		const at = coordinate(this.axis, x);
		if (!(at >= this.axis.low && at <= this.axis.high)) return void sums.fill(-Infinity);
		const { mu, sigma } = this;
		const constant = this.#constant;
		for (let k = 0; k < mu.length; k++) {
			const z = (at - mu[k]!) / sigma[k]!;
			sums[k]! += constant[k]! - (z * z) / 2;
		}
	}

	#addLogMass(x: number, sums: Float64Array): void {
		const { axis, mu, sigma } = this;
		const constant = this.#constant;
		const from = coordinate(axis, x - axis.half);
		const to = coordinate(axis, x + axis.half);
		for (let k = 0; k < mu.length; k++) {
			const spread = sigma[k]!;
			sums[k]! += constant[k]! + logMass((from - mu[k]!) / spread, (to - mu[k]!) / spread);
		}
	}

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

	draw(k: number, random: Random): number {
		const count = this.distribution.choices.length;
		if (k === this.observed.length) return randomIndex(random, count);
		const own = this.observed[k]!;
		// Uniform with what every choice has, and the rest on the observed one.
		return random() < this.hit - this.miss ? own : randomIndex(random, count);
	}
}
