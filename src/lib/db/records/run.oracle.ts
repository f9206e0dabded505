/** Oracle runner of run.json: rows and ids of device runs. */
import * as v from 'valibot';
import { expectEqual } from '../../../../scripts/oracles/expect';
import { asDict, asList, rawAt } from '../../../../scripts/oracles/python-values';
import type { OracleFile } from '../../../../scripts/oracles/types';
import { deviceRun } from './device-run';
import { identity } from './identity';
import { parsePythonJson, type PyDict } from './python-json';

const format = v.looseObject({
	versions: v.looseObject({ lemur: v.string() }),
	files_in_wheel: v.number(),
	rows: v.array(
		v.looseObject({ folder: v.string(), file: v.string(), id: v.string(), stripped: v.string() }),
	),
});

const run: OracleFile = {
	area: 'records',
	file: 'run.json',
	async *cases(json, context) {
		const { versions, files_in_wheel, rows } = v.parse(format, json);
		const wheel = await context.wheel(versions.lemur);
		const rawRows = asList(rawAt(context.text, 'rows'));
		for (const [i, { folder, file, id, stripped }] of rows.entries()) {
			const data = asDict(rawRows[i]);
			const name = `${folder}/${file}`;
			yield {
				name,
				run() {
					expectEqual(identity(stripped), id, "identity of the oracle's text");
					checkRow(folder, file, data, data);
				},
			};
			yield wheel
				? {
						name: `${name} in the wheel`,
						async run() {
							const bytes = await wheel.read(`ab/nn/stat/run/${folder}/${file}`);
							const stored = asDict(parsePythonJson(new TextDecoder().decode(bytes)));
							checkRow(folder, file, stored, data);
						},
					}
				: { name: `${name} in the wheel`, skip: 'needs the nn-dataset wheel (WHEELS_DIR)' };
		}
		yield wheel
			? {
					name: 'files in the wheel',
					run() {
						const files = wheel.names.filter((path) => /^ab\/nn\/stat\/run\/.*\.json$/.test(path));
						expectEqual(files.length, files_in_wheel);
					},
				}
			: { name: 'files in the wheel', skip: 'needs the nn-dataset wheel (WHEELS_DIR)' };
	},
};

function checkRow(folder: string, file: string, data: PyDict, expected: PyDict): void {
	expectEqual(deviceRun(folder, file, data), {
		id: expected.get('id'),
		modelName: expected.get('model_name'),
		deviceType: expected.get('device_type'),
		osVersion: expected.get('os_version'),
		valid: expected.get('valid'),
		emulator: expected.get('emulator'),
		errorMessage: expected.get('error_message'),
		duration: expected.get('duration') ?? null,
	});
}

export const oracles = [run];
