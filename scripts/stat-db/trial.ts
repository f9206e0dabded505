/** One trial of a record file: checked, split into what a run has and what an epoch has. */
import { compareText } from '../../src/lib/stats/text-order';
import { writePythonJson } from '../../src/lib/db/records/python-json';
import type { PyDict, PyValue } from '../../src/lib/db/records/python-text';
import type { Finding } from './report';

export interface Trial {
	readonly uid: string;
	readonly epoch: number;
	/** fraction, or the metric's score */
	readonly accuracy: number;
	/** ns, a float only where it is not whole; null = not recorded */
	readonly duration: bigint | number | null;
	/** hyperparameters with `transform`, in code-point order, without `epoch` */
	readonly prm: PyDict;
	/** the hyperparameter called `epoch` */
	readonly epochPrm: bigint | number | undefined;
}

/** Keys of a trial that are no hyperparameters of its run. */
const RESULTS = new Set(['uid', 'accuracy', 'duration', 'epoch']);

/**
 * @param raw the object of the file
 * @param found told what is odd
 * @returns null when it cannot be a row (the finding says why)
 */
export function readTrial(
	raw: PyValue,
	epoch: number,
	found: (finding: Finding, detail?: string) => void,
): Trial | null {
	const reject = (finding: Finding, detail?: string) => {
		found(finding, detail);
		return null;
	};
	if (!(raw instanceof Map)) return reject('not an object');
	const uid = raw.get('uid');
	if (typeof uid !== 'string' || uid === '') return reject('no uid');
	if (!raw.has('accuracy')) return reject('no accuracy');
	const accuracy = accuracyOf(raw.get('accuracy'), found);
	if (accuracy === null) return reject('bad accuracy');
	const duration = durationOf(raw.get('duration'), found);
	if (duration === undefined) return reject('bad duration');
	const prm: PyDict = new Map();
	for (const name of [...raw.keys()].filter((key) => !RESULTS.has(key)).sort(compareText)) {
		prm.set(name, raw.get(name) ?? null);
	}
	const odd = [...prm].find(([, value]) => !isFinite(value));
	if (odd) return reject('bad hyperparameter', odd[0]);
	const epochPrm = raw.get('epoch');
	if (epochPrm !== undefined && !isNumber(epochPrm)) return reject('bad hyperparameter', 'epoch');
	if (typeof prm.get('transform') !== 'string') found('no transform');
	return { uid, epoch, accuracy, duration, prm, epochPrm };
}

function accuracyOf(value: PyValue | undefined, found: (finding: Finding) => void) {
	if (typeof value === 'bigint') {
		found('whole accuracy');
		return Number(value);
	}
	return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** undefined = not a duration */
function durationOf(value: PyValue | undefined, found: (finding: Finding) => void) {
	if (value === undefined) return null;
	if (value === null) {
		found('null duration');
		return null;
	}
	if (typeof value === 'bigint') return value;
	if (typeof value !== 'number' || !Number.isFinite(value)) return undefined;
	if (!Number.isInteger(value)) return value;
	found('whole float duration');
	return BigInt(value);
}

function isNumber(value: PyValue): value is bigint | number {
	return typeof value === 'bigint' || (typeof value === 'number' && isFinite(value));
}

function isFinite(value: PyValue): boolean {
	if (typeof value === 'number') return Number.isFinite(value);
	if (Array.isArray(value)) return value.every(isFinite);
	return !(value instanceof Map) || [...value.values()].every(isFinite);
}

/** Text of everything a trial says, with the kind of each number: equal texts, equal trials. */
export function trialText(trial: Trial): string {
	const { uid, epoch, accuracy, duration, prm, epochPrm } = trial;
	const values: PyValue[] = [uid, BigInt(epoch), accuracy, duration, prm, epochPrm ?? null];
	return writePythonJson(values);
}
