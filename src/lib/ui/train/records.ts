/** Own runs as LEMUR's folder in a zip file, saved on this device. */
import { saveFile } from '../../state/copy';
import { toasts } from '../../state/toast.svelte';
import { readRecordText } from '../../train/record';
import type { RunHistory } from '../../train/run-row';
import { count } from '../format';

export async function saveRecords(runs: readonly RunHistory[]): Promise<void> {
	const { recordZip } = await import('../../train/record-zip');
	const records = runs.flatMap(({ run, epochs }) => {
		const { task, dataset, metric, nn } = run.config;
		return epochs.map(({ epoch, record }) => ({
			...{ task, dataset, metric, nn, epoch },
			trial: readRecordText(record),
		}));
	});
	const { bytes, trials, refused } = await recordZip(records, { date: new Date() });
	saveFile([new Uint8Array(bytes)], 'lemur-records.zip', 'application/zip');
	const left = refused.map(({ reason }) => reason).join(' ');
	toasts.show(`${count(trials)} records saved. ${left}`.trim());
}
