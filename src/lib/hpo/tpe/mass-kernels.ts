/**
 * Layer 2 of TPE, one parameter whose values lie on a grid: normal kernels as masses of grid cells.
 * Many observations share a value, and with it a kernel, so whatever depends on the kernel alone is
 * computed once for all that are equal.
 */
import { logMass } from '../normal';
import { coordinate, logSumExp, NormalKernels, type Axis } from './kernels';
import type { Weights } from './mixture';

/**
 * How much nearer to an observation than to the prior's kernel a candidate can be, in ln: of one
 * parameter (its cell holds at least e^−20 of the range), and what a double can show at all.
 */
const [NEARER, SHOWN] = [20, 50];

export class MassKernels extends NormalKernels {
	/** by kernel: which of the different ones it is */
	readonly #which: Uint32Array;
	/** by different kernel: one that is equal to it */
	readonly #first: Uint32Array;
	/** by different kernel: ln of what normalises it */
	readonly #constant: Float64Array;
	/** by value that was asked for, and different kernel */
	readonly #known = new Map<number, Float64Array>();

	/**
	 * Standard deviations beyond which a kernel is nothing beside the prior's, which covers the range,
	 * even where it is as near as can be in all other parameters.
	 */
	readonly #farthest: number;

	/** @param parameters of the joint space */
	constructor(axis: Axis, mu: Float64Array, sigma: Float64Array, parameters: number) {
		super(axis, mu, sigma);
		this.#farthest = Math.sqrt(2 * (SHOWN + NEARER * parameters));
		const { which, first } = differentKernels(mu, sigma);
		this.#which = which;
		this.#first = first;
		this.#constant = new Float64Array(first.length);
		for (let d = 0; d < first.length; d++) {
			const [centre, spread] = [mu[first[d]!]!, sigma[first[d]!]!];
			this.#constant[d] = -logMass((axis.low - centre) / spread, (axis.high - centre) / spread);
		}
	}

	addLogDensity(x: number, sums: Float64Array): void {
		const masses = this.#masses(x);
		const which = this.#which;
		for (let k = 0; k < which.length; k++) sums[k]! += masses[which[k]!]!;
	}

	/** Through logarithms: right wherever it is asked, if only values far outside of the range are asked. */
	mixed(weights: Weights): (x: number) => number {
		const which = this.#which;
		const logShares = new Float64Array(this.#first.length);
		for (let k = 0; k < which.length; k++) logShares[which[k]!]! += weights.shares[k]!;
		for (let d = 0; d < logShares.length; d++) logShares[d] = Math.log(logShares[d]!);
		const terms = new Float64Array(logShares.length);
		return (x) => {
			const masses = this.#masses(x);
			for (let d = 0; d < terms.length; d++) terms[d] = logShares[d]! + masses[d]!;
			return logSumExp(terms);
		};
	}

	/** By different kernel: ln of its mass in the cell of x. */
	#masses(x: number): Float64Array {
		const before = this.#known.get(x);
		if (before) return before;
		const { axis, mu, sigma } = this;
		const first = this.#first;
		const from = coordinate(axis, x - axis.half);
		const to = coordinate(axis, x + axis.half);
		const { low, high } = axis.distribution;
		const farthest = x >= low && x <= high ? this.#farthest : Infinity;
		const masses = new Float64Array(first.length);
		for (let d = 0; d < first.length; d++) {
			const [centre, spread] = [mu[first[d]!]!, sigma[first[d]!]!];
			const [a, b] = [(from - centre) / spread, (to - centre) / spread];
			masses[d] = a > farthest || b < -farthest ? -Infinity : this.#constant[d]! + logMass(a, b);
		}
		this.#known.set(x, masses);
		return masses;
	}
}

/** Kernels of equal centre and width are one; few widths go with one centre. */
function differentKernels(
	mu: Float64Array,
	sigma: Float64Array,
): { readonly which: Uint32Array; readonly first: Uint32Array } {
	const which = new Uint32Array(mu.length);
	const first: number[] = [];
	const byCentre = new Map<number, number[]>();
	for (let k = 0; k < mu.length; k++) {
		let same = byCentre.get(mu[k]!);
		if (!same) byCentre.set(mu[k]!, (same = []));
		let found = same.find((d) => sigma[first[d]!] === sigma[k]);
		if (found === undefined) {
			found = first.push(k) - 1;
			same.push(found);
		}
		which[k] = found;
	}
	return { which, first: Uint32Array.from(first) };
}
