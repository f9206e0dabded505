/** Oracle runner of floats.json: Python's text of numbers. */
import * as v from 'valibot';
import { expectEqual } from '../../../../scripts/oracles/expect';
import type { OracleFile } from '../../../../scripts/oracles/types';
import { parsePythonJson, writePythonJson } from './python-json';
import { floatRepr, pythonRepr } from './python-text';

const row = v.tuple([v.string(), v.string(), v.string(), v.string()]);
const format = v.looseObject({
	rows: v.array(row),
	non_finite: v.array(row),
	integers: v.array(row),
	rows_where_python_and_js_differ: v.number(),
});

const floats: OracleFile = {
	area: 'records',
	file: 'floats.json',
	*cases(json) {
		const { rows, non_finite, integers, rows_where_python_and_js_differ } = v.parse(format, json);
		for (const [bits, python, js, jsJson] of rows) {
			const x = fromBits(bits);
			yield {
				name: `row ${bits}`,
				run() {
					expectEqual(floatRepr(x), python, 'repr');
					expectEqual(writePythonJson(x), python, 'JSON');
					expectEqual(parsePythonJson(python), x, 'read back');
					expectEqual([String(x), JSON.stringify(x)], [js, jsJson], "JavaScript's own texts");
				},
			};
		}
		yield {
			name: 'rows where Python and JavaScript differ',
			run() {
				const differ = rows.filter(
					([bits]) => floatRepr(fromBits(bits)) !== String(fromBits(bits)),
				);
				expectEqual(differ.length, rows_where_python_and_js_differ);
			},
		};
		for (const [bits, python, token] of non_finite) {
			yield {
				name: `not finite ${python}`,
				run() {
					expectEqual(floatRepr(fromBits(bits)), python, 'repr');
					expectEqual(writePythonJson(fromBits(bits)), token.split(' ')[0], 'JSON token');
				},
			};
		}
		for (const [json, python] of integers) {
			yield {
				name: `integer ${json}`,
				run: () => expectEqual(pythonRepr(parsePythonJson(json)), python),
			};
		}
	},
};

function fromBits(hex: string): number {
	const view = new DataView(new ArrayBuffer(8));
	view.setBigUint64(0, BigInt(`0x${hex}`));
	return view.getFloat64(0);
}

export const oracles = [floats];
