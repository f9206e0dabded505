/**
 * LEMUR's record files: `<task>_<dataset>_<metric>_<nn>/<epoch>.json`, each a list of trials
 * sorted by accuracy. Pure text in, text out: where the files lie is the caller's matter.
 */
import { splitConfig, SEPARATOR } from './config-name';
import { compareText } from '../../stats/text-order';
import { parsePythonJson, writePythonJson, type PyDict, type PyValue } from './python-json';
import { RecordError } from './record-error';

/** What the name of a record file says. */
export interface RecordFileName {
	task: string;
	dataset: string;
	metric: string;
	nn: string;
	epoch: number;
}

/** Spaces per level in a record file. */
const INDENT = 4;

/** Python's `int(text)` as far as file names go: sign, spaces around and single `_` allowed. */
const PYTHON_INT = /^\s*[+-]?\d+(?:_\d+)*\s*$/;

/**
 * Read `<folder>/<file>`; folders above are ignored, the file's extension is not looked at.
 * @throws RecordError ('name') unless the folder has four parts and the file name is a number.
 */
export function parseRecordFileName(path: string): RecordFileName {
	const [file = '', folder = ''] = path.split('/').reverse();
	const [task, dataset, metric, nn, ...rest] = splitConfig(folder);
	if (task === undefined || dataset === undefined || metric === undefined || nn === undefined) {
		throw badFolder(folder);
	}
	if (rest.length > 0) throw badFolder(folder);
	return { task, dataset, metric, nn, epoch: parseEpoch(file) };
}

/**
 * Epoch number in the name of a record file.
 * @throws RecordError ('name') when the name is not a number.
 */
export function parseEpoch(file: string): number {
	const dot = file.lastIndexOf('.');
	const stem = dot > 0 ? file.slice(0, dot) : file;
	if (PYTHON_INT.test(stem)) return Number(stem.replaceAll('_', ''));
	throw new RecordError('name', `'${file}' is not an epoch: expected a number, as in '5.json'.`);
}

function badFolder(folder: string): RecordError {
	return new RecordError(
		'name',
		`'${folder}' is not a configuration: expected <task>_<dataset>_<metric>_<nn>, none with '_'.`,
	);
}

/**
 * Path of a record file below the folder of all records.
 * @throws RecordError ('name') when a part is empty or holds `_` or `/`, which could not be read
 * back.
 */
export function recordFilePath({ task, dataset, metric, nn, epoch }: RecordFileName): string {
	const parts = [task, dataset, metric, nn];
	for (const part of parts) {
		if (part !== '' && !/[_/]/.test(part)) continue;
		throw new RecordError(
			'name',
			`'${part}' cannot be part of a record's name, which LEMUR cuts at each '_': rename it.`,
		);
	}
	return `${parts.join(SEPARATOR)}/${epoch}.json`;
}

/**
 * Text of a record file of `trials`: sorted by accuracy, best first, equal ones in given order.
 * @throws RecordError ('missing-field') for a trial without accuracy, ('shape') when an accuracy
 * is not a number.
 */
export function writeRecordFile(trials: readonly PyDict[]): string {
	const ranked = trials.map((trial) => ({ trial, accuracy: accuracyOf(trial) }));
	ranked.sort((a, b) => (a.accuracy < b.accuracy ? 1 : a.accuracy > b.accuracy ? -1 : 0));
	return writePythonJson(
		ranked.map(({ trial }) => trial),
		{ indent: INDENT },
	);
}

/**
 * Text of a record file after `trial` joined it; `existing` is the old text, `null` for no file.
 * There is no test for repeats.
 * @throws PythonJsonError, or RecordError as in {@link writeRecordFile} and ('shape') when
 * `existing` is not a list of objects; the file must then stay as it is.
 */
export function mergeTrial(existing: string | null, trial: PyDict): string {
	const trials = existing === null ? [] : readRecordFile(existing);
	return writeRecordFile([...trials, trial]);
}

/**
 * Trials of a record file's text, in file order.
 * @throws PythonJsonError, or RecordError ('shape') when it is not a list of objects.
 */
export function readRecordFile(text: string): PyDict[] {
	const list = parsePythonJson(text);
	if (!Array.isArray(list)) throw new RecordError('shape', 'A record file must hold a list.');
	return list.map(asTrial);
}

function asTrial(value: PyValue): PyDict {
	if (value instanceof Map) return value;
	throw new RecordError('shape', 'Each trial of a record file must be an object.');
}

/** bigint and number compare exactly with each other, so whole accuracies keep their kind. */
function accuracyOf(trial: PyDict): bigint | number {
	const accuracy = trial.get('accuracy');
	if (accuracy === undefined) {
		throw new RecordError('missing-field', 'A trial without accuracy cannot be sorted.');
	}
	if (typeof accuracy === 'boolean') return accuracy ? 1n : 0n;
	if (typeof accuracy === 'bigint' || typeof accuracy === 'number') return accuracy;
	throw new RecordError('shape', 'An accuracy that is not a number cannot be sorted.');
}

/** `prm` with `results` (uid, duration, accuracy) set: known keys keep their place. */
export function withResults(prm: PyDict, results: PyDict): PyDict {
	return new Map([...prm, ...results]);
}

/** The trial that is stored for `prm` and its `results`: one dict, keys in code-point order. */
export function recordOf(prm: PyDict, results: PyDict): PyDict {
	const entries = [...withResults(prm, results)];
	return new Map(entries.sort(([a], [b]) => compareText(a, b)));
}
