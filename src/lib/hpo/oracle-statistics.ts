/** Statistical tests for the runners that compare distributions. For runners only. */
import { upperTail } from './normal';

/** @returns the probability that chi-square with this many degrees of freedom exceeds x */
export function chiSquareTail(x: number, freedom: number): number {
	return freedom <= 0 || x <= 0 ? 1 : upperGamma(freedom / 2, x / 2);
}

/** The regularised upper incomplete gamma function: series below a + 1, Lentz's fraction above. */
function upperGamma(a: number, x: number): number {
	const scale = Math.exp(a * Math.log(x) - x - logGamma(a));
	if (x < a + 1) {
		let term = 1 / a;
		let sum = term;
		for (let n = 1; term > sum * Number.EPSILON; n++) sum += term *= x / (a + n);
		return Math.max(0, 1 - sum * scale);
	}
	let b = x + 1 - a;
	let c = Infinity;
	let d = 1 / b;
	let fraction = d;
	for (let n = 1; n < 1000; n++) {
		const numerator = -n * (n - a);
		b += 2;
		d = 1 / (numerator * d + b);
		c = b + numerator / c;
		fraction *= d * c;
		if (Math.abs(d * c - 1) < Number.EPSILON) break;
	}
	return scale * fraction;
}

/** Stirling's series, moved up to where it is exact enough. */
function logGamma(a: number): number {
	let shift = 0;
	let x = a;
	for (; x < 10; x++) shift += Math.log(x);
	const inverse = 1 / (x * x);
	const series = (1 / 12 - inverse * (1 / 360 - inverse * (1 / 1260 - inverse / 1680))) / x;
	return (x - 0.5) * Math.log(x) - x + Math.log(2 * Math.PI) / 2 + series - shift;
}

/**
 * @param expected counts, whose cells below 5 are put together
 * @returns the p-value of Pearson's test of observed counts
 */
export function chiSquareTest(observed: readonly number[], expected: readonly number[]): number {
	const cells: { observed: number; expected: number }[] = [];
	const rest = { observed: 0, expected: 0 };
	for (const [i, value] of expected.entries()) {
		const cell = value < 5 ? rest : { observed: 0, expected: 0 };
		cell.observed += observed[i]!;
		cell.expected += value;
		if (cell !== rest) cells.push(cell);
	}
	if (rest.expected > 0.5 || rest.observed > 0)
		cells.push({ ...rest, expected: Math.max(0.5, rest.expected) });
	const statistic = cells.reduce(
		(sum, cell) => sum + (cell.observed - cell.expected) ** 2 / cell.expected,
		0,
	);
	return chiSquareTail(statistic, cells.length - 1);
}

/** @returns the p-value of "both counts come from one distribution" */
export function twoSampleChiSquare(a: readonly number[], b: readonly number[]): number {
	const total = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0);
	const shareA = total(a) / (total(a) + total(b));
	// Cells that are small in either sample are put together, by the smaller expectation.
	const pooled = a.map((count, i) => count + b[i]!);
	const smaller = Math.min(shareA, 1 - shareA);
	const kept = pooled.flatMap((count, i) => (count * smaller >= 5 ? [i] : []));
	const cells = kept.map((i) => [a[i]!, b[i]!] as const);
	const restA = total(a) - cells.reduce((sum, [own]) => sum + own, 0);
	const restB = total(b) - cells.reduce((sum, [, own]) => sum + own, 0);
	if ((restA + restB) * smaller >= 1) cells.push([restA, restB]);
	let statistic = 0;
	for (const [own, other] of cells) {
		const sum = own + other;
		statistic += (own - sum * shareA) ** 2 / (sum * shareA);
		statistic += (other - sum * (1 - shareA)) ** 2 / (sum * (1 - shareA));
	}
	return chiSquareTail(statistic, cells.length - 1);
}

/**
 * @returns the largest distance between an empirical distribution of n draws and the true one that
 * chance exceeds with probability `level` (Dvoretzky, Kiefer and Wolfowitz; Massart's constant)
 */
export function kolmogorovBound(n: number, level: number): number {
	return Math.sqrt(Math.log(2 / level) / (2 * n));
}

/** @returns the share of values at or below x */
export function shareBelow(ascending: ArrayLike<number>, x: number): number {
	let low = 0;
	let high = ascending.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if (ascending[middle]! <= x) low = middle + 1;
		else high = middle;
	}
	return low / ascending.length;
}

/** @returns ranks from 1, of equal values their mean */
export function ranksOf(values: readonly number[]): Float64Array {
	const order = values.map((_, i) => i).sort((a, b) => values[a]! - values[b]!);
	const ranks = new Float64Array(values.length);
	for (let from = 0; from < order.length;) {
		let to = from;
		while (to < order.length && values[order[to]!] === values[order[from]!]) to++;
		for (let i = from; i < to; i++) ranks[order[i]!] = (from + 1 + to) / 2;
		from = to;
	}
	return ranks;
}

/** @returns the two-sided p-value of the Mann-Whitney test, normal approximation with ties */
export function mannWhitney(a: readonly number[], b: readonly number[]): number {
	const ranks = ranksOf([...a, ...b]);
	const n = a.length + b.length;
	let rankSum = 0;
	for (let i = 0; i < a.length; i++) rankSum += ranks[i]!;
	const u = rankSum - (a.length * (a.length + 1)) / 2;
	const counts = new Map<number, number>();
	for (const rank of ranks) counts.set(rank, (counts.get(rank) ?? 0) + 1);
	let ties = 0;
	for (const count of counts.values()) ties += count ** 3 - count;
	const variance = ((a.length * b.length) / 12) * (n + 1 - ties / (n * (n - 1)));
	if (variance === 0) return 1;
	const distance = Math.abs(u - (a.length * b.length) / 2) - 0.5;
	return Math.min(1, 2 * upperTail(Math.max(0, distance) / Math.sqrt(variance)));
}

/** @returns Spearman's rank correlation */
export function spearman(a: readonly number[], b: readonly number[]): number {
	const x = ranksOf(a);
	const y = ranksOf(b);
	const middle = (a.length + 1) / 2;
	let xy = 0;
	let xx = 0;
	let yy = 0;
	for (let i = 0; i < a.length; i++) {
		xy += (x[i]! - middle) * (y[i]! - middle);
		xx += (x[i]! - middle) ** 2;
		yy += (y[i]! - middle) ** 2;
	}
	return xx === 0 || yy === 0 ? 0 : xy / Math.sqrt(xx * yy);
}
