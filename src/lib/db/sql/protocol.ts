/**
 * What the page and a SQL worker say to each other. The only file that both sides import. The
 * worker holds a private copy of the database; it answers one statement at a time.
 */
import * as v from 'valibot';
import type { ResultSchemas } from '../../worker/rpc';

/** Positional values for `?`, or named ones, with or without their `:`, `@` or `$`. */
export type SqlParams =
	readonly (string | number | null)[] | Readonly<Record<string, string | number | null>>;

/**
 * `number`: NaN stands for NULL, which SQLite never stores as a number. `blob`: hex digits.
 * `mixed`: several kinds in one column, a blob as hex digits. Integers beyond 2^53 are texts.
 */
export type SqlColumn =
	| { readonly name: string; readonly kind: 'number'; readonly values: Float64Array }
	| {
			readonly name: string;
			readonly kind: 'text' | 'blob';
			readonly values: readonly (string | null)[];
	  }
	| {
			readonly name: string;
			readonly kind: 'mixed';
			readonly values: readonly (string | number | null)[];
	  };

export interface SqlResult {
	/** in the statement's order; names may repeat */
	readonly columns: readonly SqlColumn[];
	/** values per column */
	readonly rows: number;
	/** which cap cut the rows short; null: these are all */
	readonly truncated: 'rows' | 'bytes' | null;
	/** time in SQLite, ms */
	readonly ms: number;
}

export type SqlRequests = {
	/** Opens a copy of the database (transferred) and sets the limits. */
	open: { params: { bytes: Uint8Array }; result: null };
	/** Runs one reading statement; at most `limit` rows. */
	run: { params: { sql: string; params: SqlParams; limit: number }; result: SqlResult };
};

/** Only shallowly: the worker is of the same build, and rows are many. */
export const sqlResultSchemas: ResultSchemas<SqlRequests> = {
	open: v.null(),
	run: v.object({
		columns: v.custom<SqlResult['columns']>(Array.isArray),
		rows: v.number(),
		truncated: v.nullable(v.picklist(['rows', 'bytes'])),
		ms: v.number(),
	}),
};

const value = v.nullable(v.union([v.string(), v.number()]));

/** Parameters as the worker checks them. */
export const sqlParamSchemas = {
	open: v.object({ bytes: v.instance(Uint8Array) }),
	run: v.object({
		sql: v.string(),
		params: v.union([v.array(value), v.record(v.string(), value)]),
		limit: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000_000)),
	}),
};
