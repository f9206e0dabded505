/** What a SQL worker does with its requests, apart from the worker so that Node can test it. */
import type { Database, SqlJsStatic } from 'sql.js';
import { RpcError, serve, type Port } from '../../worker/rpc';
import { openForSql } from './open';
import { sqlParamSchemas, type SqlRequests } from './protocol';
import { runReading } from './run';
import { SqlError } from './sql-error';
import type { SqlDialect } from './dialect';

/** A SqlError as it travels; the position goes along, the text is the caller's own. */
function toRpc(thrown: unknown): unknown {
	if (!(thrown instanceof SqlError)) return thrown;
	const { code, message, position } = thrown;
	return new RpcError(code, message, position ? { start: position.start, end: position.end } : {});
}

/** @param load gives sql.js; called once, when the database comes */
export function serveSql(
	scope: Port,
	load: () => Promise<SqlJsStatic>,
	dialect?: SqlDialect,
): () => void {
	let db: Database | undefined;
	return serve<SqlRequests>(scope, {
		open: {
			params: sqlParamSchemas.open,
			async run({ bytes }) {
				db?.close();
				db = openForSql(await load(), bytes, dialect);
				return null;
			},
		},
		run: {
			params: sqlParamSchemas.run,
			run({ sql, params, limit }) {
				if (!db) throw new RpcError('SQL_CLOSED', 'The database is not open yet.');
				try {
					return runReading(db, sql, params, { limit });
				} catch (thrown) {
					throw toRpc(thrown);
				}
			},
		},
	});
}
