/**
 * Gaussian kernel density of values, each as exact as the plain sum of all kernels (relative 1e-9 at
 * least). Equal values are one kernel; where there are many different ones, near ones are summed as a
 * series about their common centre. Choosing a bandwidth for a drawing is the plot's own.
 */
import { std } from './quantile';

/** × std (ddof 1) is the bandwidth; Scott's factor is n^(−1/5). */
export type BandwidthFactor = number | 'scott';

export interface Density {
	/** points, ascending; none where there is no density (fewer than two values, or all equal) */
	readonly x: Float64Array;
	readonly density: Float64Array;
	/** in the unit of the values; NaN where there is no density */
	readonly bandwidth: number;
}

export interface DensityOptions {
	/** default 1, as nn-stat draws it */
	readonly factor?: BandwidthFactor;
	/** default 300 */
	readonly points?: number;
	/** ends of the grid; default: the lowest and the highest value */
	readonly from?: number;
	readonly to?: number;
}

/** @param ascending sorted values without NaN */
export function kde(ascending: Float64Array, options: DensityOptions = {}): Density {
	const { factor = 1, points = 300 } = options;
	const { from = ascending[0] ?? NaN, to = ascending[ascending.length - 1] ?? NaN } = options;
	const step = points > 1 ? (to - from) / (points - 1) : 0;
	// numpy's linspace: the last point is the end itself.
	const grid = Float64Array.from({ length: points }, (_, i) =>
		i > 0 && i === points - 1 ? to : i * step + from,
	);
	return kdeAt(ascending, grid, factor);
}

/** @param ascending sorted values without NaN @param x where to evaluate */
export function kdeAt(
	ascending: Float64Array,
	x: Float64Array,
	factor: BandwidthFactor = 1,
): Density {
	const n = ascending.length;
	const deviation = std(ascending);
	const bandwidth = (factor === 'scott' ? n ** -0.2 : factor) * deviation;
	if (!(bandwidth > 0)) {
		const none = new Float64Array(0);
		return { x: none, density: none, bandwidth: NaN };
	}
	const kernels = kernelsOf(ascending);
	const sum = summing(kernels, bandwidth);
	const unit = n * bandwidth * Math.sqrt(2 * Math.PI);
	return { x, density: x.map((at) => sum(at) / unit), bandwidth };
}

/** Distinct values, ascending, and how often each occurs. */
interface Kernels {
	readonly at: Float64Array;
	readonly weight: Float64Array;
}

function kernelsOf(ascending: Float64Array): Kernels {
	const at = new Float64Array(ascending.length);
	const weight = new Float64Array(ascending.length);
	let count = 0;
	for (let i = 0; i < ascending.length; i++) {
		if (i === 0 || ascending[i] !== ascending[i - 1]) at[count++] = ascending[i]!;
		weight[count - 1]!++;
	}
	return { at: at.subarray(0, count), weight: weight.subarray(0, count) };
}

/** Bandwidths from which on exp(−u²/2) is 0. */
const REACH = 39;
/** Cells of a bandwidth, and terms of their series: with |s| ≤ 1/32 and |u| ≤ 39 below 1e-11 relative. */
const CELLS = 16;
const TERMS = 16;

/** @returns the sum of the kernels at a point, each of height 1 */
function summing(kernels: Kernels, bandwidth: number): (x: number) => number {
	const { at } = kernels;
	const cells = Math.floor(((at[at.length - 1]! - at[0]!) / bandwidth) * CELLS) + 1;
	return cells * TERMS < at.length
		? cellSum(kernels, bandwidth, cells)
		: kernelSum(kernels, bandwidth);
}

function kernelSum({ at, weight }: Kernels, bandwidth: number): (x: number) => number {
	return (x) => {
		let total = 0;
		for (let i = firstFrom(at, x - REACH * bandwidth); i < at.length; i++) {
			const u = (x - at[i]!) / bandwidth;
			if (u < -REACH) break;
			total += weight[i]! * Math.exp((-u * u) / 2);
		}
		return total;
	};
}

/** Index of the first value that is at least `bound`. */
function firstFrom(ascending: Float64Array, bound: number): number {
	let low = 0;
	let high = ascending.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (ascending[middle]! < bound) low = middle + 1;
		else high = middle;
	}
	return low;
}

/** By exp(−(u − s)²/2) = exp(−u²/2) · Σ sᵏ Heₖ(u) / k! with Hermite's polynomials. */
function cellSum({ at, weight }: Kernels, bandwidth: number, cells: number): (x: number) => number {
	const origin = at[0]!;
	/** Σ weight · sᵏ of a cell's kernels, k = 0 … TERMS − 1 */
	const moments = new Float64Array(cells * TERMS);
	for (let i = 0; i < at.length; i++) {
		const place = (at[i]! - origin) / bandwidth;
		const cell = Math.min(cells - 1, Math.floor(place * CELLS));
		const s = place - (cell + 0.5) / CELLS;
		let power = weight[i]!;
		for (let k = 0; k < TERMS; k++) {
			moments[cell * TERMS + k]! += power;
			power *= s;
		}
	}
	return (x) => {
		const place = (x - origin) / bandwidth;
		const first = Math.max(0, Math.floor((place - REACH) * CELLS));
		const last = Math.min(cells - 1, Math.ceil((place + REACH) * CELLS));
		let total = 0;
		for (let cell = first; cell <= last; cell++)
			if (moments[cell * TERMS]! > 0)
				total += hermiteSum(moments, cell * TERMS, place - (cell + 0.5) / CELLS);
		return total;
	};
}

function hermiteSum(moments: Float64Array, start: number, u: number): number {
	/** Heₖ(u) / k!, by Heₖ₊₁ = u Heₖ − k Heₖ₋₁ */
	let term = 1;
	let before = 0;
	let total = 0;
	for (let k = 0; k < TERMS; k++) {
		total += moments[start + k]! * term;
		const next = (u * term - before) / (k + 1);
		before = term;
		term = next;
	}
	return total * Math.exp((-u * u) / 2);
}
