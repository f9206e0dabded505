/**
 * A store that fails on purpose, for tests: every call, every step of a transaction, its commit
 * and its acknowledgement is one numbered point at which a fault can strike. Not for the page.
 */
import { StoreError } from './store-error';
import type { Entry, ScanOptions, Store, StoreEstimate, Transaction, TxMode } from './store';

/**
 * - fail, abort, quota: the point rejects (an abort as a browser's AbortError)
 * - delay: the point resolves late by `delayMs`
 * - crash: this and every later point rejects, and nothing more reaches the store; what a reopened
 *   page would see is read from the wrapped store
 */
export type FaultKind = 'fail' | 'abort' | 'quota' | 'delay' | 'crash';

export interface Fault {
	readonly kind: FaultKind;
	/** number of the point that fails, from 1; 0 = none by number */
	readonly at: number;
	/** whether every later point fails too; default false. A crash is always sticky. */
	readonly sticky?: boolean;
	/** ms; default 0 */
	readonly delayMs?: number;
	/** besides `at`: chance of each point to fail, drawn from `random`; default 0 */
	readonly chance?: number;
}

export interface FaultStore extends Store {
	/** Points passed so far: run once without a fault to learn how far a sweep must go. */
	readonly points: number;
}

function errorOf(kind: FaultKind): StoreError {
	if (kind === 'quota') return new StoreError('STORE_QUOTA');
	const cause = new Error(`injected ${kind}`);
	if (kind === 'abort') cause.name = 'AbortError';
	return new StoreError('STORE_FAILED', { cause });
}

class FaultyStore implements FaultStore {
	readonly #inner: Store;
	readonly #fault: Fault;
	readonly #random: () => number;
	#points = 0;

	constructor(inner: Store, fault: Fault, random: () => number) {
		this.#inner = inner;
		this.#fault = fault;
		this.#random = random;
	}

	get points(): number {
		return this.#points;
	}

	get name(): string {
		return this.#inner.name;
	}

	get persistent(): boolean {
		return this.#inner.persistent;
	}

	async open(): Promise<void> {
		await this.#point();
		await this.#inner.open();
	}

	async get(collection: string, key: string): Promise<unknown> {
		await this.#point();
		return this.#inner.get(collection, key);
	}

	async scan(collection: string, options?: ScanOptions): Promise<readonly Entry[]> {
		await this.#point();
		return this.#inner.scan(collection, options);
	}

	async put(collection: string, key: string, value: unknown): Promise<void> {
		await this.tx([collection], 'write', (tx) => tx.put(collection, key, value));
	}

	async delete(collection: string, key: string): Promise<void> {
		await this.tx([collection], 'write', (tx) => tx.delete(collection, key));
	}

	async tx<T>(
		collections: readonly string[],
		mode: TxMode,
		body: (tx: Transaction) => Promise<T>,
	): Promise<T> {
		await this.#point();
		const result = await this.#inner.tx(collections, mode, async (tx) => {
			const value = await body(this.#wrap(tx));
			this.#instant(); // the last moment before the commit
			return value;
		});
		await this.#point(); // committed, but the caller may never hear of it
		return result;
	}

	async flush(): Promise<void> {
		await this.#point();
		await this.#inner.flush();
	}

	async estimate(): Promise<StoreEstimate> {
		await this.#point();
		return this.#inner.estimate();
	}

	async close(): Promise<void> {
		await this.#point();
		await this.#inner.close();
	}

	#wrap(tx: Transaction): Transaction {
		const step = <T>(run: () => Promise<T>): Promise<T> => {
			this.#instant();
			return run();
		};
		return {
			get: async (collection, key) => step(() => tx.get(collection, key)),
			scan: async (collection, options) => step(() => tx.scan(collection, options)),
			put: async (collection, key, value) => step(() => tx.put(collection, key, value)),
			delete: async (collection, key) => step(() => tx.delete(collection, key)),
		};
	}

	/** A point inside a transaction: it may fail, but it may not wait (that would end the body). */
	#instant(): void {
		if (this.#strikes() && this.#fault.kind !== 'delay') throw errorOf(this.#fault.kind);
	}

	async #point(): Promise<void> {
		if (!this.#strikes()) return;
		if (this.#fault.kind !== 'delay') throw errorOf(this.#fault.kind);
		await new Promise((resolve) => setTimeout(resolve, this.#fault.delayMs ?? 0));
	}

	#strikes(): boolean {
		const { kind, at, sticky = kind === 'crash', chance = 0 } = this.#fault;
		this.#points++;
		if (chance > 0 && this.#random() < chance) return true;
		return at > 0 && (sticky ? this.#points >= at : this.#points === at);
	}
}

/**
 * Wraps a store with one fault.
 * @param random uniform in [0, 1), seeded by the test; only used with `chance`
 */
export function createFaultStore(
	inner: Store,
	fault: Fault = { kind: 'fail', at: 0 },
	random: () => number = Math.random,
): FaultStore {
	return new FaultyStore(inner, fault, random);
}
