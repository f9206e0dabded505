/**
 * Lets single reading statements through and nothing else: by their words before SQLite sees them
 * (a PRAGMA acts while it is prepared), then by their compiled program. Not the only wall: behind
 * it are the prelude and a copy that nobody else reads.
 */
import type { Database, Statement } from 'sql.js';
import { eachRow } from '../rows';
import { failureOf } from './failure';
import { SqlError } from './sql-error';
import { tokenize } from './tokens';
import type { ReadingStatement } from './reading-statement';
import type { Token } from './tokens';

/** Longer texts are refused, in UTF-16 code units. */
export const MAX_SQL_LENGTH = 100_000;

/** Table-valued pragmas that only describe the schema or the engine. */
const HARMLESS_PRAGMAS: ReadonlySet<string> = new Set(
	(
		'collation_list compile_options database_list foreign_key_list function_list index_info ' +
		'index_list index_xinfo module_list pragma_list table_info table_list table_xinfo'
	)
		.split(' ')
		.map((name) => `pragma_${name}`),
);

const READING_WORDS: ReadonlySet<string> = new Set(['SELECT', 'WITH', 'VALUES']);
const REFUSED_FUNCTIONS: ReadonlySet<string> = new Set(['fts3_tokenizer', 'load_extension']);

/** What a program that only reads never contains. `Transaction` writes when its p2 is not 0. */
const WRITING_OPCODES: ReadonlySet<string> = new Set(
	(
		'AutoCommit Checkpoint Clear CreateBtree Destroy DropIndex DropTable DropTrigger IncrVacuum ' +
		'JournalMode LoadAnalysis OpenWrite ParseSchema Savepoint SetCookie SqlExec VBegin VCreate ' +
		'VDestroy VRename VUpdate Vacuum'
	).split(' '),
);

/**
 * Finds the one reading statement of a text, without SQLite.
 * @throws SqlError SQL_REFUSED that says what is not allowed and marks it
 */
export function readingStatement(sql: string): ReadingStatement {
	if (sql.length > MAX_SQL_LENGTH) {
		throw new SqlError('SQL_REFUSED', 'A statement may have 100,000 characters.', sql);
	}
	const nul = sql.indexOf('\0');
	if (nul >= 0) throw refusal(sql, 'A statement cannot contain the character NUL.', nul, nul + 1);
	const tokens = oneStatement(sql);
	const [first, second, third] = tokens;
	if (!first) throw new SqlError('SQL_REFUSED', 'There is no statement here.', sql);
	let verb: Token | undefined = first;
	if (wordOf(first) === 'EXPLAIN') {
		const plan = wordOf(second) === 'QUERY' && wordOf(third) === 'PLAN';
		verb = plan ? tokens[3] : second;
	}
	if (!verb || !READING_WORDS.has(wordOf(verb))) {
		const { text, start, end } = verb ?? first;
		const what = `Only SELECT, WITH, VALUES and EXPLAIN of these run here, not ${text.slice(0, 40)}.`;
		throw refusal(sql, what, start, end);
	}
	refuseNames(sql, tokens);
	const end = tokens.at(-1)?.end ?? sql.length;
	return {
		text: sql.slice(first.start, end),
		offset: first.start,
		explained: sql.slice(verb.start, end),
		tokens,
	};
}

/** The tokens between leading and trailing semicolons. */
function oneStatement(sql: string): Token[] {
	const tokens = tokenize(sql);
	const from = tokens.findIndex((token) => !isSemicolon(token));
	if (from < 0) return [];
	const to = tokens.findIndex((token, at) => at > from && isSemicolon(token));
	if (to < 0) return tokens.slice(from);
	const further = tokens.slice(to).find((token) => !isSemicolon(token));
	if (further) {
		const what = 'One statement runs at a time: this begins a second one. Run them one by one.';
		throw refusal(sql, what, further.start, further.end);
	}
	return tokens.slice(from, to);
}

/** SQLite takes even a 'string' for a table's name, so every kind of quoting is looked into. */
function refuseNames(sql: string, tokens: readonly Token[]): void {
	for (const { kind, text, start, end } of tokens) {
		if (kind !== 'word' && kind !== 'quoted' && kind !== 'string') continue;
		const name = text.toLowerCase();
		const pragma = /^pragma_\w+$/.test(name) && !HARMLESS_PRAGMAS.has(name);
		if (pragma || (REFUSED_FUNCTIONS.has(name) && kind !== 'string')) {
			throw refusal(sql, `${name.slice(0, 40)} is not available here.`, start, end);
		}
	}
}

function isSemicolon(token: Token): boolean {
	return token.kind === 'symbol' && token.text === ';';
}

function wordOf(token: Token | undefined): string {
	return token?.kind === 'word' ? token.text.toUpperCase() : '';
}

function refusal(sql: string, message: string, start: number, end: number): SqlError {
	return new SqlError('SQL_REFUSED', message, sql, { start, end });
}

/**
 * Prepares the one reading statement of `sql`; the caller frees it.
 * @throws SqlError SQL_REFUSED, SQL_ERROR or SQL_MEMORY
 */
export function prepareReading(
	db: Database,
	sql: string,
): { readonly statement: Statement; readonly reading: ReadingStatement } {
	const reading = readingStatement(sql);
	try {
		refuseWrites(db, sql, reading.explained);
		const iterator = db.iterateStatements(reading.text);
		const { value: statement } = iterator.next();
		// Our tokens and SQLite's must agree on where the statement ends.
		if (tokenize(iterator.getRemainingSQL()).length > 0) {
			statement.free();
			throw new SqlError('SQL_REFUSED', 'One statement runs at a time.', sql);
		}
		return { statement, reading };
	} catch (thrown) {
		throw failureOf(thrown, db, sql, reading);
	}
}

function refuseWrites(db: Database, sql: string, explained: string): void {
	let writing: string | undefined;
	eachRow(db, `EXPLAIN ${explained}`, ([, opcode, , p2]) => {
		const name = String(opcode);
		if (WRITING_OPCODES.has(name) || (name === 'Transaction' && p2 !== 0)) writing ??= name;
	});
	if (writing === undefined) return;
	const message = 'This statement would change the database; here statements only read.';
	throw new SqlError('SQL_REFUSED', message, sql);
}
