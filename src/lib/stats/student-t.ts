/**
 * Student's t distribution: two-sided p and quantiles, to about 1e-12 also far out in the tails (until
 * p leaves the range of doubles). Both are the regularised incomplete beta function of one kind:
 * p = I_x(df/2, 1/2) with x = df / (df + t²).
 */

/**
 * @param df degrees of freedom, > 0
 * @returns the probability that |T| is at least |t|; 0 where it is below the range of doubles; NaN
 * where df is not positive
 */
export function tTwoSidedP(t: number, df: number): number {
	if (!(df > 0) || Number.isNaN(t)) return NaN;
	const square = t * t;
	if (square === Infinity) return 0;
	return halfBeta(df / (df + square), square / (df + square), df, Math.log1p(square / df));
}

/**
 * The p of a correlation coefficient of n pairs, where t² = r² (n − 2) / (1 − r²).
 * @returns NaN for fewer than three pairs or an undefined r
 */
export function correlationP(r: number, n: number): number {
	if (n < 3 || Number.isNaN(r)) return NaN;
	const size = Math.min(1, Math.abs(r));
	const rest = (1 - size) * (1 + size);
	return rest === 0 ? 0 : halfBeta(rest, size * size, n - 2, -Math.log1p(-size * size));
}

/**
 * @param p 0..1
 * @param df degrees of freedom, > 0
 * @returns t such that T is at most t with probability p; infinite for 0 and 1
 */
export function tQuantile(p: number, df: number): number {
	if (!(p >= 0 && p <= 1 && df > 0)) return NaN;
	if (p === 0.5) return 0;
	const outside = 2 * Math.min(p, 1 - p);
	return Math.sign(p - 0.5) * (outside === 0 ? Infinity : sizeOf(outside, df));
}

/**
 * I_x(df/2, 1/2).
 * @param x 0..1
 * @param y 1 − x without cancellation
 * @param minusLogX −ln x, likewise
 */
function halfBeta(x: number, y: number, df: number, minusLogX: number): number {
	const a = df / 2;
	const front = (gammaRatio(a) / Math.sqrt(Math.PI)) * Math.exp(-a * minusLogX) * Math.sqrt(y);
	// The continued fraction converges fast on its own side of the mean; the other is its complement.
	return x < (a + 1) / (a + 2.5)
		? (front * betaFraction(x, a, 0.5)) / a
		: 1 - 2 * front * betaFraction(y, 0.5, a);
}

const FRACTION_STEPS = 10_000;
const TINY = 1e-300;

/** The continued fraction of the incomplete beta function (DLMF 8.17.22), by Lentz's method. */
function betaFraction(x: number, a: number, b: number): number {
	const kept = (value: number) => (Math.abs(value) < TINY ? TINY : value);
	let c = 1;
	let d = 1 / kept(1 - ((a + b) * x) / (a + 1));
	let fraction = d;
	for (let m = 1; m <= FRACTION_STEPS; m++) {
		const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
		const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
		let change = 1;
		for (const term of [even, odd]) {
			d = 1 / kept(1 + term * d);
			c = kept(1 + term / c);
			change = c * d;
			fraction *= change;
		}
		if (Math.abs(change - 1) < Number.EPSILON) break;
	}
	return fraction;
}

/** From here on the series of `gammaRatio` is exact to a double. */
const SERIES_FROM = 40;

/** Tricomi and Erdélyi's expansion of Γ(a + 1/2) / (Γ(a) √a) in powers of 1/(8a). */
const RATIO_SERIES = [1, -1, 0.5, 2.5, -2.625, -49.875, 54.3125, 2457.8125];

/** Γ(a + 1/2) / Γ(a) without the cancellation of two large logarithms. */
function gammaRatio(a: number): number {
	let below = 1;
	let at = a;
	for (; at < SERIES_FROM; at++) below *= at / (at + 0.5);
	const u = 1 / (8 * at);
	const series = RATIO_SERIES.reduceRight((rest, term) => term + u * rest, 0);
	return below * Math.sqrt(at) * series;
}

/** @returns t > 0 with this probability outside −t … t, by Newton's method within a shrinking bracket */
function sizeOf(outside: number, df: number): number {
	let low = -750;
	let high = 709;
	let log = 0;
	for (let step = 0; step < 200 && high - low > 0; step++) {
		const t = Math.exp(log);
		const p = tTwoSidedP(t, df);
		const off = p > 0 ? Math.log(p / outside) : -Infinity;
		if (off > 0) low = log;
		else high = log;
		// d ln p / d ln t = −2 t f(t) / p
		const next = log + (off * p) / (2 * t * density(t, df));
		const safe = next > low && next < high ? next : (low + high) / 2;
		if (Math.abs(safe - log) <= 1e-15) return Math.exp(safe);
		log = safe;
	}
	return Math.exp(log);
}

function density(t: number, df: number): number {
	const ratio = gammaRatio(df / 2) / Math.sqrt(Math.PI * df);
	return ratio * Math.exp((-(df + 1) / 2) * Math.log1p((t * t) / df));
}
