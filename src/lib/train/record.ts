/**
 * LEMUR's record of one epoch of a run: which keys it has, of which kind, and the run's identity. What
 * this site adds says where the numbers come from: the device, the seed, what was left out.
 */
import { uidOf } from '../db/records/identity';
import { recordOf } from '../db/records/record-file';
import { parsePythonJson, writePythonJson } from '../db/records/python-json';
import type { PyDict, PyValue } from '../db/records/python-text';
import { compareText } from '../stats/text-order';
import type { BackendName } from '../nn/backend';
import type { TrialConfig } from './config';
import type { FinishedEpoch } from './events';
import { prmDict } from './prm';

/** What a run computes on, as it began. */
export interface RunFacts {
	readonly backend: BackendName;
	/** the adapter by its maker's words; '' where the browser tells none */
	readonly adapter: string;
	readonly software: boolean;
}

const BACKENDS = { webgpu: 'WebGPU', webgl: 'WebGL', cpu: 'cpu' } as const;
/** LEMUR's rows of devices are short. */
const MAX_ADAPTER = 120;

/**
 * Everything of a run that its records have in common, in code-point order: the hyperparameters, and
 * what tells a run in a browser apart from one of LEMUR's.
 */
export function runPrm(config: TrialConfig, { backend, adapter }: RunFacts): PyDict {
	const { prm, transform, seed, gate, trainLimit, testLimit } = config;
	const device = `${adapter.slice(0, MAX_ADAPTER)} (${BACKENDS[backend]} in a browser)`.trim();
	const entries: [string, PyValue][] = [
		...prmDict({ ...prm, transform }),
		[backend === 'cpu' ? 'cpu_type' : 'gpu_type', device],
		['seed', BigInt(seed)],
	];
	if (!gate) entries.push(['accuracy_gate', false]);
	if (trainLimit !== undefined) entries.push(['train_limit', BigInt(trainLimit)]);
	if (testLimit !== undefined) entries.push(['test_limit', BigInt(testLimit)]);
	return new Map(entries.sort(([a], [b]) => compareText(a, b)));
}

/** @returns the uid of a run: that of everything in `runPrm`, by this project's alphabetical rule */
export function runUid(prm: PyDict): string {
	return uidOf(prm);
}

/**
 * @param prm of `runPrm`
 * @param notes what a reader of the numbers must know, such as time that was left out
 * @returns the trial of `<epoch>.json`; duration in whole nanoseconds
 */
export function epochRecord(
	prm: PyDict,
	{ accuracy, duration }: Pick<FinishedEpoch, 'accuracy' | 'duration'>,
	notes: readonly string[] = [],
): PyDict {
	const results: PyDict = new Map<string, PyValue>([
		['uid', runUid(prm)],
		['duration', BigInt(Math.round(duration * 1e6))],
		['accuracy', accuracy],
	]);
	if (notes.length > 0) results.set('notes', notes.join('; '));
	return recordOf(prm, results);
}

/** As it is stored: Python keeps whole numbers and floats apart, JSON does not. */
export function recordText(record: PyDict): string {
	return writePythonJson(record);
}

/** @throws PythonJsonError when the text is none; RangeError when it is no object */
export function readRecordText(text: string): PyDict {
	const value = parsePythonJson(text);
	if (value instanceof Map) return value;
	throw new RangeError('A record must be an object.');
}
