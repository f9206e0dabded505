/** Turns what SQLite throws into a SqlError, and finds the place in the text that it means. */
import type { Database } from 'sql.js';
import { SqlError } from './sql-error';
import type { SqlPosition } from './sql-error';
import type { ReadingStatement } from './reading-statement';
import type { Token } from './tokens';

/** @param thrown anything; a SqlError stays itself */
export function failureOf(
	thrown: unknown,
	db: Database,
	sql: string,
	reading: ReadingStatement,
): SqlError {
	if (thrown instanceof SqlError) return thrown;
	const message = thrown instanceof Error ? thrown.message : String(thrown);
	if (isMemory(thrown, message)) {
		const text =
			'The statement needed more than 256 MB. Select fewer columns, aggregate, or add a LIMIT.';
		return new SqlError('SQL_MEMORY', text, sql, null, { cause: thrown });
	}
	return new SqlError('SQL_ERROR', message, sql, positionOf(message, db, reading), {
		cause: thrown,
	});
}

function isMemory(thrown: unknown, message: string): boolean {
	const engine = thrown instanceof RangeError || thrown instanceof WebAssembly.RuntimeError;
	return engine || /^(out of memory|database or disk is full)/.test(message);
}

function positionOf(message: string, db: Database, reading: ReadingStatement): SqlPosition | null {
	const near = /^near "([^]*)": /.exec(message)?.[1];
	if (near !== undefined) return syntaxPosition(near, db, reading);
	if (message.startsWith('incomplete input')) return lastPosition(reading.tokens);
	const name =
		/^(?:no such (?:column|table|function|module)|ambiguous column name|(?:wrong number of arguments to|misuse of aggregate|misuse of) (?:window )?function): ?(\S+)/.exec(
			message,
		)?.[1] ?? /function (\w+)\(\)/.exec(message)?.[1];
	return name === undefined ? null : namePosition(name, reading.tokens);
}

/**
 * SQLite names the token but not the place. The token is the first one that breaks the text that
 * ends with it: what ends with an earlier equal token is merely incomplete.
 */
function syntaxPosition(
	near: string,
	db: Database,
	{ text, offset, tokens }: ReadingStatement,
): SqlPosition | null {
	const candidates = tokens.filter(
		({ start, end }) => text.slice(start - offset, end - offset) === near,
	);
	for (const { start, end } of candidates.slice(0, 200)) {
		if (messageOf(db, text.slice(0, end - offset)).startsWith(`near "${near}": `)) {
			return { start, end };
		}
	}
	const only = candidates[0];
	return only ? { start: only.start, end: only.end } : null;
}

/** What SQLite says to a text when it prepares it; it is not run. */
function messageOf(db: Database, text: string): string {
	try {
		db.prepare(text).free();
		return '';
	} catch (thrown) {
		return thrown instanceof Error ? thrown.message : String(thrown);
	}
}

function lastPosition(tokens: readonly Token[]): SqlPosition | null {
	const last = tokens.at(-1);
	return last ? { start: last.start, end: last.end } : null;
}

/** The first place of a name; of `a.b` the place of `b` behind `a.`. */
function namePosition(name: string, tokens: readonly Token[]): SqlPosition | null {
	const parts = name.toLowerCase().split('.');
	const wanted = parts.at(-1) ?? '';
	const qualifier = parts.at(-2);
	const found = tokens.find(({ text }, at) => {
		if (text.toLowerCase() !== wanted) return false;
		if (qualifier === undefined) return true;
		return tokens[at - 1]?.text === '.' && tokens[at - 2]?.text.toLowerCase() === qualifier;
	});
	return found ? { start: found.start, end: found.end } : null;
}
