/** Everything a run's drawer shows: its record, its curve, and the band it stands in. */
import type { Curve } from './curves';

export interface RunDetail {
	readonly trial: number;
	readonly task: string;
	readonly dataset: string;
	readonly metric: string;
	readonly nn: string;
	readonly transform: string;
	readonly uid: string;
	readonly repeat: number;
	readonly source: string;
	readonly epoch: number;
	readonly accuracy: number;
	/** ns; NaN = not recorded */
	readonly duration: number;
	/** as LEMUR's record holds them, in code-point order; numbers as Python prints them */
	readonly prm: readonly {
		readonly name: string;
		readonly value: string | number;
		readonly text: string;
	}[];
	/** LEMUR's record file: `<task>_<dataset>_<metric>_<nn>/<epoch>.json` */
	readonly file: string;
	/** this trial as LEMUR's JSON object (keys sorted, 4-space indent, Python numbers) */
	readonly json: string;
	/** the whole run */
	readonly epochs: Uint16Array;
	readonly accuracies: Float64Array;
	readonly durations: Float64Array;
	readonly trials: Uint32Array;
	/** all runs of the same (task, dataset, metric, nn) */
	readonly band: Curve;
	/** share of that band's trials at this epoch with a lower accuracy, plus half the ties: 0..1 */
	readonly percentile: number;
	/** position among all trials of (task, dataset, metric): 1 + how many are strictly better */
	readonly rank: number;
	readonly rankOf: number;
}
