/**
 * Datasets on this device: records of splits and their shards. A shard and the record that lists it
 * are written in one transaction, and a finished reading takes the place of the old one in one
 * transaction, so whatever happens there is a whole dataset or a beginning to go on from.
 * It reads no files and fetches nothing.
 */
import { sha256 } from '../db/sha256';
import { readRecords, recordIn } from '../store/records';
import type { Store, Transaction } from '../store/store';
import { exceptionName, StoreError } from '../store/store-error';
import type { Split } from './dataset';
import { datasetError } from './errors';
import {
	recordKey,
	samplesIn,
	splitRecordSchema,
	type ShardEntry,
	type SplitRecord,
} from './record';
import { decodeShard, type Shard } from './shard';

/** Collections of the datasets' own database; append only. */
export const DATASET_COLLECTIONS = ['splits', 'shards', 'downloads', 'parts'] as const;

const BOTH = ['splits', 'shards'] as const;

/** What `append` writes. */
export interface NewShard {
	readonly bytes: Uint8Array;
	readonly samples: number;
	/** known already where it came with the bytes */
	readonly sha256?: string;
	/** samples per class in it */
	readonly classes: readonly number[];
}

const shardKey = ({ dataset, split, generation }: SplitRecord, index: number) =>
	`${dataset}/${split}/${generation}/${String(index).padStart(5, '0')}`;

/** See the module's comment. Methods reject with RpcError DATASET_* or StoreError. */
export class ShardStore {
	readonly #store: Store;
	/** keys of shards whose checksum was found right: once per session is enough */
	readonly #checked = new Set<string>();

	constructor(store: Store) {
		this.#store = store;
	}

	/** false: what is read lasts until the tab is closed */
	get persistent(): boolean {
		return this.#store.persistent;
	}

	/** Every record, whole or begun; one that cannot be read is left out. */
	async list(): Promise<readonly SplitRecord[]> {
		return (await readRecords(this.#store, 'splits', splitRecordSchema)).records;
	}

	/** The whole split, or the reading of it that was begun. */
	async find(dataset: string, split: Split, complete = true): Promise<SplitRecord | undefined> {
		const value = await this.#store.get('splits', recordKey(dataset, split, complete));
		return recordIn(splitRecordSchema, value);
	}

	/** Begins a reading; an earlier one that was not finished goes. */
	async begin(record: SplitRecord): Promise<SplitRecord> {
		await this.#store.tx(BOTH, 'write', async (tx) => {
			await drop(tx, record.dataset, record.split, false);
			await tx.put('splits', recordKey(record.dataset, record.split, false), record);
		});
		return record;
	}

	/**
	 * Adds a shard to a reading.
	 * @throws DATASET_BUSY when the reading was taken over or ended meanwhile
	 */
	async append(record: SplitRecord, shard: NewShard): Promise<SplitRecord> {
		const entry: ShardEntry = {
			samples: shard.samples,
			bytes: shard.bytes.length,
			sha256: shard.sha256 ?? (await sha256(shard.bytes)),
		};
		const classes = record.classes.map((before, i) => before + (shard.classes[i] ?? 0));
		const next = { ...record, shards: [...record.shards, entry], classes };
		const key = recordKey(record.dataset, record.split, false);
		const blob = new Blob([new Uint8Array(shard.bytes)]);
		await this.#store.tx(BOTH, 'write', async (tx) => {
			const stored = recordIn(splitRecordSchema, await tx.get('splits', key));
			if (!stored || !sameReading(stored, record)) throw takenOver(record);
			await tx.put('shards', shardKey(record, record.shards.length), blob);
			await tx.put('splits', key, next);
		});
		return next;
	}

	/** A reading becomes the split; what it replaces is freed. */
	async finish(record: SplitRecord): Promise<SplitRecord> {
		const { dataset, split } = record;
		const whole = { ...record, complete: true };
		await this.#store.tx(BOTH, 'write', async (tx) => {
			const stored = await tx.get('splits', recordKey(dataset, split, false));
			const begun = recordIn(splitRecordSchema, stored);
			if (!begun || !sameReading(begun, record)) throw takenOver(record);
			await drop(tx, dataset, split, true);
			await tx.put('splits', recordKey(dataset, split, true), whole);
			await tx.delete('splits', recordKey(dataset, split, false));
		});
		return whole;
	}

	/** Frees a split, or a reading of it that was not finished. */
	async remove(dataset: string, split: Split, complete: boolean): Promise<void> {
		await this.#store.tx(BOTH, 'write', (tx) => drop(tx, dataset, split, complete));
	}

	/** @throws DATASET_DAMAGED when the bytes are gone or are not those that were written */
	async read(record: SplitRecord, index: number): Promise<Shard> {
		const shard = decodeShard(await this.readBytes(record, index));
		if (!shard || shard.samples !== record.shards[index]?.samples) throw damaged(record, index);
		return shard;
	}

	/** The same, as it is stored. */
	async readBytes(record: SplitRecord, index: number): Promise<Uint8Array> {
		const entry = record.shards[index];
		const key = shardKey(record, index);
		const bytes = entry && (await this.#bytes(key));
		if (!bytes || bytes.length !== entry.bytes) throw damaged(record, index);
		if (!this.#checked.has(key)) {
			if ((await sha256(bytes)) !== entry.sha256) throw damaged(record, index);
			this.#checked.add(key);
		}
		return bytes;
	}

	/** @returns numbers of the damaged shards, after looking at every byte again */
	async verify(record: SplitRecord, onShard: (done: number) => void): Promise<readonly number[]> {
		const broken: number[] = [];
		for (let index = 0; index < record.shards.length; index++) {
			this.#checked.delete(shardKey(record, index));
			await this.read(record, index).catch(() => broken.push(index));
			onShard(index + 1);
		}
		return broken;
	}

	async #bytes(key: string): Promise<Uint8Array | undefined> {
		const value = await this.#store.get('shards', key);
		if (!(value instanceof Blob)) return undefined;
		// A browser that lost the file behind a Blob says so only here.
		return value.arrayBuffer().then(
			(buffer) => new Uint8Array(buffer),
			() => undefined,
		);
	}
}

/** Hash of a split's samples: the same bytes in the same order give the same, wherever they came from. */
export async function dataHash(record: SplitRecord): Promise<string> {
	const text = record.shards.map((shard) => shard.sha256).join('\n');
	return sha256(new TextEncoder().encode(text));
}

/** True for a store that has no room left, whatever the browser called it. */
export function isQuota(thrown: unknown): boolean {
	return thrown instanceof StoreError
		? thrown.code === 'STORE_QUOTA'
		: exceptionName(thrown) === 'QuotaExceededError';
}

function sameReading(a: SplitRecord, b: SplitRecord): boolean {
	return a.generation === b.generation && a.shards.length === b.shards.length;
}

async function drop(
	tx: Transaction,
	dataset: string,
	split: Split,
	complete: boolean,
): Promise<void> {
	const key = recordKey(dataset, split, complete);
	const record = recordIn(splitRecordSchema, await tx.get('splits', key));
	await tx.delete('splits', key);
	if (!record) return;
	for (let index = 0; index < record.shards.length; index++)
		await tx.delete('shards', shardKey(record, index));
}

function takenOver({ dataset, split }: SplitRecord) {
	return datasetError(
		'DATASET_BUSY',
		`The ${split} samples of ${dataset} are being read in another tab: nothing more was written here.`,
		{ dataset, split },
	);
}

function damaged(record: SplitRecord, index: number) {
	const { dataset, split } = record;
	return datasetError(
		'DATASET_DAMAGED',
		`Part ${index + 1} of ${record.shards.length} of the ${split} samples of ${dataset} is damaged on this device: remove the dataset and load it again.`,
		{ dataset, split, shard: index, samples: samplesIn(record) },
	);
}
