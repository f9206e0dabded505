/** Layer 2 of TPE: weighted kernels over one or several parameters. Immutable. */
import type { Random } from '../random';
import { logSumExp, type Kernels } from './kernels';

/** The weights of kernels with what is computed from them; mixtures of equal weights share it. */
export class Weights {
	readonly logs: Float64Array;
	readonly #cumulative: Float64Array;

	/** @param shares by kernel, with sum 1 */
	constructor(readonly shares: Float64Array) {
		this.logs = new Float64Array(shares.length);
		this.#cumulative = new Float64Array(shares.length);
		let sum = 0;
		for (let k = 0; k < shares.length; k++) {
			this.logs[k] = Math.log(shares[k]!);
			this.#cumulative[k] = sum += shares[k]!;
		}
	}

	/** @returns the kernel at a share of the whole, 0 … 1 */
	pick(share: number): number {
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

/** A density over a joint space: Σ weight · Π over parameters of the kernel's density. */
export class Mixture {
	/** of a single parameter; null when there are several */
	readonly #alone: ((x: number) => number) | null;
	/** written anew by every call; made once, as there are many calls */
	readonly #terms: Float64Array;

	/** @param kernels by parameter, each with as many kernels as there are weights */
	constructor(
		readonly weights: Weights,
		readonly kernels: readonly Kernels[],
	) {
		this.#alone = kernels.length === 1 ? kernels[0]!.mixed(weights) : null;
		this.#terms = new Float64Array(this.#alone ? 0 : weights.shares.length);
	}

	/**
	 * @param xs one value for each parameter, as samplers compute with them
	 * @returns the natural logarithm of the density; logarithmic parameters count in ln x
	 */
	logPdf(xs: readonly number[]): number {
		if (this.#alone) return this.#alone(xs[0]!);
		const terms = this.#terms;
		terms.set(this.weights.logs);
		for (let p = 0; p < this.kernels.length; p++) this.kernels[p]!.addLogDensity(xs[p]!, terms);
		return logSumExp(terms);
	}

	/** @returns one value for each parameter, all drawn from the same kernel */
	draw(random: Random): number[] {
		const k = this.weights.pick(random());
		return this.kernels.map((kernels) => kernels.draw(k, random));
	}
}
