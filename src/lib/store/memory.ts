/** The store of a page that may not store: everything is gone with the tab. Also the test double. */
import { BaseStore } from './base-store';
import { Overlay } from './overlay';
import { compareKeys } from './store';
import { StoreError } from './store-error';
import type { Reader, Write } from './overlay';
import type { Entry, ScanOptions, StoreEstimate, Transaction, TxMode } from './store';

/** collection → key → value; hand the same one to a second store to model a reopening. */
export type MemoryRecords = Map<string, Map<string, unknown>>;

function apply(records: MemoryRecords, { collection, key, kind, value }: Write): void {
	const byKey = records.get(collection) ?? new Map<string, unknown>();
	records.set(collection, byKey);
	if (kind === 'put') byKey.set(key, value);
	else byKey.delete(key);
}

function readerOf(records: MemoryRecords): Reader {
	return {
		get: async (collection, key) => structuredClone(records.get(collection)?.get(key)),
		scan: async (collection, { prefix = '', limit = Infinity }: ScanOptions) =>
			[...(records.get(collection) ?? [])]
				.filter(([key]) => key.startsWith(prefix))
				.sort(([a], [b]) => compareKeys(a, b))
				.slice(0, limit)
				.map(([key, value]): Entry => ({ key, value: structuredClone(value) })),
	};
}

class MemoryStore extends BaseStore {
	readonly persistent = false;
	readonly #records: MemoryRecords;
	readonly #collections: ReadonlySet<string>;
	#last: Promise<unknown> = Promise.resolve();
	#closed = false;

	constructor(
		readonly name: string,
		collections: readonly string[],
		records: MemoryRecords,
	) {
		super();
		this.#collections = new Set(collections);
		this.#records = records;
	}

	async open(): Promise<void> {
		if (this.#closed) throw new StoreError('STORE_CLOSED');
	}

	/** One transaction at a time: isolation for the price of a queue. */
	tx<T>(
		collections: readonly string[],
		mode: TxMode,
		body: (tx: Transaction) => Promise<T>,
	): Promise<T> {
		const run = this.#last.then(async () => {
			await this.open();
			const unknown = collections.find((name) => !this.#collections.has(name));
			if (unknown !== undefined) throw new TypeError(`There is no collection ${unknown}.`);
			const overlay = new Overlay(readerOf(this.#records), collections, mode);
			const result = await body(overlay);
			for (const write of overlay.writes()) apply(this.#records, write);
			return result;
		});
		this.#last = run.catch(() => undefined);
		return run;
	}

	async flush(): Promise<void> {
		await this.#last;
		await this.open();
	}

	async estimate(): Promise<StoreEstimate> {
		await this.open();
		return { usage: null, quota: null };
	}

	async close(): Promise<void> {
		await this.#last;
		this.#closed = true;
	}
}

/**
 * @param options.records share one map between two stores to see what a reopened store would see
 */
export function createMemoryStore(options: {
	readonly name: string;
	readonly collections: readonly string[];
	readonly records?: MemoryRecords;
}): BaseStore {
	return new MemoryStore(options.name, options.collections, options.records ?? new Map());
}
