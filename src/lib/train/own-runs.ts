/** Runs of this device as the data worker takes them beside LEMUR's records. */
import type { OwnRun } from '../db/own';
import type { RunHistory } from './run-row';

const NS_PER_MS = 1e6;

export function ownRunsOf(runs: readonly RunHistory[]): OwnRun[] {
	// The oldest first: repeats of the same settings are numbered in the order in which they were made.
	return [...runs].reverse().map(({ run, epochs }) => {
		const { task, dataset, metric, nn } = run.config;
		return {
			...{ task, dataset, metric, nn, uid: run.uid, prm: run.prm },
			epochs: epochs.map(({ epoch, accuracy, duration }) => ({
				...{ epoch, accuracy, duration: Math.round(duration * NS_PER_MS) },
			})),
		};
	});
}
