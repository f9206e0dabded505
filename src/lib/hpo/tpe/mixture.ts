/** Layer 2 of TPE: weighted kernels over one or several parameters. Immutable. */
import type { Random } from '../random';
import type { Kernels } from './kernels';

/** Terms this far below the largest are lost in a double, even 10,000 of them. */
const NEGLIGIBLE = 46;

/** A density over a joint space: Σ weight · Π over parameters of the kernel's density. */
export class Mixture {
	readonly #logWeights: Float64Array;
	readonly #cumulative: Float64Array;

	/**
	 * @param weights by kernel, with sum 1
	 * @param kernels by parameter, each with as many kernels as there are weights
	 */
	constructor(
		readonly weights: Float64Array,
		readonly kernels: readonly Kernels[],
	) {
		this.#logWeights = weights.map((weight) => Math.log(weight));
		let sum = 0;
		this.#cumulative = weights.map((weight) => (sum += weight));
	}

	/**
	 * @param xs one value for each parameter, as samplers compute with them
	 * @returns the natural logarithm of the density; logarithmic parameters count in ln x
	 */
	logPdf(xs: readonly number[]): number {
		const terms = this.#logWeights.slice();
		for (let p = 0; p < this.kernels.length; p++) this.kernels[p]!.addLogDensity(xs[p]!, terms);
		return logSumExp(terms);
	}

	/** @returns one value for each parameter, all drawn from the same kernel */
	draw(random: Random): number[] {
		const k = this.#pick(random());
		return this.kernels.map((kernels) => kernels.draw(k, random));
	}

	#pick(share: number): number {
		const cumulative = this.#cumulative;
		let low = 0;
		let high = cumulative.length - 1;
		while (low < high) {
			const middle = (low + high) >> 1;
			if (cumulative[middle]! <= share) low = middle + 1;
			else high = middle;
		}
		return low;
	}
}

/** @returns ln Σ e^term; −Infinity when nothing is left */
function logSumExp(terms: Float64Array): number {
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
