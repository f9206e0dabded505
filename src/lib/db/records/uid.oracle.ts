/** Oracle runner of uid.json: uids and stat ids of stored trials, identities of Python values. */
import * as v from 'valibot';
import { expectEqual } from '../../../../scripts/oracles/expect';
import {
	asDict,
	asList,
	dictWithKinds,
	kindOf,
	rawAt,
	withKind,
} from '../../../../scripts/oracles/python-values';
import type { OracleCase, OracleFile } from '../../../../scripts/oracles/types';
import {
	identity,
	identityOfValue,
	statId,
	statList,
	stripWhitespace,
	uidDict,
	uidOf,
} from './identity';
import type { PyDict } from './python-json';
import { pythonRepr } from './python-text';
import { parseRecordFileName } from './record-file';

const texts = v.record(v.string(), v.string());
const storedTrial = v.looseObject({
	file: v.string(),
	index: v.number(),
	types: texts,
	number_text: texts,
	uid: v.string(),
	md5_alphabetical: v.string(),
	reproduced_by: v.nullable(v.string()),
	order: v.nullable(v.array(v.string())),
	hashed_text: v.nullable(v.string()),
	alphabetical_text: v.string(),
	stat_id_text: v.string(),
	stat_id: v.string(),
});
const madeUpDict = v.looseObject({
	name: v.string(),
	python_text: v.string(),
	stripped: v.string(),
	md5: v.string(),
	types: texts,
	value_json: v.unknown(),
});
const madeUpList = v.looseObject({
	types: v.array(v.string()),
	stripped: v.string(),
	md5: v.string(),
});
const format = v.looseObject({
	trials: v.array(storedTrial),
	made_up_dicts: v.array(madeUpDict),
	made_up_lists: v.array(madeUpList),
});

const uid: OracleFile = {
	area: 'records',
	file: 'uid.json',
	*cases(json, { text }) {
		const { trials, made_up_dicts, made_up_lists } = v.parse(format, json);
		const raw = asDict(rawAt(text));
		const [rawTrials, rawDicts, rawLists] = [
			asList(raw.get('trials')),
			asList(raw.get('made_up_dicts')),
			asList(raw.get('made_up_lists')),
		];
		for (const [i, expected] of trials.entries()) {
			const trial = asDict(asDict(rawTrials[i]).get('trial'));
			yield* trialCases(expected, dictWithKinds(trial, expected.types, expected.number_text));
		}
		for (const [i, expected] of made_up_dicts.entries()) {
			const value = asDict(rawDicts[i]).get('value_json');
			yield dictCase(expected, value instanceof Map ? dictWithKinds(value, expected.types) : null);
		}
		for (const [i, { types, stripped, md5 }] of made_up_lists.entries()) {
			const items = asList(asDict(rawLists[i]).get('items'));
			const list = items.map((item, k) => withKind(item, types[k]));
			yield {
				name: `made-up list ${stripped}`,
				run() {
					expectEqual(stripWhitespace(pythonRepr(list)), stripped, 'text');
					expectEqual(identityOfValue(list), md5, 'identity');
				},
			};
		}
	},
};

function* trialCases(
	expected: v.InferOutput<typeof storedTrial>,
	trial: PyDict,
): Iterable<OracleCase> {
	const name = `${expected.file} #${expected.index}`;
	yield {
		name: `${name}: kinds and number texts`,
		run() {
			const entries = [...trial];
			const kinds = Object.fromEntries(entries.map(([key, value]) => [key, kindOf(value)]));
			expectEqual(kinds, expected.types, 'kinds');
			const numbers = entries.filter(([, value]) => ['int', 'float'].includes(kindOf(value)));
			const printed = Object.fromEntries(numbers.map(([key, value]) => [key, pythonRepr(value)]));
			expectEqual(printed, expected.number_text, 'number texts');
		},
	};
	yield {
		name: `${name}: alphabetical identity`,
		run() {
			const printed = stripWhitespace(pythonRepr(uidDict(trial)));
			expectEqual(printed, expected.alphabetical_text, 'text');
			expectEqual(uidOf(trial), expected.md5_alphabetical, 'identity');
			const isUid = expected.md5_alphabetical === expected.uid;
			expectEqual(expected.reproduced_by === 'alphabetical', isUid, 'is it the uid');
		},
	};
	const { order, hashed_text: hashed } = expected;
	if (order && hashed !== null) {
		yield {
			name: `${name}: uid in its own order`,
			run() {
				expectEqual(stripWhitespace(pythonRepr(uidDict(trial, order))), hashed, 'text');
				expectEqual(uidOf(trial, order), expected.uid, 'uid');
			},
		};
	}
	yield {
		name: `${name}: stat id`,
		run() {
			const get = (key: string) => trial.get(key);
			const key = {
				...parseRecordFileName(expected.file),
				transform: get('transform'),
				uid: get('uid'),
				duration: get('duration'),
				accuracy: get('accuracy'),
			};
			expectEqual(stripWhitespace(pythonRepr(statList(key))), expected.stat_id_text, 'text');
			expectEqual(statId(key), expected.stat_id, 'id');
		},
	};
}

function dictCase(expected: v.InferOutput<typeof madeUpDict>, value: PyDict | null): OracleCase {
	return {
		name: `made-up dict ${expected.name}`,
		run() {
			expectEqual(stripWhitespace(expected.python_text), expected.stripped, 'stripped text');
			expectEqual(identity(expected.python_text), expected.md5, 'identity');
			// JSON has no tuples and no infinities: such a dict has its text only.
			if (value) expectEqual(pythonRepr(value), expected.python_text, 'printed text');
		},
	};
}

export const oracles = [uid];
