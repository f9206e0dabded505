/**
 * Layer 1 of TPE: the normal distribution cut off at two bounds. Pure functions of numbers; kernels
 * and their mixtures are layer 2 (`mixture.ts`).
 */
import { LN_SQRT_2PI, logCdf, logMass, quantileOfLog, upperTail } from '../normal';

/** A normal distribution with mean `loc`, cut off at standardised bounds a < b. */
export interface TruncatedNormal {
	/** (low − loc) / scale */
	readonly a: number;
	/** (high − loc) / scale */
	readonly b: number;
	readonly loc: number;
	/** standard deviation before the cut, in the unit of x */
	readonly scale: number;
}

/** @returns the natural logarithm of the density at x; −Infinity outside of the bounds */
export function truncatedLogPdf(x: number, { a, b, loc, scale }: TruncatedNormal): number {
	const z = (x - loc) / scale;
	if (z < a || z > b) return -Infinity;
	return -(z * z) / 2 - LN_SQRT_2PI - Math.log(scale) - logMass(a, b);
}

/**
 * @param q share of the mass below, 0 … 1
 * @param a standardised lower bound
 * @param b standardised upper bound
 * @returns the standardised quantile, between a and b
 */
export function truncatedQuantile(q: number, a: number, b: number): number {
	if (q <= 0) return a;
	if (q >= 1) return b;
	const below = upperTail(-a);
	const above = upperTail(b);
	const inside = 1 - below - above;
	return inside > MUCH
		? quantileOf(below + q * inside, above + (1 - q) * inside)
		: tailQuantile(q, a, b);
}

/** With less mass than this between the bounds only logarithms keep its digits. */
const MUCH = 1e-3;

/** @param below the mass below the quantile; the smaller of the two is exact */
function quantileOf(below: number, above: number): number {
	return below < above ? quantileOfLog(Math.log(below)) : -quantileOfLog(Math.log(above));
}

function tailQuantile(q: number, a: number, b: number): number {
	// In the upper half it is counted from above, where the masses are small and keep their digits.
	const x =
		a < 0
			? quantileOfLog(logSum(logCdf(a), Math.log(q) + logMass(a, b)))
			: -quantileOfLog(logSum(logCdf(-b), Math.log1p(-q) + logMass(a, b)));
	return Math.min(b, Math.max(a, x));
}

/** ln(e^x + e^y), at most 0 here as both are parts of one probability. */
function logSum(x: number, y: number): number {
	const larger = Math.max(x, y);
	if (larger === -Infinity) return -Infinity;
	return Math.min(0, larger + Math.log1p(Math.exp(Math.min(x, y) - larger)));
}
