/** Oracle runner of files.json: real record files come back byte for byte. */
import * as v from 'valibot';
import { expectEqual } from '../../../../scripts/oracles/expect';
import { sha256 } from '../../../../scripts/oracles/python-values';
import type { OracleFile, Wheel } from '../../../../scripts/oracles/types';
import { compareText } from '../../stats/text-order';
import { parsePythonJson, writePythonJson } from './python-json';
import { readRecordFile, writeRecordFile } from './record-file';

const stored = v.looseObject({
	file: v.string(),
	bytes: v.number(),
	sha256: v.string(),
	first_400: v.string(),
	trials: v.number(),
	keys_sorted: v.boolean(),
	sorted_by_accuracy: v.boolean(),
	final_newline: v.boolean(),
	reserialised_sha256: v.string(),
	reserialised_equals_stored: v.boolean(),
	sorted_and_reserialised_sha256: v.string(),
	sorted_and_reserialised_equals_stored: v.boolean(),
	full_text: v.nullable(v.string()),
});
const format = v.looseObject({
	versions: v.looseObject({ lemur: v.string() }),
	settings: v.looseObject({ indent: v.number() }),
	files: v.array(stored),
});

const files: OracleFile = {
	area: 'records',
	file: 'files.json',
	async *cases(json, context) {
		const oracle = v.parse(format, json);
		const wheel = await context.wheel(oracle.versions.lemur);
		for (const expected of oracle.files) {
			const { file, full_text } = expected;
			if (full_text === null && !wheel) {
				yield { name: file, skip: 'needs the nn-dataset wheel (WHEELS_DIR)' };
				continue;
			}
			yield {
				name: file,
				async run() {
					const text = wheel ? await readStored(wheel, file) : (full_text ?? '');
					checkFile(text, expected, oracle.settings.indent);
				},
			};
		}
	},
};

async function readStored(wheel: Wheel, file: string): Promise<string> {
	return new TextDecoder().decode(await wheel.read(`ab/nn/stat/train/${file}`));
}

function checkFile(text: string, expected: v.InferOutput<typeof stored>, indent: number): void {
	const { first_400, full_text } = expected;
	expectEqual(sha256(text), expected.sha256, 'SHA-256 of the stored file');
	expectEqual(text.slice(0, first_400.length), first_400, 'first characters');
	if (full_text !== null) expectEqual(text, full_text, 'full text');
	const trials = readRecordFile(text);
	const keys = trials.map((trial) => [...trial.keys()]);
	const sorted = writeRecordFile(trials);
	const inOrder = writePythonJson(trials, { indent });
	const { reserialised_sha256, sorted_and_reserialised_sha256 } = expected;
	expectEqual(sha256(writePythonJson(parsePythonJson(text), { indent })), reserialised_sha256);
	expectEqual(sha256(sorted), sorted_and_reserialised_sha256, 'sorted and written again');
	const facts = {
		bytes: new TextEncoder().encode(text).length,
		trials: trials.length,
		keys_sorted: keys.every((own) => String([...own].sort(compareText)) === String(own)),
		sorted_by_accuracy: sorted === inOrder,
		final_newline: text.endsWith('\n'),
		reserialised_equals_stored: inOrder === text,
		sorted_and_reserialised_equals_stored: sorted === text,
	};
	const wanted = Object.fromEntries(Object.entries(expected).filter(([name]) => name in facts));
	expectEqual({ ...facts }, wanted, 'facts');
}

export const oracles = [files];
