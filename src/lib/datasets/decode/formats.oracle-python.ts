/** Cases of formats.json about CIFAR's Python files. */
import * as v from 'valibot';
import { expectEqual, Mismatch } from '../../../../scripts/oracles/expect';
import type { OracleCase } from '../../../../scripts/oracles/types';
import { readCifarPickle } from './cifar-pickle';
import { base64, expectSha, integers } from './formats.oracle-figures';
import { readPickle } from './pickle';
import { asByteArray, type PickleValue } from './pickle-value';

const names = v.array(v.string());
export const pythonFormat = v.looseObject({
	cifar10_batch: v.looseObject({
		keys_in_order: names,
		pickle_base64: base64,
		sha256: v.string(),
		bytes: v.number(),
		labels: integers,
		filenames: names,
		batch_label: v.string(),
		data_shape: integers,
		data_sha256: v.string(),
	}),
	cifar100_file: v.looseObject({
		keys_in_order: names,
		pickle_base64: base64,
		pickle_sha256: v.string(),
		fine_labels: integers,
		coarse_labels: integers,
		data_sha256: v.string(),
	}),
	protocol_4_text_keys: v.looseObject({
		pickle_base64: base64,
		labels: integers,
		data_shape: integers,
		data_rows: v.array(integers),
	}),
});
type Python = v.InferOutput<typeof pythonFormat>;

export function* pythonCases(expected: Python): Iterable<OracleCase> {
	yield { name: 'CIFAR-10 pickle', run: () => checkTen(expected.cifar10_batch) };
	yield { name: 'CIFAR-100 pickle', run: () => checkHundred(expected.cifar100_file) };
	yield { name: 'pickle of protocol 4', run: () => checkFour(expected.protocol_4_text_keys) };
}

function checkTen(expected: Python['cifar10_batch']): void {
	const bytes = expected.pickle_base64;
	expectEqual(bytes.length, expected.bytes, 'bytes');
	expectSha(bytes, expected.sha256, 'the file');
	const dict = dictOf(bytes);
	expectEqual([...dict.keys()], expected.keys_in_order, 'keys');
	expectEqual(dict.get('filenames'), expected.filenames, 'file names');
	expectEqual(dict.get('batch_label'), expected.batch_label, 'label of the batch');
	expectEqual(asByteArray(dict.get('data'))?.shape, expected.data_shape, 'shape');
	const { data, labels } = readCifarPickle('data_batch_1', bytes, 'labels');
	expectEqual(labels, expected.labels, 'labels');
	expectSha(data, expected.data_sha256, 'the data');
}

function checkHundred(expected: Python['cifar100_file']): void {
	const bytes = expected.pickle_base64;
	expectSha(bytes, expected.pickle_sha256, 'the file');
	const dict = dictOf(bytes);
	expectEqual([...dict.keys()], expected.keys_in_order, 'keys');
	expectEqual(dict.get('coarse_labels'), expected.coarse_labels, 'coarse labels');
	const { data, labels } = readCifarPickle('train', bytes, 'fine_labels');
	expectEqual(labels, expected.fine_labels, 'fine labels');
	expectSha(data, expected.data_sha256, 'the data');
}

function checkFour(expected: Python['protocol_4_text_keys']): void {
	const dict = dictOf(expected.pickle_base64);
	expectEqual(dict.get('labels'), expected.labels, 'labels');
	const data = asByteArray(dict.get('data'));
	expectEqual(data?.shape, expected.data_shape, 'shape');
	expectEqual([...(data?.bytes ?? [])], expected.data_rows.flat(), 'rows');
}

function dictOf(bytes: Uint8Array): Map<PickleValue, PickleValue> {
	const value = readPickle(bytes);
	if (value instanceof Map) return value;
	throw new Mismatch('the pickle is no dictionary');
}
