/** One batch of CIFAR's Python version: a dictionary with `data` (N × 3072 bytes) and its labels. */
import { badFile } from '../errors';
import { readPickle } from './pickle';
import { asByteArray, PickleError, type PickleValue } from './pickle-value';

/** A batch; pictures are three planes each. */
export interface CifarBatch {
	readonly data: Uint8Array;
	readonly labels: readonly number[];
}

/** Keys are texts, or bytes where Python 3 wrote the file. */
function valueOf(map: Map<PickleValue, PickleValue>, key: string): PickleValue | undefined {
	for (const [name, value] of map) {
		const text = name instanceof Uint8Array ? new TextDecoder('latin1').decode(name) : name;
		if (text === key) return value;
	}
	return undefined;
}

/**
 * @param labelKey `labels`, or CIFAR-100's `fine_labels`
 * @throws RpcError DATASET_FILE
 */
export function readCifarPickle(name: string, bytes: Uint8Array, labelKey: string): CifarBatch {
	let value: PickleValue;
	try {
		value = readPickle(bytes);
	} catch (error) {
		if (!(error instanceof PickleError)) throw error;
		throw badFile(name, error.message, error);
	}
	if (!(value instanceof Map)) throw badFile(name, 'it holds no dictionary, as CIFAR’s files do');
	const data = asByteArray(valueOf(value, 'data'));
	const labels = valueOf(value, labelKey);
	if (!data || !Array.isArray(labels))
		throw badFile(name, `it has no “data” with “${labelKey}”: it is of another dataset`);
	if (data.shape.length !== 2 || data.shape[1] !== 3072 || data.shape[0] !== labels.length)
		throw badFile(name, 'its pictures are not 3072 bytes each, one per label');
	return { data: data.bytes, labels: labels.map(Number) };
}
