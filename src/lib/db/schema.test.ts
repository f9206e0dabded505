import initSqlJs from 'sql.js';
import { describe, expect, it } from 'vitest';
import { FILE_VIEWS, INDEXES, TABLES, VIEW_NAMES, WORKER_VIEWS } from './schema';

const sqlite = await initSqlJs();

/** Columns of LEMUR's own tables. */
const COLUMNS = {
	stat: 'id accuracy epoch duration task dataset nn transform metric prm',
	prm: 'uid name value',
	nn: 'name code id',
	metric: 'name code id',
	transform: 'name code id',
	run: 'id model_name device_type os_version valid emulator error_message duration device_analytics_json',
} as const;

function emptyDatabase() {
	const db = new sqlite.Database();
	db.run(`${TABLES}${INDEXES}${FILE_VIEWS}`);
	return db;
}

/** With stand-ins for the functions; sql.js takes the number of arguments from their length. */
function workerDatabase() {
	const db = emptyDatabase();
	const nine = (...values: unknown[]) => values.join('|');
	Object.defineProperty(nine, 'length', { value: 9 });
	db.create_function('lemur_uid', (run: number) => `uid of ${run}`);
	db.create_function('lemur_stat_id', nine);
	db.run(WORKER_VIEWS);
	return db;
}

function columnsOf(db: ReturnType<typeof emptyDatabase>, view: string): string {
	const [result] = db.exec(`SELECT name FROM pragma_table_info('${view}')`);
	return result?.values.flat().join(' ') ?? '';
}

describe.each(VIEW_NAMES)('view %s', (view) => {
	it("has the columns of LEMUR's table and can be asked without functions", () => {
		const db = emptyDatabase();
		expect(columnsOf(db, view)).toBe(COLUMNS[view]);
		expect(db.exec(`EXPLAIN SELECT * FROM ${view}`)[0]?.values.length).toBeGreaterThan(1);
	});

	it("comes before the file's own in the worker", () => {
		const db = workerDatabase();
		expect(columnsOf(db, view)).toBe(COLUMNS[view]);
		expect(
			db.exec(`SELECT count(*) FROM temp.sqlite_schema WHERE name = '${view}'`)[0]?.values,
		).toEqual([[1]]);
	});
});

it('asks the functions for ids', () => {
	const db = workerDatabase();
	db.run(`INSERT INTO dim_task VALUES (1, 'task', 'set', 'acc', 10);
		INSERT INTO dim_nn VALUES (1, 'Net', ''); INSERT INTO dim_transform VALUES (1, 'norm', '');
		INSERT INTO config VALUES (1, 1, 1);
		INSERT INTO trial_run VALUES (7, 1, 0, NULL, 1, 4, 0.5, NULL, NULL, NULL);
		INSERT INTO trial VALUES (7, 3, 5, 99)`);
	expect(db.exec('SELECT id, accuracy, prm FROM stat')[0]?.values).toEqual([
		['norm|uid of 7|task|set|acc|Net|3|99|0.5', 0.5, 'uid of 7'],
	]);
	expect(db.exec('SELECT uid, name, value FROM prm')[0]?.values).toEqual([
		['uid of 7', 'batch', 4],
		['uid of 7', 'lr', 0.5],
		['uid of 7', 'transform', 'norm'],
	]);
});

describe('ids without functions', () => {
	it.each([
		[`7`, 'run-1'],
		[`x'0123456789abcdef0123456789abcdef'`, '0123456789abcdef0123456789abcdef'],
		[`x'0485e46dec3a8d4082847159b482ba23d3'`, '85e46dec-3a8d-4082-8471-59b482ba23d3'],
		[`'as it is'`, 'as it is'],
	])('prints the stored uid %s', (stored, text) => {
		const db = emptyDatabase();
		db.run(`INSERT INTO trial_run VALUES (1, 1, ${stored}, NULL, NULL, 4, NULL, NULL, NULL, NULL)`);
		expect(db.exec('SELECT uid FROM prm')[0]?.values).toEqual([[text]]);
	});

	it.each([
		[`NULL`, '0123456789abcdef0123456789abcdef'],
		[`'abc'`, 'abc'],
		[`''`, null],
	])('takes the identity %s of a net', (code, id) => {
		const db = emptyDatabase();
		db.run(`INSERT INTO dim_nn VALUES (1, 'rag-0123456789abcdef0123456789abcdef', ${code})`);
		expect(db.exec('SELECT id FROM nn')[0]?.values).toEqual([[id]]);
	});
});
