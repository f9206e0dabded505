/** How sql.js is set up for SQL from people, in the worker and in tests. */
import type { SqlJsConfig } from 'sql.js';

/** `useOldExtensionFunctions` is sql.js's own; its types do not list it. */
export const sqlSettings: SqlJsConfig & { readonly useOldExtensionFunctions: false } = {
	useOldExtensionFunctions: false,
};
