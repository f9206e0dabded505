/**
 * Layer 2 of TPE, one parameter whose values lie on a grid: normal kernels as masses of grid cells.
 * Many observations share a value, and with it a kernel, so whatever depends on the kernel alone is
 * computed once for all that are equal.
 */
import { logMass } from '../normal';
import { coordinate, logSumExp, NormalKernels, type Axis } from './kernels';
import type { Weights } from './mixture';

/**
 * Beside the prior's kernel, which covers the range, a kernel so many standard deviations away is
 * nothing. That holds for one parameter; over many the others may make up for it.
 */
const FARTHEST = 12;

export class MassKernels extends NormalKernels {
	/** by kernel: which of the different ones it is */
	readonly #which: Uint32Array;
	/** by different kernel: one that is equal to it */
	readonly #first: Uint32Array;
	/** by different kernel: ln of what normalises it */
	readonly #constant: Float64Array;
	/** by value that was asked for, and different kernel */
	readonly #known = new Map<number, Float64Array>();

	constructor(axis: Axis, mu: Float64Array, sigma: Float64Array) {
		super(axis, mu, sigma);
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
			const inside = x >= this.axis.distribution.low && x <= this.axis.distribution.high;
			const masses = this.#masses(x, inside ? FARTHEST : Infinity);
			for (let d = 0; d < terms.length; d++) terms[d] = logShares[d]! + masses[d]!;
			return logSumExp(terms);
		};
	}

	/**
	 * By different kernel: ln of its mass in the cell of x.
	 * @param farthest standard deviations beyond which a cell holds nothing
	 */
	#masses(x: number, farthest = Infinity): Float64Array {
		const before = this.#known.get(x);
		if (before) return before;
		const { axis, mu, sigma } = this;
		const first = this.#first;
		const from = coordinate(axis, x - axis.half);
		const to = coordinate(axis, x + axis.half);
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
