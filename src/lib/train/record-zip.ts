/**
 * Own records as the folder that LEMUR's importer reads, in a zip file:
 * `<task>_<dataset>_<metric>_<nn>/<epoch>.json`, trials merged per epoch and sorted as LEMUR does.
 * Where the records come from is the caller's matter; what the texts look like is `db/records`'.
 */
import type { PyDict } from '../db/records/python-text';
import { RecordError } from '../db/records/record-error';
import {
	recordFilePath,
	recordOf,
	writeRecordFile,
	type RecordFileName,
} from '../db/records/record-file';
import { compareText } from '../stats/text-order';
import { pacer } from '../xlsx/write';
import { ZipFile } from '../xlsx/zip';

/** One trial of one epoch. */
export interface OwnRecord extends RecordFileName {
	/** the trial as it is stored: accuracy, hyperparameters, transform, uid and what else it has */
	readonly trial: PyDict;
}

export interface RecordZipOptions {
	/** written for every file */
	readonly date: Date;
	/** folder in the zip, with `/` at its end; LEMUR's own is `ab/nn/stat/train/` */
	readonly root?: string;
	readonly signal?: AbortSignal;
	/** lets other work in; awaited whenever some milliseconds have passed */
	readonly breathe?: () => Promise<void>;
}

/** Records that LEMUR could not read back. */
export interface Refusal {
	readonly configuration: string;
	/** one sentence: what is wrong, and the way out */
	readonly reason: string;
	readonly records: number;
}

export interface RecordZip {
	readonly bytes: Uint8Array;
	readonly files: number;
	readonly trials: number;
	/** left out; everything else is in the zip */
	readonly refused: readonly Refusal[];
}

/** What a zip file without extensions can list. */
const MOST_FILES = 65_535;
/** What some system does not allow in a file's name. */
const NO_FILE_NAME = /[/\\:*?"<>|\p{Cc}]/u;

/**
 * The records as a zip file; of equal accuracies the one that came first stands first.
 * @throws RangeError for more than 65,535 files
 * @throws AbortError once the signal is aborted
 */
export async function recordZip(
	records: Iterable<OwnRecord> | AsyncIterable<OwnRecord>,
	options: RecordZipOptions,
): Promise<RecordZip> {
	const { date, root = '' } = options;
	const folders = new Folders();
	const pause = pacer(options);
	for await (const record of records) {
		folders.add(record);
		await pause();
	}
	const files = folders.files();
	if (files.length > MOST_FILES)
		throw new RangeError(
			`These records make ${files.length} files, and a zip file holds ${MOST_FILES}: export fewer configurations at a time.`,
		);
	const zip = new ZipFile(date);
	for (const { path, trials } of files) {
		zip.text(root + path, writeRecordFile(trials));
		await pause();
	}
	const trials = files.reduce((sum, file) => sum + file.trials.length, 0);
	const bytes = new Uint8Array(await zip.finish().arrayBuffer());
	return { bytes, files: files.length, trials, refused: folders.refused() };
}

interface RecordFile {
	readonly path: string;
	readonly folder: string;
	readonly epoch: number;
	readonly trials: PyDict[];
}

/** Trials by file, in the order they came. */
class Folders {
	readonly #files = new Map<string, RecordFile>();
	readonly #refused = new Map<string, Refusal>();

	add({ trial, ...name }: OwnRecord): void {
		try {
			checkName(name);
			checkTrial(trial);
			const path = recordFilePath(name);
			const file = this.#files.get(path) ?? fileOf(path, name.epoch);
			file.trials.push(recordOf(trial, new Map()));
			this.#files.set(path, file);
		} catch (error) {
			if (!(error instanceof RecordError)) throw error;
			this.#refuse(name, error.message);
		}
	}

	/** By folder in code-point order, then by epoch. */
	files(): RecordFile[] {
		return [...this.#files.values()].sort(
			(a, b) => compareText(a.folder, b.folder) || a.epoch - b.epoch,
		);
	}

	refused(): Refusal[] {
		return [...this.#refused.values()];
	}

	#refuse({ task, dataset, metric, nn }: RecordFileName, reason: string): void {
		const configuration = [task, dataset, metric, nn].join(' · ');
		const key = `${configuration}\n${reason}`;
		const records = (this.#refused.get(key)?.records ?? 0) + 1;
		this.#refused.set(key, { configuration, reason, records });
	}
}

function fileOf(path: string, epoch: number): RecordFile {
	return { path, folder: path.slice(0, path.indexOf('/')), epoch, trials: [] };
}

function checkName({ task, dataset, metric, nn, epoch }: RecordFileName): void {
	if (!Number.isSafeInteger(epoch) || epoch < 0)
		throw new RecordError('name', `'${epoch}' is no epoch: it must be a whole number from 0 on.`);
	const parts = [task, dataset, metric, nn];
	if (parts.includes(''))
		throw new RecordError('name', 'A configuration needs a task, a dataset, a metric and a net.');
	for (const part of parts)
		if (NO_FILE_NAME.test(part))
			throw new RecordError('name', `'${part}' cannot be a folder's name everywhere: rename it.`);
}

/** What LEMUR's importer asks of a trial; without one of them it drops the rest of the file. */
function checkTrial(trial: PyDict): void {
	for (const field of ['accuracy', 'uid', 'transform'])
		if (!trial.has(field))
			throw new RecordError('missing-field', `A trial without ${field} cannot be imported.`);
	if (typeof trial.get('accuracy') !== 'number' && typeof trial.get('accuracy') !== 'bigint')
		throw new RecordError('shape', 'A trial whose accuracy is not a number cannot be sorted.');
}
