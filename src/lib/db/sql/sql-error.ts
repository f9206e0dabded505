/** Why a statement gave no rows: a code for the page, a sentence, and where in the text. */

/**
 * - SQL_ERROR: SQLite does not understand or cannot run it
 * - SQL_REFUSED: it is not a single reading statement
 * - SQL_LIMIT: it ran longer than its limit and was stopped
 * - SQL_STOPPED: the visitor stopped it, or the client was closed
 * - SQL_MEMORY: it needed more memory than a statement may have
 */
export const SQL_ERROR_CODES = [
	'SQL_ERROR',
	'SQL_REFUSED',
	'SQL_LIMIT',
	'SQL_STOPPED',
	'SQL_MEMORY',
] as const;

export type SqlErrorCode = (typeof SQL_ERROR_CODES)[number];

/** Half-open range of UTF-16 code units in the statement's text. */
export interface SqlPosition {
	readonly start: number;
	readonly end: number;
}

/** Carries the text that failed; `position` marks the cause where SQLite tells it. */
export class SqlError extends Error {
	override readonly name = 'SqlError';

	constructor(
		readonly code: SqlErrorCode,
		message: string,
		readonly sql: string,
		readonly position: SqlPosition | null = null,
		options?: ErrorOptions,
	) {
		super(message, options);
	}
}
