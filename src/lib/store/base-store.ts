/**
 * What all backends share: single operations are transactions of one step. A backend only says
 * how a whole transaction runs.
 */
import type { Entry, ScanOptions, Store, StoreEstimate, Transaction, TxMode } from './store';

/** A Store that lacks only its backend: `tx`, `open`, `estimate`, `close`. */
export abstract class BaseStore implements Store {
	abstract readonly name: string;
	abstract readonly persistent: boolean;
	abstract open(): Promise<void>;
	abstract tx<T>(
		collections: readonly string[],
		mode: TxMode,
		body: (tx: Transaction) => Promise<T>,
	): Promise<T>;
	abstract flush(): Promise<void>;
	abstract estimate(): Promise<StoreEstimate>;
	abstract close(): Promise<void>;

	get(collection: string, key: string): Promise<unknown> {
		return this.tx([collection], 'read', (tx) => tx.get(collection, key));
	}

	scan(collection: string, options?: ScanOptions): Promise<readonly Entry[]> {
		return this.tx([collection], 'read', (tx) => tx.scan(collection, options));
	}

	put(collection: string, key: string, value: unknown): Promise<void> {
		return this.tx([collection], 'write', (tx) => tx.put(collection, key, value));
	}

	delete(collection: string, key: string): Promise<void> {
		return this.tx([collection], 'write', (tx) => tx.delete(collection, key));
	}
}
