/** sql.js for SQL from people: without its own old functions, which know no memory limit. */
import initSqlJs from 'sql.js';
import wasmUrl from 'sql.js/dist/sql-wasm-browser.wasm?url';
import type { SqlJsStatic } from 'sql.js';
import { sqlSettings } from './settings';

/** As `loadSqlite` of the data worker, with {@link sqlSettings}. */
export function loadSqlForPeople(): Promise<SqlJsStatic> {
	const locateFile = () => new URL(wasmUrl, import.meta.url).href;
	return initSqlJs({ ...sqlSettings, locateFile });
}
