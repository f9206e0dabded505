/** The standard normal distribution, as exact as a double allows, in both tails. */

const SQRT_PI = Math.sqrt(Math.PI);
/** From here on the continued fraction of the tail converges faster than the series loses digits. */
const SERIES_UP_TO = 2;
const FRACTION_TERMS = 200;

/** @returns the error function of x; relative error about 1e-15 */
export function erf(x: number): number {
	if (Number.isNaN(x)) return NaN;
	const size = Math.abs(x);
	const value = size <= SERIES_UP_TO ? erfSeries(size) : 1 - erfcFraction(size);
	return x < 0 ? -value : value;
}

/** @returns 1 − erf(x) without cancellation for large x; 0 where it underflows */
export function erfc(x: number): number {
	if (Number.isNaN(x)) return NaN;
	if (x < 0) return 1 + erf(-x);
	return x <= SERIES_UP_TO ? 1 - erfSeries(x) : erfcFraction(x);
}

/** @returns the normal mass above x */
export function upperTail(x: number): number {
	return erfc(x * Math.SQRT1_2) / 2;
}

/** @returns the normal mass between a and b (a <= b), from the nearer tail */
export function normalMass(a: number, b: number): number {
	if (a > 0) return upperTail(a) - upperTail(b);
	if (b < 0) return upperTail(-b) - upperTail(-a);
	return (erf(b * Math.SQRT1_2) + erf(-a * Math.SQRT1_2)) / 2;
}

/** Kummer's series, all of whose terms are positive: 2/√π · e^(−x²) · Σ 2ⁿ x^(2n+1) / (1·3·…·(2n+1)). */
function erfSeries(x: number): number {
	let term = x;
	let total = x;
	for (let n = 1; term > total * (Number.EPSILON / 8); n++) {
		term *= (2 * x * x) / (2 * n + 1);
		total += term;
	}
	return (2 / SQRT_PI) * Math.exp(-x * x) * total;
}

/** Laplace's continued fraction x + (1/2)/(x + (2/2)/(x + …)) of the tail, from its far end. */
function erfcFraction(x: number): number {
	let fraction = x;
	for (let n = FRACTION_TERMS; n >= 1; n--) fraction = x + n / 2 / fraction;
	return Math.exp(-x * x) / (SQRT_PI * fraction);
}
