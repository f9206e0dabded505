/**
 * The writes of one running transaction, kept apart from the store until it commits. Reads merge
 * them over what is stored. Because nothing reaches the backend before the body has finished, a
 * body that throws, or that wrongly awaits something else, leaves no half of itself behind.
 */
import { compareKeys } from './store';
import { toStoreError } from './store-error';
import type { Entry, ScanOptions, Transaction, TxMode } from './store';

/** How the overlay reads what is stored; the order of `scan` is that of the contract. */
export interface Reader {
	get(collection: string, key: string): Promise<unknown>;
	scan(collection: string, options: ScanOptions): Promise<readonly Entry[]>;
}

/** One write to apply, in the order of the calls per key: the last one counts. */
export interface Write {
	readonly collection: string;
	readonly key: string;
	readonly kind: 'put' | 'delete';
	readonly value: unknown;
}

function clone(value: unknown): unknown {
	try {
		return structuredClone(value);
	} catch (thrown) {
		throw toStoreError(thrown);
	}
}

/** A transaction over a reader; `writes()` is what the backend has to apply at once. */
export class Overlay implements Transaction {
	readonly #reader: Reader;
	readonly #collections: ReadonlySet<string>;
	readonly #mode: TxMode;
	readonly #writes = new Map<string, Map<string, Write>>();

	constructor(reader: Reader, collections: readonly string[], mode: TxMode) {
		this.#reader = reader;
		this.#collections = new Set(collections);
		this.#mode = mode;
	}

	/** Everything to apply, at most one write per key. */
	writes(): readonly Write[] {
		return [...this.#writes.values()].flatMap((byKey) => [...byKey.values()]);
	}

	async get(collection: string, key: string): Promise<unknown> {
		this.#check(collection);
		const write = this.#writes.get(collection)?.get(key);
		return write ? clone(write.value) : this.#reader.get(collection, key);
	}

	async scan(collection: string, options: ScanOptions = {}): Promise<readonly Entry[]> {
		this.#check(collection);
		const own = this.#writes.get(collection);
		if (!own || own.size === 0) return this.#reader.scan(collection, options);
		const { prefix = '', limit = Infinity } = options;
		const stored = await this.#reader.scan(collection, { prefix });
		const kept = stored.filter((entry) => !own.has(entry.key));
		for (const write of own.values()) {
			if (write.kind === 'put' && write.key.startsWith(prefix)) {
				kept.push({ key: write.key, value: clone(write.value) });
			}
		}
		return kept.sort((a, b) => compareKeys(a.key, b.key)).slice(0, limit);
	}

	async put(collection: string, key: string, value: unknown): Promise<void> {
		this.#write({ collection, key, kind: 'put', value: clone(value) });
	}

	async delete(collection: string, key: string): Promise<void> {
		this.#write({ collection, key, kind: 'delete', value: undefined });
	}

	#write(write: Write): void {
		this.#check(write.collection);
		if (this.#mode === 'read') {
			throw new TypeError(`A reading transaction cannot write to ${write.collection}.`);
		}
		const byKey = this.#writes.get(write.collection) ?? new Map<string, Write>();
		this.#writes.set(write.collection, byKey.set(write.key, write));
	}

	#check(collection: string): void {
		if (!this.#collections.has(collection)) {
			throw new TypeError(`The transaction was not opened over the collection ${collection}.`);
		}
	}
}
