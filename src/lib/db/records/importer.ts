/**
 * Which rows LEMUR's importer takes from a folder of record files, oddities included.
 *
 * It works on texts and gives plain rows; it opens no file and no database. One bad trial stops
 * its file, the import goes on, and the last error is kept; a file name that is no number undoes
 * everything.
 */
import { bindValue, numericAffinity, realAffinity, textAffinity, type SqlValue } from './affinity';
import { statId } from './identity';
import { parsePythonJson, type PyDict, type PyValue } from './python-json';
import { RecordError } from './record-error';
import { parseEpoch, parseRecordFileName, type RecordFileName } from './record-file';

/** A record file: `path` ends in `<folder>/<file>`. */
export interface RecordText {
	path: string;
	text: string;
}

/** Kinds of source files that a trial refers to. */
export type SourceKind = 'nn' | 'metric' | 'transform';

/** Names of the source files there are. */
export type SourceNames = Readonly<Record<SourceKind, ReadonlySet<string>>>;

/** A row of LEMUR's table `stat`; `prm` is the uid, `duration` nanoseconds. */
export interface StatRow {
	id: string;
	task: string;
	dataset: string;
	metric: string;
	nn: string;
	epoch: number;
	accuracy: SqlValue;
	duration: SqlValue;
	prm: SqlValue;
	transform: SqlValue;
}

/** A row of LEMUR's table `prm`. */
export interface PrmRow {
	uid: SqlValue;
	name: string;
	value: SqlValue;
}

/** What got in, and the error that the import ends with (null = none). */
export interface ImportResult {
	stat: StatRow[];
	prm: PrmRow[];
	sources: Record<SourceKind, Set<string>>;
	error: Error | null;
}

/** Import `files` in the given order. */
export function importRecords(files: Iterable<RecordText>, known: SourceNames): ImportResult {
	const target = new Import(known);
	let error: Error | null = null;
	for (const file of files) {
		try {
			parseEpoch(file.path.slice(file.path.lastIndexOf('/') + 1));
		} catch (cause) {
			return { ...new Import(known).rows(), error: asError(cause) };
		}
		try {
			target.file(file);
		} catch (cause) {
			error = asError(cause);
		}
	}
	return { ...target.rows(), error };
}

/** The tables while they fill. */
class Import {
	private readonly stat = new Map<string, StatRow>();
	private readonly prm: PrmRow[] = [];
	private readonly sources = {
		nn: new Set<string>(),
		metric: new Set<string>(),
		transform: new Set<string>(),
	};

	constructor(private readonly known: SourceNames) {}

	rows(): Omit<ImportResult, 'error'> {
		return { stat: [...this.stat.values()], prm: this.prm, sources: this.sources };
	}

	/** The name is looked at only when there is a trial: an empty list never fails. */
	file({ path, text }: RecordText): void {
		for (const trial of items(parsePythonJson(text))) {
			const name = parseRecordFileName(path);
			this.source('nn', name.nn);
			this.source('metric', name.metric);
			if (!(trial instanceof Map)) throw new RecordError('shape', 'A trial must be an object.');
			this.source('transform', field(trial, 'transform'));
			this.trial(name, trial);
		}
	}

	/** Parameters go in before the row of the trial, so a repeated trial leaves them behind. */
	private trial(name: RecordFileName, trial: PyDict): void {
		const transform = field(trial, 'transform');
		const uid = field(trial, 'uid');
		for (const [prm, value] of trial) {
			if (prm === 'uid' || prm === 'duration' || prm === 'accuracy') continue;
			const stored = numericAffinity(value);
			if (stored !== null) this.prm.push({ uid: textAffinity(uid), name: prm, value: stored });
		}
		const duration = trial.get('duration') ?? null;
		const accuracy = trial.get('accuracy') ?? null;
		const id = statId({ ...name, transform, uid, duration, accuracy });
		const row: StatRow = {
			id,
			...name,
			accuracy: realAffinity(accuracy),
			duration: numericAffinity(duration),
			prm: bindValue(uid),
			transform: bindValue(transform),
		};
		if (this.stat.has(id)) throw new RecordError('repeated', `The trial ${id} is stored already.`);
		this.stat.set(id, row);
	}

	/** An empty name stands for every source of its kind. */
	private source(kind: SourceKind, name: PyValue): void {
		const known = this.known[kind];
		if (isFalsy(name)) {
			for (const each of known) this.sources[kind].add(each);
		} else if (typeof name === 'string' && known.has(name)) {
			this.sources[kind].add(name);
		} else {
			throw new RecordError('source', `There is no source of the ${kind} '${String(name)}'.`);
		}
	}
}

/** What Python's `for` gives of a JSON value: items of a list, keys of an object, characters. */
function items(value: PyValue): Iterable<PyValue> {
	if (Array.isArray(value) || typeof value === 'string') return value;
	if (value instanceof Map) return value.keys();
	throw new RecordError('shape', 'A record file must hold a list.');
}

function field(trial: PyDict, name: string): PyValue {
	const value = trial.get(name);
	if (value !== undefined) return value;
	throw new RecordError('missing-field', `A trial has no '${name}'.`);
}

/** Python's `not value`. */
function isFalsy(value: PyValue): boolean {
	if (Array.isArray(value)) return value.length === 0;
	if (value instanceof Map) return value.size === 0;
	return value === null || value === false || value === 0n || value === 0 || value === '';
}

function asError(cause: unknown): Error {
	return cause instanceof Error ? cause : new Error(String(cause));
}

/** Rows with the highest accuracy of their task, dataset, metric, nn and epoch; ties all stay. */
export function bestRows(rows: readonly StatRow[]): StatRow[] {
	const best = new Map<string, SqlValue>();
	const group = (row: StatRow) => [row.task, row.dataset, row.metric, row.nn, row.epoch].join('\0');
	for (const row of rows) {
		const key = group(row);
		const top = best.get(key) ?? null;
		if (row.accuracy !== null && (top === null || row.accuracy > top)) best.set(key, row.accuracy);
	}
	return rows.filter((row) => row.accuracy !== null && row.accuracy === best.get(group(row)));
}

/** The parameters of `uid` as LEMUR's query gives them back: one value for each name. */
export function readBack(prm: readonly PrmRow[], uid: string): Map<string, SqlValue> {
	return new Map(prm.filter((row) => row.uid === uid).map((row) => [row.name, row.value]));
}
