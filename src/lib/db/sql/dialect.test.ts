import { describe, expect, it } from 'vitest';
import { statId, uidOf } from '../records/identity';
import { testDatabase } from '../testing';
import { EXAMPLE_PARAMS, SQL_EXAMPLES } from './examples';
import { openForSql } from './open';
import { runReading } from './run';
import { TABLES } from './tables';
import { loadSqlInNode } from './testing';

const SQL = await loadSqlInNode();
const file = await testDatabase();

/** The test snapshot with a uid to compute in a given order, and one that is stored as bytes. */
function coded() {
	const plain = new SQL.Database(file.slice());
	plain.run(`
		INSERT INTO key_order VALUES (1, 'transform,lr,batch,momentum');
		INSERT INTO extra VALUES (1, '{"alpha": 1.0, "save": true}');
		UPDATE trial_run SET uid = 1, batch = 4, lr = 0.04044532591645781, momentum = 0.599052840298076 WHERE id = 1;
		UPDATE trial_run SET uid = 0, batch = 4, lr = 0.04044532591645781, momentum = 0.599052840298076 WHERE id = 2;
		UPDATE trial_run SET uid = x'00112233445566778899aabbccddeeff', extra = 1 WHERE id = 4;
		CREATE TABLE dim_metric(id INTEGER PRIMARY KEY, name TEXT NOT NULL, code_id TEXT);
		CREATE TABLE device_info(id INTEGER PRIMARY KEY, text TEXT NOT NULL);
		CREATE TABLE device_run(id INTEGER PRIMARY KEY, identity BLOB NOT NULL, nn INTEGER, model_name TEXT,
			device_type INTEGER, os_version INTEGER, valid INTEGER, emulator INTEGER, error_message INTEGER,
			duration, analytics_head TEXT, analytics_info INTEGER, analytics_tail TEXT);
		UPDATE trial_run SET uid = x'04377531581be34dd2974f77493eb4712f' WHERE id = 3;
		CREATE VIEW stat AS SELECT 'the file''s own' AS id;
	`);
	const bytes = plain.export();
	plain.close();
	return openForSql(SQL, bytes);
}

const db = coded();
const rows = (sql: string, params = {}) => {
	const { columns, rows: count } = runReading(db, sql, params, { limit: 1000 });
	return Array.from({ length: count }, (_, row) => columns.map(({ values }) => values[row]));
};

describe('the dialect of a snapshot', () => {
	it('computes uids in their order and reads stored ones', () => {
		const dict = new Map<string, string | number | bigint>([
			['batch', 4n],
			['lr', 0.04044532591645781],
			['momentum', 0.599052840298076],
			['transform', 'norm_32'],
		]);
		const uids = rows('SELECT DISTINCT prm FROM stat ORDER BY nn, dataset').map(([uid]) => uid);
		expect(new Set(uids)).toEqual(
			new Set([
				uidOf(dict, ['transform', 'lr', 'batch', 'momentum']),
				'd6e616ab5893ad366e3936d804f63e7a', // LEMUR's own vector, alphabetical
				'37753158-1be3-4dd2-974f-77493eb4712f',
				'00112233445566778899aabbccddeeff',
			]),
		);
	});

	it('answers what a printed filter asks of its functions', () => {
		const nets = rows('SELECT DISTINCT nn FROM stat').map(([nn]) => String(nn));
		const [net = ''] = nets;
		expect(rows('SELECT lemur_family(:nn)', { nn: 'ga-780' })).toEqual([['ga']]);
		expect(rows('SELECT DISTINCT lemur_source(id) FROM stat')).toEqual([['lemur']]);
		expect(
			rows("SELECT DISTINCT nn FROM stat WHERE nn REGEXP '^' || :nn || '$'", { nn: net }),
		).toEqual([[net]]);
		expect(rows("SELECT 1 FROM stat WHERE nn REGEXP '^never$'")).toEqual([]);
	});

	it('shows stat as LEMUR has it, before the view of the file', () => {
		const [row] = rows("SELECT * FROM stat WHERE dataset = 'mnist' AND epoch = 2");
		const expected = {
			transform: 'norm_32',
			uid: '00112233445566778899aabbccddeeff',
			task: 'img-classification',
			dataset: 'mnist',
			metric: 'acc',
			nn: 'ResNet',
			epoch: 2,
			duration: 20n,
			accuracy: 0.9917,
		};
		const { uid } = expected;
		const shown = [0.9917, 2, 20, 'img-classification', 'mnist', 'ResNet', 'norm_32', 'acc', uid];
		expect(row).toEqual([statId(expected), ...shown]);
		expect(rows('SELECT * FROM main.stat')).toEqual([["the file's own"]]);
	});

	it('lists every hyperparameter of a run in prm', () => {
		const uid = '00112233445566778899aabbccddeeff';
		expect(rows('SELECT name, value FROM prm WHERE uid = :uid ORDER BY name', { uid })).toEqual([
			['alpha', 1],
			['batch', 16],
			['lr', 0.2],
			['momentum', 0.9],
			['save', 1],
			['transform', 'norm_32'],
		]);
	});

	it('cannot be made to run our functions by a view of the file', () => {
		const plain = new SQL.Database(file.slice());
		plain.create_function('lemur_uid', (run: number) => run);
		plain.run('CREATE VIEW trap AS SELECT lemur_uid(1) AS x');
		const open = openForSql(SQL, plain.export());
		expect(() => runReading(open, 'SELECT * FROM trap', [], { limit: 1 })).toThrow(/unsafe use/);
	});
});

describe('SQL_EXAMPLES', () => {
	it.each(SQL_EXAMPLES)('$title: is planned and runs', ({ sql }) => {
		expect(rows(`EXPLAIN QUERY PLAN ${sql}`, EXAMPLE_PARAMS).length).toBeGreaterThan(0);
		expect(rows(sql, sql.includes(':dataset') ? EXAMPLE_PARAMS : {})).toBeInstanceOf(Array);
	});

	it('finds the best of each dataset', () => {
		expect(rows(SQL_EXAMPLES[0]?.sql ?? '')).toEqual([
			['cifar-10', 'acc', 'ResNet', 0.7, 1],
			['mnist', 'acc', 'ResNet', 0.9917, 2],
		]);
	});
});

describe('TABLES', () => {
	it('names every view of LEMUR, each with exactly its columns', () => {
		const views = rows("SELECT name FROM pragma_table_list WHERE type = 'view' ORDER BY name");
		const names = TABLES.map(({ name }) => name);
		expect(names.toSorted()).toEqual([...new Set(views.map(([name]) => name))]);
		for (const { name, columns } of TABLES) {
			const empty = runReading(db, `SELECT * FROM "${name}" LIMIT 0`, [], { limit: 1 });
			expect([name, empty.columns.map((column) => column.name)]).toEqual([name, columns]);
		}
	});
});
