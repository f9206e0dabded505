/**
 * Pearson's and Spearman's coefficients of two columns, over the rows that have both values (as
 * pandas does). Their p is in `student-t.ts`.
 */
import { sum } from './quantile';

export interface Correlation {
	/** rows that have both values */
	readonly n: number;
	/** −1..1; NaN for fewer than two rows, or where a column is constant */
	readonly r: number;
}

/** @param a, b of equal length; NaN = none */
export function pearson(a: ArrayLike<number>, b: ArrayLike<number>): Correlation {
	const [x, y] = pairsOf(a, b);
	return { n: x.length, r: coefficient(x, y) };
}

/** Pearson's r of the ranks, ties sharing their average. @param a, b of equal length; NaN = none */
export function spearman(a: ArrayLike<number>, b: ArrayLike<number>): Correlation {
	const [x, y] = pairsOf(a, b);
	return { n: x.length, r: coefficient(averageRanks(x), averageRanks(y)) };
}

/** @returns 1-based ranks; equal values share the average of theirs @param values without NaN */
export function averageRanks(values: Float64Array): Float64Array {
	const ascending = values.slice().sort();
	const ranks = new Float64Array(values.length);
	for (let i = 0; i < values.length; i++) {
		// Ranks 1 + below … upTo have the mean (below + upTo + 1) / 2; until a tie ends, both are known.
		ranks[i] = countBelow(ascending, values[i]!);
	}
	const ties = tieEnds(ascending);
	for (let i = 0; i < ranks.length; i++) ranks[i] = (ranks[i]! + ties[ranks[i]!]! + 1) / 2;
	return ranks;
}

/** How many are strictly less. */
function countBelow(ascending: Float64Array, value: number): number {
	let low = 0;
	let high = ascending.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (ascending[middle]! < value) low = middle + 1;
		else high = middle;
	}
	return low;
}

/** By place of the first of equal values: the place after the last of them. */
function tieEnds(ascending: Float64Array): Uint32Array {
	const ends = new Uint32Array(ascending.length);
	for (let i = ascending.length - 1; i >= 0; i--)
		ends[i] = ascending[i] === ascending[i + 1] ? ends[i + 1]! : i + 1;
	return ends;
}

function pairsOf(
	a: ArrayLike<number>,
	b: ArrayLike<number>,
): readonly [x: Float64Array, y: Float64Array] {
	const x = new Float64Array(a.length);
	const y = new Float64Array(a.length);
	let n = 0;
	for (let i = 0; i < a.length; i++) {
		if (Number.isNaN(a[i]!) || Number.isNaN(b[i]!)) continue;
		x[n] = a[i]!;
		y[n++] = b[i]!;
	}
	return [x.subarray(0, n), y.subarray(0, n)];
}

function coefficient(x: Float64Array, y: Float64Array): number {
	if (isConstant(x) || isConstant(y)) return NaN;
	const dx = deviations(x);
	const dy = deviations(y);
	// One root of the product: exactly 1 for a column with itself.
	const r = product(dx, dy) / Math.sqrt(product(dx, dx) * product(dy, dy));
	return Math.max(-1, Math.min(1, r));
}

function isConstant(values: Float64Array): boolean {
	for (let i = 1; i < values.length; i++) if (values[i] !== values[0]) return false;
	return true;
}

function deviations(values: Float64Array): Float64Array {
	const average = sum(values) / values.length;
	const result = new Float64Array(values.length);
	for (let i = 0; i < result.length; i++) result[i] = values[i]! - average;
	return result;
}

/** Compensated, so that an r near 0 keeps its digits. */
function product(a: Float64Array, b: Float64Array): number {
	let total = 0;
	let lost = 0;
	for (let i = 0; i < a.length; i++) {
		const value = a[i]! * b[i]!;
		const next = total + value;
		lost += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total;
		total = next;
	}
	return total + lost;
}
