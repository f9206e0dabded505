/** Where sqlite comes from in a worker of this build: its code is bundled, its wasm file is fetched. */
import initSqlJs, { type SqlJsStatic } from 'sql.js';
import wasmUrl from 'sql.js/dist/sql-wasm-browser.wasm?url';

/**
 * @returns sqlite, compiled. The wasm file's URL is made absolute with this module's own, because a
 * worker that was started from a blob has a location that nothing is relative to.
 */
export function loadSqlite(): Promise<SqlJsStatic> {
	return initSqlJs({ locateFile: () => new URL(wasmUrl, import.meta.url).href });
}
