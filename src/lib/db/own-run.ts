/** A run of this device, for the data worker and for whoever hands it over. */
import type { TaskInfo } from '../stats/columns';

/** One run of this device, as it crosses into the data worker. */
export interface OwnRun extends TaskInfo {
	readonly nn: string;
	readonly uid: string;
	/** Python JSON of the hyperparameters, with `transform` */
	readonly prm: string;
	/** ascending by epoch; duration in ns */
	readonly epochs: readonly {
		readonly epoch: number;
		readonly accuracy: number;
		readonly duration: number;
	}[];
}
