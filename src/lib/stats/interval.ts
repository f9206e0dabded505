/** A mean and how sure it is. */
import { mean, std } from './quantile';
import { tQuantile } from './student-t';

export interface MeanInterval {
	readonly n: number;
	readonly mean: number;
	/** ends of the interval; NaN for fewer than two values */
	readonly low: number;
	readonly high: number;
}

/**
 * Student's t interval of the mean, from the standard deviation with ddof 1.
 * @param ascending sorted values without NaN
 * @param level 0..1
 */
export function meanInterval(ascending: Float64Array, level = 0.95): MeanInterval {
	const n = ascending.length;
	const average = mean(ascending);
	if (n < 2) return { n, mean: average, low: NaN, high: NaN };
	const half = (tQuantile((1 + level) / 2, n - 1) * std(ascending, average)) / Math.sqrt(n);
	return { n, mean: average, low: average - half, high: average + half };
}
