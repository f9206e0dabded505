/**
 * The contract every storage backend of the page keeps: named collections of string keys, and
 * transactions that happen whole or not at all. Not a query engine and not a cache: records are
 * small (views, settings, later runs and checkpoints); the statistics live in the data worker.
 */

/** One record of a collection. `value` is a private copy: changing it changes nothing stored. */
export interface Entry {
	readonly key: string;
	readonly value: unknown;
}

/** Which part of a collection `scan` returns; keys come in UTF-16 code unit order. */
export interface ScanOptions {
	/** only keys that start with this; default: all */
	readonly prefix?: string;
	/** at most this many entries; default: no limit */
	readonly limit?: number;
}

export type TxMode = 'read' | 'write';

/**
 * What the body of a transaction may do. Reads see the transaction's own writes. The body may
 * await these operations and nothing else; anything else ends the transaction without a write.
 */
export interface Transaction {
	/** The stored value, undefined when there is none. */
	get(collection: string, key: string): Promise<unknown>;
	scan(collection: string, options?: ScanOptions): Promise<readonly Entry[]>;
	/** Stores a structured clone of `value`. Throws STORE_VALUE when it cannot be cloned. */
	put(collection: string, key: string, value: unknown): Promise<void>;
	/** Removing what is not there is no error. */
	delete(collection: string, key: string): Promise<void>;
}

/** Bytes used and granted; null where the browser does not tell. */
export interface StoreEstimate {
	readonly usage: number | null;
	readonly quota: number | null;
}

/** All methods reject with StoreError; what a transaction's body throws passes through. */
export interface Store extends Transaction {
	/** `lemur:<base>:v<schema>`, so that neighbours on the same origin do not meet. */
	readonly name: string;
	/** Whether records outlive the page. */
	readonly persistent: boolean;
	/** Opens the backend; optional, as the first operation does it too. */
	open(): Promise<void>;
	/**
	 * Runs `body` over the named collections, atomically: all its writes are there afterwards, or
	 * none when it throws or the store fails. `body` may run a second time after a lost connection,
	 * so it must not have effects beside the transaction.
	 */
	tx<T>(
		collections: readonly string[],
		mode: TxMode,
		body: (tx: Transaction) => Promise<T>,
	): Promise<T>;
	/** Resolves when every acknowledged write has been handed to the backend. */
	flush(): Promise<void>;
	estimate(): Promise<StoreEstimate>;
	/** Afterwards every call rejects with STORE_CLOSED. */
	close(): Promise<void>;
}

/**
 * The name that keeps two applications, two base paths and two schemas of one origin apart.
 * @param base the site's base path, '' or '/sub'
 * @param schema version of the record shapes, from 1
 */
export function storeName(base: string, schema: number): string {
	return `lemur:${base}:v${schema}`;
}

/** The smallest string above every string that starts with `prefix`; undefined: there is none. */
export function prefixEnd(prefix: string): string | undefined {
	for (let end = prefix.length; end > 0; end--) {
		const unit = prefix.charCodeAt(end - 1);
		if (unit < 0xffff) return prefix.slice(0, end - 1) + String.fromCharCode(unit + 1);
	}
	return undefined;
}

/** Code unit order, as IndexedDB sorts its keys. */
export function compareKeys(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}
