import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { readingStatement } from './gate';
import { openForSql } from './open';
import { runReading } from './run';
import { SqlError } from './sql-error';
import { loadSqlInNode, smallDatabase } from './testing';
import { plainDialect } from './dialect';
import { tokenize } from './tokens';
import type { Database } from 'sql.js';

const SQL = await loadSqlInNode();
const FILE = smallDatabase(SQL);
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** Everything that a statement must not do, one per line. */
const WRITES = String.raw`
ATTACH ':memory:' AS x
ATTACH 'file:/etc/passwd' AS x
DETACH main
VACUUM
VACUUM INTO 'copy.db'
PRAGMA query_only=0
PRAGMA query_only
pragma hard_heap_limit=0
PRAGMA writable_schema=ON
PRAGMA writable_schema(1)
PRAGMA main.user_version=7
PRAGMA trusted_schema=1
PRAGMA journal_mode=WAL
PRAGMA schema_version=99
CREATE TABLE x(a)
CREATE TEMP TABLE x AS SELECT 1
CREATE VIEW x AS SELECT 1
CREATE TEMP TRIGGER x AFTER INSERT ON trial BEGIN SELECT 1; END
CREATE INDEX x ON trial(epoch)
CREATE VIRTUAL TABLE x USING fts4(a)
DROP TABLE trial
DROP VIEW best
DELETE FROM trial
UPDATE trial SET accuracy = 0
INSERT INTO trial VALUES (1, 1, 1)
REPLACE INTO trial VALUES (1, 1, 1)
INSERT INTO sqlite_master VALUES (1, 1, 1, 1, 1)
UPDATE sqlite_schema SET sql = ''
ALTER TABLE trial RENAME TO x
REINDEX
ANALYZE
BEGIN
BEGIN IMMEDIATE
COMMIT
ROLLBACK
SAVEPOINT x
RELEASE x
EXPLAIN PRAGMA query_only=0
EXPLAIN QUERY PLAN PRAGMA query_only=0
EXPLAIN QUERY PLAN DELETE FROM trial
EXPLAIN ATTACH ':memory:' AS x
EXPLAIN EXPLAIN SELECT 1
EXPLAIN
EXPLAIN QUERY PLAN
WITH x AS (SELECT 1) DELETE FROM trial
WITH x AS (SELECT 1) INSERT INTO trial SELECT 9, 9, 9
WITH x(a) AS (SELECT 1) UPDATE trial SET accuracy = 0
EXPLAIN WITH x AS (SELECT 1) DELETE FROM trial
WITH x AS (SELECT 1) REPLACE INTO trial VALUES (9, 9, 9) RETURNING *
/**/PRAGMA query_only=0
/* SELECT */ PRAGMA query_only=0
-- SELECT 1 \nPRAGMA query_only=0
;PRAGMA query_only=0
;;; /* x */ ; DELETE FROM trial
/*/ SELECT */ DELETE FROM trial
/* /* SELECT */ DELETE FROM trial
SELECT 1; DELETE FROM trial
SELECT 1; SELECT 2
SELECT 1;; PRAGMA query_only=0
SELECT ';'; PRAGMA query_only=0
SELECT 1 /* ; */; DROP TABLE trial -- x
SELECT 1 -- ;\n; DROP TABLE trial
SELECT "a;"";b" ; DROP TABLE trial
SELECT [a'b;] ; DELETE FROM trial --'
SELECT 1 AS ${'`'}a;'${'`'} ; DELETE FROM trial --'
SELECT load_extension('x.so')
SELECT "load_extension"('x.so')
SELECT fts3_tokenizer('simple', x'00')
SELECT * FROM pragma_journal_mode('off')
SELECT * FROM 'pragma_journal_mode'
SELECT * FROM "PRAGMA_QUERY_ONLY"
SELECT * FROM [pragma_query_only]
SELECT * FROM main.pragma_wal_checkpoint
\ufeffPRAGMA query_only=0
\u00a0SELECT 1
\u000bSELECT 1
SELECT 1 \u0000; DROP TABLE trial
SELECTX 1
"SELECT" 1
'SELECT' 1
(SELECT 1)
;
/* open
--
`
	.split('\n')
	.filter((line) => line !== '')
	.map((line) =>
		line
			.replaceAll('\\n', '\n')
			.replace(/\\u([0-9a-f]{4})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16))),
	);

/** What must run, and its first cell. */
const READS: readonly (readonly [string, unknown])[] = [
	['SELECT 1', 1],
	['  select 1 ;;  -- done\n ; /* really */', 1],
	[';/**/ SELECT 1', 1],
	["SELECT ';DELETE FROM trial;'", ';DELETE FROM trial;'],
	["SELECT 'it''s; -- fine'", "it's; -- fine"],
	['SELECT 1 AS "a;b"', 1],
	['SELECT 1 AS [a;b]', 1],
	['SELECT 1 AS `a;b`', 1],
	['SELECT /* ; */ 1 -- ; x', 1],
	['SELECT 1 /* open', 1],
	['VALUES (7), (8)', 7],
	['WITH x(a) AS (SELECT 3) SELECT a FROM x', 3],
	[
		'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<9) SELECT max(i) FROM n',
		9,
	],
	['SELECT count(*) FROM best', 101],
	["SELECT name FROM pragma_table_info('trial')", 'run'],
	['SELECT count(*) FROM sqlite_schema', 3],
	['SELECT 5 -- PRAGMA query_only=0', 5],
	["SELECT 'PRAGMA query_only=0'", 'PRAGMA query_only=0'],
	["SELECT replace('abc', 'b', '-')", 'a-c'],
	['SELECT sum(accuracy) OVER (ORDER BY run, epoch) FROM trial LIMIT 1', 0.001],
	['SELECT run FROM trial GROUP BY run ORDER BY max(accuracy) DESC, epoch LIMIT 1', 100],
	['\ufeffSELECT 1', 1],
];

describe('the gate', () => {
	let db: Database;
	const copy = () => FILE.slice();
	beforeEach(() => {
		db = openForSql(SQL, copy(), plainDialect);
	});
	const failure = (sql: string): SqlError => {
		try {
			runReading(db, sql, [], { limit: 100 });
		} catch (thrown) {
			if (thrown instanceof SqlError) return thrown;
			throw thrown;
		}
		throw new Error(`It ran: ${sql}`);
	};

	it('has at least sixty hostile statements', () => {
		expect(new Set(WRITES).size).toBeGreaterThan(60);
	});

	it.each(WRITES)('refuses %j', (sql) => {
		const error = failure(sql);
		expect(['SQL_REFUSED', 'SQL_ERROR']).toContain(error.code);
		expect(error.sql).toBe(sql);
		if (error.code === 'SQL_ERROR') expect(error.message).toMatch(/syntax|incomplete/);
		expect(db.exec('PRAGMA query_only')[0]?.values).toEqual([[1]]);
	});

	it.each(READS)('runs %j', (sql, first) => {
		const { columns } = runReading(db, sql, [], { limit: 100 });
		expect(columns[0]?.values[0]).toBe(first);
	});

	it('leaves the bytes as they were, also without query_only', () => {
		const bytes = copy();
		const open = openForSql(SQL, bytes, plainDialect);
		open.run('PRAGMA query_only=0'); // the gate alone must do
		for (const sql of [...WRITES, ...READS.map(([text]) => text)]) {
			try {
				runReading(open, sql, [], { limit: 10 });
			} catch (thrown) {
				expect(thrown).toBeInstanceOf(SqlError);
			}
		}
		expect(sha256(open.export())).toBe(sha256(FILE));
		expect(sha256(bytes)).toBe(sha256(FILE));
	});

	it('would see a write: without the gate the same bytes change', () => {
		const open = new SQL.Database(copy());
		open.run('DELETE FROM trial');
		expect(sha256(open.export())).not.toBe(sha256(FILE));
	});

	it('holds the heap limit against SQL and answers attacks on memory', () => {
		const attacks = [
			"SELECT printf('%1000000000d', 1)",
			'SELECT hex(zeroblob(400000000))',
			'SELECT length(group_concat(hex(zeroblob(20000000)))) FROM trial',
			"SELECT replace(hex(zeroblob(60000000)), '0', 'xx')",
			'WITH RECURSIVE n(s) AS (SELECT hex(zeroblob(50)) UNION ALL SELECT s || s FROM n) SELECT max(length(s)) FROM n',
		];
		for (const sql of attacks) {
			expect(['SQL_MEMORY', 'SQL_ERROR']).toContain(failure(sql).code);
			expect(runReading(db, 'SELECT 1', [], { limit: 1 }).rows).toBe(1);
		}
		expect(failure(attacks[1] ?? '').code).toBe('SQL_MEMORY');
	});

	it('marks where a statement is refused', () => {
		const marked = (sql: string) => {
			const { position } = failure(sql);
			return position && sql.slice(position.start, position.end);
		};
		expect(marked('SELECT 1; /* then */ DROP TABLE trial')).toBe('DROP');
		expect(marked('/* x */ EXPLAIN PRAGMA query_only')).toBe('PRAGMA');
		expect(marked('SELECT * FROM pragma_journal_mode')).toBe('pragma_journal_mode');
		expect(marked('SELECT 1\0')).toBe('\0');
		expect(failure('').message).toBe('There is no statement here.');
	});

	it('never lets a text through whose first word does not read', () => {
		const piece = fc.constantFrom(
			...['SELECT', 'PRAGMA', 'DELETE', 'EXPLAIN', 'ATTACH', 'WITH', ';', '/*', '*/', '--', '\n'],
			...["'", '"', '[', ']', '`', ' ', '1', 'x', '(', ')', '\ufeff', '/', '-'],
		);
		fc.assert(
			fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
				const sql = pieces.join('');
				try {
					const { text, explained } = readingStatement(sql);
					expect(explained).toMatch(/^(SELECT|WITH)/);
					expect(sql).toContain(text);
					const remaining = text.length > 0 ? remainingOf(db, text) : [];
					expect(remaining).toEqual([]);
				} catch (thrown) {
					if (!(thrown instanceof SqlError)) throw thrown;
					expect(thrown.code).toBe('SQL_REFUSED');
				}
			}),
			{ numRuns: 3000 },
		);
	});
});

/** What SQLite itself finds behind the first statement; nothing when it cannot prepare it. */
function remainingOf(db: Database, text: string): unknown[] {
	const iterator = db.iterateStatements(text);
	try {
		iterator.next().value?.free();
	} catch {
		return [];
	}
	return tokenize(iterator.getRemainingSQL());
}
