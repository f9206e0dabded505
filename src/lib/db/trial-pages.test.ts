import fc from 'fast-check';
import initSqlJs, { type Database } from 'sql.js';
import { describe, expect, it } from 'vitest';
import { snapshotBytes } from '../../../scripts/snapshot';
import { TABLES } from './schema';
import { eachTrial, PageError } from './trial-pages';

const sqlite = await initSqlJs();

type Row = readonly [run: number, epoch: number, accuracy: string, duration: number | null];

const whole = fc.oneof(
	fc.constantFrom(0, 1, 127, 128, -128, -129, 32768, -32769, 2 ** 23, -(2 ** 23) - 1, 2 ** 31),
	fc.constantFrom(-(2 ** 31) - 1, 2 ** 47, -(2 ** 47) - 1, 2 ** 53, -(2 ** 53)),
	fc.maxSafeInteger(),
);
const duration: fc.Arbitrary<number | null> = fc.option(whole);
/** as SQL text, so that 1.0 stays REAL */
const accuracy = fc.oneof(
	whole.map(String),
	fc.constant('1.0'),
	fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value.toExponential()),
);
const rows: fc.Arbitrary<Row[]> = fc.uniqueArray(fc.tuple(whole, whole, accuracy, duration), {
	maxLength: 150,
	size: 'max',
	selector: ([run, epoch]) => `${run} ${epoch}`,
});

function databaseOf(pageSize: number, all: readonly Row[]): Database {
	const db = new sqlite.Database();
	db.run(`PRAGMA page_size = ${pageSize}; ${TABLES}`);
	const tuples = all.map((row) => `(${row.map((value) => value ?? 'NULL').join()})`);
	if (tuples.length > 0) db.run(`INSERT INTO trial VALUES ${tuples.join()}`);
	return db;
}

function rootOf(db: Database): number {
	return Number(db.exec(`SELECT rootpage FROM sqlite_schema WHERE name = 'trial'`)[0]?.values[0]);
}

function bySql(db: Database): number[] {
	const read: number[] = [];
	const statement = db.prepare(
		`SELECT run, epoch, accuracy, duration, typeof(accuracy) = 'real' FROM trial ORDER BY run, epoch`,
	);
	while (statement.step()) {
		for (const value of statement.get()) read.push(typeof value === 'number' ? value : NaN);
	}
	statement.free();
	return read;
}

function byPages(bytes: Uint8Array, root: number): number[] {
	const read: number[] = [];
	eachTrial(bytes, root, (values, isReal) => read.push(...values, Number(isReal)));
	return read;
}

/** A table of three levels at 512 bytes a page. */
function deepFile() {
	const all = Array.from({ length: 3000 }, (_, i): Row => [i, 2 ** 40 + i, '0.3', 2 ** 50]);
	const db = databaseOf(512, all);
	const root = rootOf(db);
	return { root, start: (root - 1) * 512, rows: bySql(db), bytes: db.export() };
}
const deep = deepFile();

function altered(offset: number, ...values: number[]): Uint8Array {
	const bytes = deep.bytes.slice();
	bytes.set(values, offset);
	return bytes;
}

describe('eachTrial(bytes, root, visit)', () => {
	it('gives the rows that SQL gives, in order', () => {
		fc.assert(
			fc.property(fc.constantFrom(512, 1024, 4096, 65536), rows, (pageSize, all) => {
				const db = databaseOf(pageSize, all);
				const [root, expected] = [rootOf(db), bySql(db)];
				expect(byPages(db.export(), root)).toEqual(expected);
				db.close();
			}),
			{ numRuns: 60 },
		);
	});

	it('reads the rows of interior pages', () => {
		expect(deep.bytes[deep.start]).toBe(2);
		const child = new DataView(deep.bytes.buffer).getUint32(deep.start + 8);
		expect(deep.bytes[(child - 1) * 512]).toBe(2);
		expect(byPages(deep.bytes, deep.root)).toEqual(deep.rows);
	});

	it('sees a changed number (negative control)', () => {
		const cell = deep.start + new DataView(deep.bytes.buffer).getUint16(deep.start + 12);
		// Past the child's page, the size and the record's header: the last byte of the run.
		expect(byPages(altered(cell + 11, 99), deep.root)).not.toEqual(deep.rows);
	});

	it.each([
		['an unknown kind of page', () => altered(deep.start, 5)],
		['more rows than fit', () => altered(deep.start + 3, 255, 255)],
		['a row outside its page', () => altered(deep.start + 12, 255, 255)],
		['a child that is the page itself', () => altered(deep.start + 8, 0, 0, 0, deep.root)],
		['a child beyond the file', () => altered(deep.start + 8, 255, 0, 0, 0)],
		['a page size of 3', () => altered(16, 0, 3)],
		['a file cut short', () => deep.bytes.slice(0, -512)],
		['no file', () => new Uint8Array()],
	])('refuses %s', (_, bytes) => {
		expect(() => byPages(bytes(), deep.root)).toThrow(PageError);
	});

	it('refuses text and rows of another length', () => {
		const db = databaseOf(4096, []);
		db.run(`INSERT INTO trial VALUES (1, 1, 'text', 1)`);
		const root = rootOf(db);
		expect(() => byPages(db.export(), root)).toThrow(PageError);
	});

	it('ends, with rows or a PageError, whatever byte is altered', () => {
		const last = deep.bytes.length - 1;
		fc.assert(
			fc.property(fc.integer({ min: 0, max: last }), fc.integer({ max: 255, min: 0 }), (at, to) => {
				let failure: unknown;
				try {
					byPages(altered(at, to), deep.root);
				} catch (error) {
					failure = error;
				}
				expect(failure === undefined || failure instanceof PageError).toBe(true);
			}),
		);
	});

	it('reads the shipped snapshot as SQL does', async () => {
		const bytes = await snapshotBytes('2.1.2');
		expect(bytes).not.toBeNull();
		const db = new sqlite.Database(bytes);
		const expected = Float64Array.from(bySql(db));
		const actual = new Float64Array(expected.length);
		let at = 0;
		eachTrial(bytes!, rootOf(db), (values, isReal) => {
			actual.set(values, at);
			actual[at + 4] = Number(isReal);
			at += 5;
		});
		db.close();
		expect(at).toBe(578_595 * 5);
		expect(expected.every((value, i) => Object.is(value, actual[i]))).toBe(true);
	}, 20_000);
});
