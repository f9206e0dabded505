/** Oracle runner of merge.json: a trial joins a record file. */
import * as v from 'valibot';
import { expectEqual, expectError } from '../../../../scripts/oracles/expect';
import { asDict, sha256 } from '../../../../scripts/oracles/python-values';
import type { OracleCase, OracleFile } from '../../../../scripts/oracles/types';
import { pythonErrorName } from '../../../../scripts/oracles/python-errors';
import { parsePythonJson, type PyDict } from './python-json';
import { mergeTrial, recordOf, withResults } from './record-file';

const mergeCase = v.looseObject({
	name: v.string(),
	existing: v.nullable(v.string()),
	new_trial_python_json: v.string(),
	error: v.nullable(v.string()),
	result: v.string(),
	result_sha256: v.string(),
});
const format = v.looseObject({
	cases: v.array(mergeCase),
	parent_folder_missing: v.string(),
	grandparent_folder_missing: v.string(),
	merge_prm_key_order: v.array(v.string()),
	merge_prm_changes_its_argument_to: v.array(v.string()),
});

const RESULTS = ['uid', 'duration', 'accuracy'];

const merge: OracleFile = {
	area: 'records',
	file: 'merge.json',
	*cases(json) {
		const oracle = v.parse(format, json);
		for (const expected of oracle.cases) yield one(expected);
		const extended = oracle.merge_prm_changes_its_argument_to;
		const prm = dict(extended.filter((key) => !RESULTS.includes(key)));
		yield {
			name: 'parameters with results, in insertion order',
			run: () => expectEqual([...withResults(prm, dict(RESULTS)).keys()], extended),
		};
		yield {
			name: 'key order of the stored trial',
			run: () => expectEqual([...recordOf(prm, dict(RESULTS)).keys()], oracle.merge_prm_key_order),
		};
		for (const name of ['parent_folder_missing', 'grandparent_folder_missing']) {
			yield { name, skip: 'folders are made by whoever unpacks the records, not by the page' };
		}
	},
};

function one(expected: v.InferOutput<typeof mergeCase>): OracleCase {
	return {
		name: expected.name,
		run() {
			const trial = asDict(parsePythonJson(expected.new_trial_python_json));
			expectEqual(sha256(expected.result), expected.result_sha256, 'SHA-256 of the oracle text');
			if (expected.error === null) {
				expectEqual(mergeTrial(expected.existing, trial), expected.result, 'file text');
				return;
			}
			const error = expectError(() => mergeTrial(expected.existing, trial), expected.error);
			expectEqual(pythonErrorName(error), expected.error, 'error');
			expectEqual(expected.existing, expected.result, 'untouched text');
		},
	};
}

function dict(keys: readonly string[]): PyDict {
	return new Map(keys.map((key) => [key, key]));
}

export const oracles = [merge];
