/** Oracle runner of db.json: rows of a small database that the original importer made. */
import initSqlJs from 'sql.js';
import * as v from 'valibot';
import { expectEqual } from '../../../../scripts/oracles/expect';
import {
	compareRows,
	jsonNumber,
	knownSources,
	recordTexts,
} from '../../../../scripts/oracles/record-rows';
import type { OracleCase, OracleFile, SkippedCase, Wheel } from '../../../../scripts/oracles/types';
import { bindValue, numericAffinity, sqlType, type SqlValue } from './affinity';
import { codeId } from './identity';
import { bestRows, importRecords, readBack, type ImportResult } from './importer';
import type { PyValue } from './python-json';
import { readRecordFile } from './record-file';

const rows = v.array(v.array(v.unknown()));
const codeRows = v.array(v.tuple([v.string(), v.string(), v.number()]));
const columns = v.array(v.tuple([v.string(), v.string(), v.number()]));
const format = v.looseObject({
	versions: v.looseObject({ lemur: v.string() }),
	schema: v.looseObject({ prm: v.pipe(columns, v.minLength(3)) }),
	stat: rows,
	prm: rows,
	code: v.record(v.picklist(['nn', 'metric', 'transform']), codeRows),
	known_transforms: v.array(v.string()),
	data_rows: v.number(),
	best_rows: rows,
	made_up_row_read_back: v.record(v.string(), v.union([v.number(), v.string()])),
});
type Oracle = v.InferOutput<typeof format>;

const db: OracleFile = {
	area: 'records',
	file: 'db.json',
	async *cases(json, context) {
		const oracle = v.parse(format, json);
		const known = knownSources(json);
		const files = recordTexts(json);
		const imported = importRecords(files, known);
		yield* rowCases(oracle, imported);
		yield* codeCases(oracle, await context.wheel(oracle.versions.lemur));
		const values = files
			.flatMap(({ text }) => readRecordFile(text))
			.flatMap((t) => [...t.values()]);
		yield {
			name: 'SQLite stores the same kinds in prm.value',
			run: () => checkAffinity(oracle.schema.prm, values),
		};
		for (const name of ['schema', 'indexes', 'data_columns']) {
			yield { name, skip: "LEMUR's tables as such are views of the SQL mirror, not record rules" };
		}
	},
};

function* rowCases(oracle: Oracle, imported: ImportResult): Iterable<OracleCase> {
	const stat = imported.stat.map((row) => [
		...[row.id, row.task, row.dataset, row.metric, row.nn, row.epoch],
		...[jsonNumber(row.accuracy), sqlType(row.accuracy)],
		...[jsonNumber(row.duration), sqlType(row.duration), row.prm, row.transform],
	]);
	yield* listCases('stat', stat, oracle.stat);
	const prm = imported.prm.map(({ uid, name, value }) => [
		...[uid, name, jsonNumber(value), sqlType(value)],
	]);
	yield* listCases('prm', prm, oracle.prm);
	const best = bestRows(imported.stat).map((row) => [
		...[row.task, row.dataset, row.metric, row.nn, row.epoch],
		...[jsonNumber(row.accuracy), row.id],
	]);
	yield* listCases('best', best, oracle.best_rows);
	yield { name: 'no error', run: () => expectEqual(imported.error, null) };
	yield { name: 'rows', run: () => expectEqual(imported.stat.length, oracle.data_rows) };
	yield {
		name: 'known transforms',
		run: () => expectEqual([...imported.sources.transform].sort(), oracle.known_transforms),
	};
	yield {
		name: 'made-up row read back',
		run() {
			const uid = uidLike(imported, Object.keys(oracle.made_up_row_read_back));
			const read = Array.from(readBack(imported.prm, uid), ([key, value]) => [
				key,
				jsonNumber(value),
			]);
			expectEqual(Object.fromEntries(read), oracle.made_up_row_read_back);
		},
	};
}

/** The one uid whose parameters have these names. */
function uidLike({ prm, stat }: ImportResult, names: readonly string[]): string {
	const wanted = [...names].sort();
	for (const { prm: uid } of stat) {
		const own = prm.filter((row) => row.uid === uid).map(({ name }) => name);
		if (own.sort().join() === wanted.join()) return String(uid);
	}
	throw new RangeError('No imported trial has the parameters of the row that is read back.');
}

function* listCases(
	name: string,
	actual: readonly unknown[][],
	expected: readonly unknown[][],
): Iterable<OracleCase> {
	const sorted = [...actual].sort(compareRows);
	const target = [...expected].sort(compareRows);
	yield { name: `${name} rows`, run: () => expectEqual(sorted.length, target.length) };
	for (const [i, row] of target.entries()) {
		yield { name: `${name} row ${i}`, run: () => expectEqual(sorted[i], row) };
	}
}

function* codeCases(oracle: Oracle, wheel: Wheel | null): Iterable<OracleCase | SkippedCase> {
	for (const [kind, sources] of Object.entries(oracle.code)) {
		for (const [name, id, characters] of sources ?? []) {
			const title = `${kind} ${name}`;
			const path = `ab/nn/${kind}/${name}.py`;
			if (!wheel) {
				yield { name: title, skip: 'needs the nn-dataset wheel (WHEELS_DIR)' };
			} else if (!wheel.names.includes(path)) {
				yield { name: title, skip: 'a made-up source that the oracle does not show' };
			} else {
				yield {
					name: title,
					async run() {
						const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
						const source = decoder.decode(await wheel.read(path)).replaceAll('\r\n', '\n');
						expectEqual([codeId(source), [...source].length], [id, characters]);
					},
				};
			}
		}
	}
}

/** SQLite itself, with the declared types of the oracle, must agree with affinity.ts. */
async function checkAffinity(
	schema: readonly (readonly [string, string, number])[],
	values: readonly PyValue[],
): Promise<void> {
	const { Database } = await initSqlJs();
	const database = new Database();
	database.run(`CREATE TABLE prm(${schema.map(([name, type]) => `${name} ${type}`).join(', ')})`);
	for (const value of values) {
		database.run('DELETE FROM prm');
		const bound = bindValue(value);
		database.run('INSERT INTO prm(value) VALUES (?)', [sqlJsValue(bound)]);
		const [result] = database.exec('SELECT value, typeof(value) FROM prm');
		const stored = numericAffinity(value);
		expectEqual(result?.values[0], [jsonNumber(stored), sqlType(stored)], String(value));
	}
	database.close();
}

/** sql.js binds whole numbers below 2^53 as INTEGER; the NUMERIC column does the rest. */
function sqlJsValue(value: SqlValue): null | number | string {
	return jsonNumber(value);
}

export const oracles = [db];
