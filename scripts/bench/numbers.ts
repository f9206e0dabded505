/** Medians, quantiles and how a figure is printed. Knows nothing of what was measured. */

/**
 * @param samples at least one
 * @param share 0.5 = median, 0.95 = p95
 * @returns the smallest sample that at least this share of the samples does not exceed; NaN of none
 */
export function quantile(samples: readonly number[], share: number): number {
	const sorted = [...samples].sort((a, b) => a - b);
	return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? NaN;
}

export const median = (samples: readonly number[]): number => quantile(samples, 0.5);
export const p95 = (samples: readonly number[]): number => quantile(samples, 0.95);
export const largest = (samples: readonly number[]): number => quantile(samples, 1);

/** How a figure's numbers are written. */
export type Unit = 'ms' | 'kB' | 'MB' | '' | '×';

/** @returns a number with its unit; bytes are given as bytes and written as kB or MB (10³, 10⁶) */
export function written(value: number, unit: Unit): string {
	if (Number.isNaN(value)) return 'not measured';
	const scaled = unit === 'kB' ? value / 1e3 : unit === 'MB' ? value / 1e6 : value;
	const digits = unit === '' || scaled >= 100 ? 0 : unit === '×' ? 2 : 1;
	const text = scaled.toLocaleString('en-US', {
		minimumFractionDigits: digits,
		maximumFractionDigits: digits,
	});
	return unit === '' ? text : `${text} ${unit}`;
}
