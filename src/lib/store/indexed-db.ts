/**
 * The store over IndexedDB: one object store per collection, one IndexedDB transaction per
 * transaction. Chromium deletes a whole database that it finds damaged, so this alone is no
 * promise for training records; for views and settings it is enough.
 */
import { openDB } from 'idb';
import type { IDBPDatabase, IDBPTransaction } from 'idb';
import { BaseStore } from './base-store';
import { Overlay } from './overlay';
import { prefixEnd } from './store';
import { exceptionName, StoreError, toStoreError } from './store-error';
import type { Reader } from './overlay';
import type { Entry, ScanOptions, StoreEstimate, Transaction, TxMode } from './store';

/** What the store takes from the browser. */
export interface IndexedDbEffects {
	/** `navigator.storage.estimate`, where there is one */
	readonly estimate?: () => Promise<StorageEstimate>;
	/** ms to wait for another tab that holds an older layout open; default 3,000 */
	readonly waitForOtherTabs?: number;
	/**
	 * `strict` (default): flushed to the disk before a write is acknowledged; `relaxed` for what can be
	 * had again, as it hands the bytes to the system only
	 */
	readonly durability?: 'strict' | 'relaxed';
}

type Handle = IDBPDatabase<unknown>;
type AnyTransaction = IDBPTransaction<unknown, string[], IDBTransactionMode>;

/** The connection itself is gone: asking the same handle again would fail for ever. */
const LOST_CONNECTION: ReadonlySet<string> = new Set([
	'InvalidStateError',
	'UnknownError',
	'AbortError', // the browser closed the database below us; an aborted transaction wrote nothing
]);

/** Our own handle failed, as opposed to the transaction's body; only this is worth a retry. */
class LostConnection extends StoreError {}

function rangeOf(prefix: string): IDBKeyRange | undefined {
	if (prefix === '') return undefined;
	const end = prefixEnd(prefix);
	return end === undefined
		? IDBKeyRange.lowerBound(prefix)
		: IDBKeyRange.bound(prefix, end, false, true);
}

function readerOf(transaction: AnyTransaction): Reader {
	return {
		get: async (collection, key): Promise<unknown> =>
			transaction.objectStore(collection).get(key).catch(rethrow),
		scan: async (collection, { prefix = '', limit }: ScanOptions) => {
			if (limit === 0) return []; // getAll reads 0 as "no limit"
			const records = transaction.objectStore(collection);
			const range = rangeOf(prefix);
			const [keys, values]: [IDBValidKey[], unknown[]] = await Promise.all([
				records.getAllKeys(range, limit),
				records.getAll(range, limit),
			]).catch(rethrow);
			return keys.map((key, at): Entry => ({ key: String(key), value: values[at] }));
		},
	};
}

function rethrow(thrown: unknown): never {
	if (LOST_CONNECTION.has(exceptionName(thrown))) {
		throw new LostConnection('STORE_FAILED', { cause: thrown });
	}
	throw toStoreError(thrown);
}

class IndexedDbStore extends BaseStore {
	readonly persistent = true;
	readonly #collections: readonly string[];
	readonly #effects: IndexedDbEffects;
	#handle: Promise<Handle> | undefined;
	#stopped: StoreError | undefined;

	constructor(
		readonly name: string,
		collections: readonly string[],
		effects: IndexedDbEffects,
	) {
		super();
		this.#collections = collections;
		this.#effects = effects;
	}

	async open(): Promise<void> {
		await this.#connect();
	}

	async tx<T>(
		collections: readonly string[],
		mode: TxMode,
		body: (tx: Transaction) => Promise<T>,
	): Promise<T> {
		const unknown = collections.find((name) => !this.#collections.includes(name));
		if (unknown !== undefined) throw new TypeError(`There is no collection ${unknown}.`);
		try {
			return await this.#attempt(collections, mode, body);
		} catch (thrown) {
			if (!(thrown instanceof LostConnection)) throw thrown;
			this.#drop();
			return await this.#attempt(collections, mode, body);
		}
	}

	async flush(): Promise<void> {
		await this.open(); // a resolved transaction is already IndexedDB's
	}

	async estimate(): Promise<StoreEstimate> {
		await this.open();
		const { usage, quota } = (await this.#effects.estimate?.().catch(() => undefined)) ?? {};
		return { usage: usage ?? null, quota: quota ?? null };
	}

	async close(): Promise<void> {
		this.#stopped ??= new StoreError('STORE_CLOSED');
		this.#drop();
	}

	async #attempt<T>(
		collections: readonly string[],
		mode: TxMode,
		body: (tx: Transaction) => Promise<T>,
	): Promise<T> {
		const transaction = await this.#begin(collections, mode);
		const done = transaction.done.catch(rethrow);
		done.catch(() => undefined); // awaited below, unless the body throws first
		const overlay = new Overlay(readerOf(transaction), collections, mode);
		let result: T;
		try {
			result = await body(overlay);
			applyWrites(transaction, overlay);
		} catch (thrown) {
			abort(transaction);
			await done.catch(() => undefined);
			throw thrown;
		}
		await done;
		return result;
	}

	async #begin(collections: readonly string[], mode: TxMode): Promise<AnyTransaction> {
		const handle = await this.#connect();
		try {
			const idbMode = mode === 'read' ? 'readonly' : 'readwrite';
			const { durability = 'strict' } = this.#effects;
			return handle.transaction([...collections], idbMode, { durability });
		} catch (thrown) {
			return rethrow(thrown);
		}
	}

	#connect(): Promise<Handle> {
		if (this.#stopped) return Promise.reject(this.#stopped);
		if (!this.#handle) {
			const handle = this.#openHandle();
			this.#handle = handle;
			handle.catch(() => {
				if (this.#handle === handle) this.#handle = undefined; // the next call tries again
			});
		}
		return this.#handle;
	}

	async #openHandle(): Promise<Handle> {
		if (typeof indexedDB === 'undefined') throw new StoreError('STORE_BLOCKED');
		let timer: ReturnType<typeof setTimeout> | undefined;
		const waited = new Promise<never>((_, reject) => {
			const afterMs = this.#effects.waitForOtherTabs ?? 3000;
			timer = setTimeout(() => reject(new StoreError('STORE_WAITING')), afterMs);
		});
		const opening = this.#openVersion();
		try {
			return await Promise.race([opening, waited]);
		} catch (thrown) {
			void opening.then(
				(late) => late.close(),
				() => undefined,
			);
			throw toOpenError(thrown);
		} finally {
			clearTimeout(timer);
		}
	}

	/** Collections are only ever added, at the end: their number is the version of the layout. */
	async #openVersion(): Promise<Handle> {
		const handle: Handle = await openDB<unknown>(this.name, this.#collections.length, {
			upgrade: (database) => {
				for (const name of this.#collections) {
					if (!database.objectStoreNames.contains(name)) database.createObjectStore(name);
				}
			},
			blocking: (_current, wanted) => {
				// A deleted database may come back; a newer layout means that this code is old for good.
				if (wanted !== null) this.#stopped = new StoreError('STORE_OUTDATED');
				handle.close();
				this.#handle = undefined;
			},
			terminated: () => {
				this.#handle = undefined;
			},
		});
		return handle;
	}

	#drop(): void {
		void this.#handle?.then(
			(handle) => handle.close(),
			() => undefined,
		);
		this.#handle = undefined;
	}
}

/** A browser that forbids storage says so with many names, but always while opening. */
function toOpenError(thrown: unknown): StoreError {
	const error = toStoreError(thrown);
	const forbidden = ['InvalidStateError', 'InvalidAccessError', 'TypeError', 'UnknownError'];
	return error.code === 'STORE_FAILED' && forbidden.includes(exceptionName(thrown))
		? new StoreError('STORE_BLOCKED', { cause: thrown })
		: error;
}

function applyWrites(transaction: AnyTransaction, overlay: Overlay): void {
	try {
		for (const { collection, key, kind, value } of overlay.writes()) {
			const records = transaction.objectStore(collection);
			const request = kind === 'put' ? records.put?.(value, key) : records.delete?.(key);
			request?.catch(() => undefined); // the transaction's own end reports it
		}
	} catch (thrown) {
		rethrow(thrown);
	}
}

function abort(transaction: AnyTransaction): void {
	try {
		transaction.abort();
	} catch {
		// already ended: nothing was written, as writes are applied last
	}
}

/**
 * @param options.collections only ever extended, at the end: their number is the database version
 * @throws STORE_BLOCKED, STORE_WAITING, STORE_OUTDATED from the first operation, not from here
 */
export function createIndexedDbStore(options: {
	readonly name: string;
	readonly collections: readonly string[];
	readonly effects?: IndexedDbEffects;
}): BaseStore {
	return new IndexedDbStore(options.name, options.collections, options.effects ?? {});
}
