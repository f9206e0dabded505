import fc from 'fast-check';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import initSqlJs from 'sql.js';
import { beforeAll, describe, expect, it } from 'vitest';
import type { SqlJsStatic } from 'sql.js';
import { arbitraryColumns, columnsOf } from '../testing';
import { EXPORT_FORMATS, EXPORTS, type ExportFormat } from './registry';
import { exportTable, type ExportTable } from './table';
import { COLUMNS, nasty, plainRows, readDelimited, textTable, type Rows } from './testing';

let sqlite: SqlJsStatic;
beforeAll(async () => {
	sqlite = await initSqlJs();
});
const nothing = () => undefined;
const source = { uidText: (run: number) => `uid-${run}`, title: 'Rows', link: 'https://a.b/#f' };
const write = async (format: ExportFormat, table: ExportTable) =>
	EXPORTS[format].write(table, { sqlite }, nothing);
const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

const delimited = (separator: string) => (bytes: Uint8Array, table: ExportTable) => {
	const [head, ...records] = readDelimited(textOf(bytes), separator);
	expect(head).toEqual(table.columns.map(({ id }) => id));
	return records.map((record) =>
		record.map((cell, c) => {
			if (cell === '') return null;
			return table.columns[c]?.kind === 'number' ? Number(cell) : cell;
		}),
	);
};

const objects = (list: Record<string, unknown>[], { columns }: ExportTable): Rows =>
	list.map((object) => {
		expect(Object.keys(object)).toEqual(columns.map(({ id }) => id));
		return columns.map(({ id }) => {
			const value = object[id];
			if (typeof value === 'bigint') return Number(value);
			return typeof value === 'number' || typeof value === 'string' ? value : null;
		});
	});

/** Each format read back by a reader that shares no code with its writer. */
const READERS: Record<
	ExportFormat,
	(bytes: Uint8Array, table: ExportTable) => Rows | Promise<Rows>
> = {
	csv: delimited(','),
	tsv: delimited('\t'),
	json: (bytes, table) => objects(JSON.parse(textOf(bytes)), table),
	ndjson: (bytes, table) =>
		objects(
			textOf(bytes)
				.split('\n')
				.filter((line) => line !== '')
				.map((line) => JSON.parse(line)),
			table,
		),
	parquet: async (bytes, table) =>
		objects(await parquetReadObjects({ file: bytes.slice().buffer }), table),
	sqlite: (bytes, table) => {
		const db = new sqlite.Database(bytes);
		const [result] = db.exec('SELECT * FROM rows ORDER BY rowid');
		db.close();
		if (result) expect(result.columns).toEqual(table.columns.map(({ id }) => id));
		return (result?.values ?? []).map((row) =>
			row.map((value) => (value instanceof Uint8Array ? null : value)),
		);
	},
};

describe.each(EXPORT_FORMATS)('EXPORTS.%s', (format) => {
	it('writes exactly the rows and columns asked for, in their order', async () => {
		await fc.assert(
			fc.asyncProperty(
				arbitraryColumns,
				fc.subarray([...COLUMNS], { minLength: 1 }),
				fc.infiniteStream(fc.nat()),
				async (columns, ids, order) => {
					const all = Array.from({ length: columns.count }, (_, i) => i);
					// Any rows in any order: exports follow the query, not the snapshot.
					const trials = Uint32Array.from(all.filter(() => (order.next().value ?? 0) % 3 > 0)).sort(
						() => ((order.next().value ?? 0) % 2) - 0.5,
					);
					const table = exportTable(columns, trials, ids, source);
					const back = await READERS[format](await write(format, table), table);
					expect(back).toEqual(plainRows(table));
					expect(table.rows).toBe(trials.length);
				},
			),
			{ numRuns: 30 },
		);
	});

	it('keeps nasty texts and every digit of a number', async () => {
		const texts = fc.sample(nasty, { numRuns: 300, seed: 11 });
		const numbers = fc.sample(fc.double({ noNaN: true, noDefaultInfinity: true }), {
			numRuns: 300,
			seed: 12,
		});
		// The readers of these two drop a leading byte order mark; sql.js ends a text at NUL.
		const binary = format === 'parquet' || format === 'sqlite';
		const kept = binary ? texts.map((text) => text.replace(/^\uFEFF+|\0/gu, '')) : texts;
		const { columns, ...rest } = textTable(kept);
		const table: ExportTable = {
			...rest,
			columns: [
				...columns,
				{ id: 'x', kind: 'number', integer: false, at: (row) => numbers[row] || 0.1 },
			],
		};
		const back = await READERS[format](await write(format, table), table);
		expect(back).toEqual(plainRows(table));
		// Control: a reader that lost a digit would be caught.
		expect(back).not.toEqual(plainRows({ ...table, rows: table.rows - 1 }));
	});

	it('tells its progress up to the last row', async () => {
		const seen: number[] = [];
		const table = textTable(Array.from({ length: 10_000 }, (_, i) => `net-${i}`));
		await EXPORTS[format].write(table, { sqlite }, (rows) => seen.push(rows));
		expect(seen).toEqual([...seen].sort((a, b) => a - b));
		expect(seen.at(-1)).toBe(10_000);
	});
});

describe('typed formats', () => {
	const columns = columnsOf([
		{
			trials: [
				[1, 0.5, 2 ** 50],
				[2, 1, null],
			],
			prm: { batch: 4, lr: 1 },
		},
		{ trials: [[3, 0.25, 7]], prm: { lr: 0.5 } },
	]);
	const all = Uint32Array.of(0, 1, 2);
	const table = exportTable(columns, all, ['duration', 'accuracy', 'prm.batch', 'prm.lr'], source);

	it('Parquet: integers where the whole column is integers, nulls for what is missing', async () => {
		const bytes = await write('parquet', table);
		const buffer = bytes.slice().buffer;
		const metadata = parquetMetadata(buffer);
		expect(metadata.schema.slice(1).map(({ type }) => type)).toEqual([
			'INT64',
			'DOUBLE',
			'INT64',
			'DOUBLE',
		]);
		expect(metadata.key_value_metadata).toContainEqual({ key: 'title', value: 'Rows' });
		const [first, second] = await parquetReadObjects({ file: buffer });
		expect(first?.['duration']).toBe(2n ** 50n);
		expect(second?.['duration'] ?? null).toBeNull();
	});

	it('SQLite: the same, and a table that says what it holds', async () => {
		const db = new sqlite.Database(await write('sqlite', table));
		const types = db.exec(
			'SELECT typeof(duration), typeof(accuracy), typeof("prm.batch"), typeof("prm.lr") FROM rows',
		);
		expect(types[0]?.values).toEqual([
			['integer', 'real', 'integer', 'real'],
			['null', 'real', 'integer', 'real'],
			['integer', 'real', 'null', 'real'],
		]);
		const about = db.exec('SELECT key, value FROM about ORDER BY key');
		expect(about[0]?.values).toEqual([
			['link', 'https://a.b/#f'],
			['rows', 3],
			['title', 'Rows'],
		]);
		db.close();
	});

	it('SQLite says what it needs', () => {
		expect(() => EXPORTS.sqlite.write(table, {}, nothing)).toThrow(/pass `sqlite`/);
	});
});
