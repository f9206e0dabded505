/**
 * The standard normal distribution, as exact as a double allows in both tails, and fast: the search
 * asks for it hundreds of thousands of times a suggestion. Its truncated form is `tpe/truncated-normal.ts`.
 *
 * Everything rests on erfcx(x) = e^(x²) · erfc(x), which is smooth and never underflows. Between 0 and
 * 8 it is read from polynomials that are fitted once, when this module is loaded.
 */

const SQRT_PI = Math.sqrt(Math.PI);
export const LN_SQRT_2PI = Math.log(2 * Math.PI) / 2;
const LN_HALF = -Math.LN2;

/** @returns the error function of x; relative error about 1e-15 */
export function erf(x: number): number {
	const size = Math.abs(x);
	if (size < 0.5) return erfNearZero(x);
	const value = 1 - Math.exp(-size * size) * erfcx(size);
	return x < 0 ? -value : value;
}

/** @returns 1 − erf(x) without cancellation for large x; 0 where it underflows */
export function erfc(x: number): number {
	if (x < 0.5) return 1 - erf(x);
	return Math.exp(-x * x) * erfcx(x);
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

/** @returns ln Φ(x), the logarithm of the normal mass below x */
export function logCdf(x: number): number {
	if (x > 1) return Math.log1p(-upperTail(x));
	if (x > -1) return Math.log(upperTail(-x));
	return -(x * x) / 2 + Math.log(erfcx(-x * Math.SQRT1_2) / 2);
}

/** Beyond this many standard deviations nothing is missing that a double could show. */
const WHOLE = 9;

/** Where the first terms of a series in the width are exact to 1e-13. */
const NARROW = 5e-3;

/** The density in the middle times the width, with the next term of its series. */
function logNarrowMass(middle: number, width: number): number {
	const bend = ((middle * middle - 1) * width * width) / 24;
	return -(middle * middle) / 2 - LN_SQRT_2PI + Math.log(width) + Math.log1p(bend);
}

/** @returns ln(Φ(b) − Φ(a)) for a <= b; −Infinity when they are equal */
export function logMass(a: number, b: number): number {
	if (a < -WHOLE && b > WHOLE) return 0;
	if (!(a < b)) return Number.isNaN(a + b) ? NaN : -Infinity;
	if ((b - a) * (1 + Math.abs(a)) < NARROW) return logNarrowMass((a + b) / 2, b - a);
	if (a > 0) return logMassBelow(-b, -a);
	if (b <= 0) return logMassBelow(a, b);
	const outside = (b > WHOLE ? 0 : upperTail(b)) + (a < -WHOLE ? 0 : upperTail(-a));
	return outside < 0.5 ? Math.log1p(-outside) : Math.log(normalMass(a, b));
}

/** a < b <= 0: where they are near each other, or far out, only their logarithms can be told apart. */
function logMassBelow(a: number, b: number): number {
	const mass = upperTail(-b);
	const inside = mass - upperTail(-a);
	if (inside > 0.1 * mass && mass > 1e-300) return Math.log(inside);
	const upper = logCdf(b);
	return upper + Math.log(-Math.expm1(logCdf(a) - upper));
}

/**
 * @param y the logarithm of a probability, at most 0
 * @returns the x with ln Φ(x) = y; −Infinity and Infinity at the ends
 */
export function quantileOfLog(y: number): number {
	if (!(y <= 0)) return NaN;
	if (y === 0) return Infinity;
	if (y === -Infinity) return -Infinity;
	// The upper half is the lower half mirrored, where the probability keeps its digits.
	if (y > LN_HALF) return -quantileOfLog(Math.log(-Math.expm1(y)));
	const root = Math.sqrt(-2 * y);
	const piece = Math.floor(root * QUANTILES.perUnit);
	return piece < QUANTILES.pieces ? readPiece(QUANTILES, root) : newtonQuantile(y);
}

/** Newton's steps from the first guess; three or four are enough. */
const NEWTON_STEPS = 20;

function newtonQuantile(y: number): number {
	let x = roughQuantile(y);
	for (let step = 0; step < NEWTON_STEPS; step++) {
		const value = logCdf(x);
		const change = (y - value) * Math.exp(value + (x * x) / 2 + LN_SQRT_2PI);
		x += change;
		if (Math.abs(change) <= 1e-15 * Math.max(1, Math.abs(x))) break;
	}
	return x;
}

/** Within 5e-4 of the quantile, for y <= ln ½ (Hastings; Abramowitz and Stegun 26.2.23). */
function roughQuantile(y: number): number {
	const t = Math.sqrt(-2 * y);
	const above = 2.515517 + t * (0.802853 + t * 0.010328);
	const below = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308));
	return above / below - t;
}

/** Maclaurin's series; at 0.5 the last term is below 1e-17. */
function erfNearZero(x: number): number {
	const square = x * x;
	let sum = 0;
	for (let n = NEAR_ZERO.length - 1; n >= 0; n--) sum = sum * square + NEAR_ZERO[n]!;
	return sum * x;
}

const NEAR_ZERO = Float64Array.from({ length: 14 }, (_, n) => {
	let factorial = 1;
	for (let i = 2; i <= n; i++) factorial *= i;
	return (n % 2 === 0 ? 2 : -2) / SQRT_PI / (factorial * (2 * n + 1));
});

/** A function as polynomials over pieces of equal width, from 0 on. */
interface Pieces {
	readonly pieces: number;
	readonly perUnit: number;
	readonly coefficients: Float64Array;
}

/** Of each piece: the error of a polynomial of this length is below a rounding. */
const COEFFICIENTS = 12;
/** Beyond the pieces Laplace's continued fraction needs few terms. */
const TAIL_TERMS = 20;

/** e^(x²) · erfc(x) for x >= 0. */
function erfcx(x: number): number {
	return x < ERFCX.pieces / ERFCX.perUnit ? readPiece(ERFCX, x) : laplace(x, TAIL_TERMS);
}

function readPiece({ perUnit, coefficients }: Pieces, x: number): number {
	const scaled = x * perUnit;
	const piece = Math.floor(scaled);
	const u = 2 * (scaled - piece) - 1;
	let at = piece * COEFFICIENTS + COEFFICIENTS - 1;
	let value = coefficients[at]!;
	for (let k = 1; k < COEFFICIENTS; k++) value = value * u + coefficients[--at]!;
	return value;
}

const ERFCX = fitPieces(slowErfcx, { pieces: 64, perUnit: 8 });
/** The lower half's quantiles by √(−2 ln p), in which they are nearly a line; from p = ½ on. */
const QUANTILES = fitPieces((root) => newtonQuantile(Math.min(LN_HALF / 2, -(root * root) / 2)), {
	pieces: 160,
	perUnit: 4,
});

function fitPieces(
	of: (x: number) => number,
	{ pieces, perUnit }: Omit<Pieces, 'coefficients'>,
): Pieces {
	const coefficients = new Float64Array(pieces * COEFFICIENTS);
	for (let piece = 0; piece < pieces; piece++) {
		const samples = Float64Array.from({ length: COEFFICIENTS }, (_, j) => {
			const node = Math.cos((Math.PI * (j + 0.5)) / COEFFICIENTS);
			return of((piece + (node + 1) / 2) / perUnit);
		});
		coefficients.set(powersOf(chebyshevOf(samples)), piece * COEFFICIENTS);
	}
	return { pieces, perUnit, coefficients };
}

/** Chebyshev coefficients of the polynomial through samples at Chebyshev's nodes. */
function chebyshevOf(samples: Float64Array): Float64Array {
	const n = samples.length;
	return samples.map((_, k) => {
		let sum = 0;
		for (let j = 0; j < n; j++) sum += samples[j]! * Math.cos((Math.PI * k * (j + 0.5)) / n);
		return ((k === 0 ? 1 : 2) / n) * sum;
	});
}

/** The same polynomial in powers of u. */
function powersOf(chebyshev: Float64Array): Float64Array {
	const n = chebyshev.length;
	const powers = new Float64Array(n);
	let before = new Float64Array(n);
	let current = new Float64Array(n);
	before[0] = 1;
	current[1] = 1;
	for (let k = 0; k < n; k++) {
		for (let i = 0; i <= k; i++) powers[i]! += chebyshev[k]! * before[i]!;
		const next = new Float64Array(n);
		for (let i = 0; i < n; i++) next[i] = (i > 0 ? 2 * current[i - 1]! : 0) - before[i]!;
		[before, current] = [current, next];
	}
	return powers;
}

/** Below 1 by Kummer's series, above by Laplace's fraction from far enough: exact to a few ulps. */
function slowErfcx(x: number): number {
	return x < 1 ? Math.exp(x * x) - kummer(x) : laplace(x, 300);
}

/** e^(x²) · erf(x), all of whose terms are positive: 2/√π · Σ 2ⁿ x^(2n+1) / (1·3·…·(2n+1)). */
function kummer(x: number): number {
	let term = x;
	let total = x;
	for (let n = 1; term > total * (Number.EPSILON / 8); n++) {
		term *= (2 * x * x) / (2 * n + 1);
		total += term;
	}
	return (2 / SQRT_PI) * total;
}

/** 1 / (√π · (x + (1/2)/(x + (2/2)/(x + …)))), from its far end. */
function laplace(x: number, terms: number): number {
	let fraction = x;
	for (let n = terms; n >= 1; n--) fraction = x + n / 2 / fraction;
	return 1 / (SQRT_PI * fraction);
}
