/**
 * How a run reaches storage. An epoch's row, the checkpoint and the run's row change in one
 * transaction; then the same goes to the journal; then it counts as saved. Two slots take turns, one
 * in the database and one in a file, so that neither a crash nor a lost database costs more than one
 * checkpoint. A full disk costs the checkpoint first and the records last. Who computes is not its matter.
 */
import type { Files } from '../store/files';
import type { Journal } from '../store/journal';
import type { Reserve } from '../store/reserve';
import { toStoreError } from '../store/store-error';
import type { Store } from '../store/store';
import { sha256 } from '../db/sha256';
import { decodeCheckpoint, encodeCheckpoint } from './checkpoint';
import type { Checkpoint } from './effects';
import {
	epochKey,
	RUN_COLLECTIONS,
	slotFile,
	slotKey,
	type CheckpointPointer,
	type EpochRow,
	type RunRow,
} from './run-row';

/** Where runs are kept. */
export interface RunStorage {
	readonly store: Store;
	/** absent where the browser has no private file system */
	readonly journal?: Journal;
	readonly files?: Files;
	/** given up when the browser has no more room */
	readonly reserve?: Reserve;
}

/** What became of a change. */
export interface Saved {
	/** it outlives the page */
	readonly safe: boolean;
	/** what did not work, a sentence each; also of changes that are safe */
	readonly problems: readonly string[];
}

type Slot = 0 | 1;

/** A checkpoint on its way: its bytes, where they go and what points at them. */
interface Packed {
	readonly slot: Slot;
	readonly pointer: CheckpointPointer;
	/** absent when they are in their file already */
	readonly bytes?: Uint8Array<ArrayBuffer>;
}

/** The one writer of a run; whoever has it holds the run's lock. */
export class RunWriter {
	readonly #storage: RunStorage;
	#run: RunRow;
	/** epochs that one of the two copies lacks so far */
	#notInStore: EpochRow[] = [];
	#notInJournal: EpochRow[] = [];

	/** @param run as it was stored last, or a new one: then call `begin` */
	constructor(storage: RunStorage, run: RunRow) {
		this.#storage = storage;
		this.#run = run;
	}

	get run(): RunRow {
		return this.#run;
	}

	/** Stores the row of a new run, or of one that goes on. */
	begin(): Promise<Saved> {
		return this.#commit({ state: 'running', outcome: null });
	}

	/**
	 * Stores an epoch with the state after it. A stored epoch never changes: one that had to be trained
	 * again after a crash brings only its checkpoint.
	 */
	saveEpoch(epoch: EpochRow, checkpoint: Checkpoint): Promise<Saved> {
		const { epochs, best } = this.#run;
		if (epoch.epoch <= epochs) return this.saveCheckpoint(checkpoint);
		const change = {
			epochs: epoch.epoch,
			best: best === null ? epoch.accuracy : Math.max(best, epoch.accuracy),
		};
		return this.#commit(change, { epoch, checkpoint });
	}

	saveCheckpoint(checkpoint: Checkpoint): Promise<Saved> {
		return this.#commit({}, { checkpoint });
	}

	/** Adds to what is said of the run. */
	note(text: string): Promise<Saved> {
		const { notes } = this.#run;
		return this.#commit({ notes: notes.includes(text) ? notes : [...notes, text] });
	}

	end(outcome: NonNullable<RunRow['outcome']>): Promise<Saved> {
		return this.#commit({ state: 'ended', outcome });
	}

	/** Gives up the checkpoints: the records stay, the weights are gone. */
	async forget(): Promise<Saved> {
		const { store, files } = this.#storage;
		const { id } = this.#run;
		const saved = await this.#commit({ slots: [null, null] });
		try {
			for (const slot of [0, 1] as const) {
				await store.delete(RUN_COLLECTIONS.checkpoints, slotKey(id, slot));
				await files?.remove(slotFile(id, slot));
			}
			return saved;
		} catch (thrown) {
			const problem = `A checkpoint was not cleared away: ${toStoreError(thrown).message}`;
			return { ...saved, problems: [...saved.problems, problem] };
		}
	}

	/** Marks the run as deleted, or takes that back. */
	remove(removed: number | null): Promise<Saved> {
		return this.#commit({ removed });
	}

	async #commit(
		change: Partial<RunRow>,
		{ epoch, checkpoint }: { epoch?: EpochRow; checkpoint?: Checkpoint } = {},
	): Promise<Saved> {
		const problems: string[] = [];
		const packed = checkpoint && (await this.#pack(checkpoint, problems));
		const plain: RunRow = { ...this.#run, ...change, rev: this.#run.rev + 1 };
		const added = epoch ? [epoch] : [];
		this.#notInStore.push(...added);
		this.#notInJournal.push(...added);
		const target = packed ? pointed(plain, packed) : plain;
		let stored = await this.#put(target, packed, problems);
		// A full disk may still take the records.
		if (!stored && packed?.bytes) stored = await this.#put(plain, undefined, problems);
		this.#run = stored ?? (packed?.bytes ? plain : target);
		const journalled = await this.#journal(problems);
		return {
			safe: (stored !== undefined && this.#storage.store.persistent) || journalled,
			problems,
		};
	}

	/** The bytes first: into the file beside the database when it is that slot's turn. */
	async #pack(checkpoint: Checkpoint, problems: string[]): Promise<Packed> {
		const bytes = encodeCheckpoint(checkpoint);
		const { current, slots } = this.#run;
		const slot: Slot = slots[current] === null ? current : current === 0 ? 1 : 0;
		const facts = { bytes: bytes.length, sha256: await sha256(bytes) };
		const pointer = { epoch: checkpoint.epoch, step: checkpoint.step, ...facts };
		const { files } = this.#storage;
		if (slot === 1 && files)
			try {
				await this.#withRoom(problems, () => files.write(slotFile(this.#run.id, slot), bytes));
				return { slot, pointer: { place: 'file', ...pointer } };
			} catch (thrown) {
				problems.push(`The checkpoint did not reach its file: ${toStoreError(thrown).message}`);
			}
		return { slot, pointer: { place: 'db', ...pointer }, bytes };
	}

	/** @returns the row that is stored now; undefined when nothing was changed */
	async #put(
		run: RunRow,
		packed: Packed | undefined,
		problems: string[],
	): Promise<RunRow | undefined> {
		const { runs, epochs, checkpoints } = RUN_COLLECTIONS;
		try {
			const write = () =>
				this.#storage.store.tx([runs, epochs, checkpoints], 'write', async (tx) => {
					await tx.put(runs, run.id, run);
					for (const one of this.#notInStore)
						await tx.put(epochs, epochKey(run.id, one.epoch), one);
					if (packed?.bytes)
						await tx.put(checkpoints, slotKey(run.id, packed.slot), new Blob([packed.bytes]));
				});
			await this.#withRoom(problems, write);
			this.#notInStore = [];
			return run;
		} catch (thrown) {
			const what = packed ? 'The checkpoint was' : 'The run was';
			problems.push(`${what} not saved: ${toStoreError(thrown).message}`);
			return undefined;
		}
	}

	/** A write that finds no room is tried again in the room that was kept aside. */
	async #withRoom(problems: string[], write: () => Promise<void>): Promise<void> {
		try {
			await write();
		} catch (thrown) {
			const full = toStoreError(thrown).code === 'STORE_QUOTA';
			if (!full || !(await this.#storage.reserve?.release())) throw thrown;
			problems.push(
				'The browser has no more space for this site. What was kept aside is used now: free some, or remove a dataset or a run.',
			);
			await write();
		}
	}

	async #journal(problems: string[]): Promise<boolean> {
		const { journal } = this.#storage;
		if (!journal) return false;
		try {
			const entry = { run: this.#run, epochs: this.#notInJournal };
			await this.#withRoom(problems, () => journal.append(entry));
			this.#notInJournal = [];
			return true;
		} catch (thrown) {
			problems.push(`The second copy was not saved: ${toStoreError(thrown).message}`);
			return false;
		}
	}
}

function pointed(run: RunRow, { slot, pointer }: Packed): RunRow {
	const slots: RunRow['slots'] = slot === 0 ? [pointer, run.slots[1]] : [run.slots[0], pointer];
	return { ...run, slots, current: slot };
}

/** A checkpoint that could be read, or why none could. */
export interface FoundCheckpoint {
	readonly checkpoint: Checkpoint | undefined;
	/** damaged or missing ones that came before it */
	readonly problems: readonly string[];
}

/** The newest whole checkpoint of a run: the current slot's, or else the other one's. */
export async function findCheckpoint(storage: RunStorage, run: RunRow): Promise<FoundCheckpoint> {
	const problems: string[] = [];
	for (const slot of run.current === 0 ? ([0, 1] as const) : ([1, 0] as const)) {
		const pointer = run.slots[slot];
		if (!pointer) continue;
		try {
			const bytes = await bytesOf(storage, run.id, slot, pointer);
			return { checkpoint: decodeCheckpoint(bytes), problems };
		} catch (thrown) {
			const why = thrown instanceof Error ? thrown.message : String(thrown);
			problems.push(`The checkpoint of epoch ${pointer.epoch}, step ${pointer.step}: ${why}`);
		}
	}
	return { checkpoint: undefined, problems };
}

/** @throws Error when they are missing or not those that were written */
async function bytesOf(
	{ store, files }: RunStorage,
	id: string,
	slot: Slot,
	pointer: CheckpointPointer,
): Promise<Uint8Array> {
	const bytes =
		pointer.place === 'file'
			? await files?.read(slotFile(id, slot))
			: await blobBytes(await store.get(RUN_COLLECTIONS.checkpoints, slotKey(id, slot)));
	if (!bytes) throw new Error('it is missing.');
	if (bytes.length !== pointer.bytes || (await sha256(bytes)) !== pointer.sha256)
		throw new Error('it is damaged.');
	return bytes;
}

async function blobBytes(value: unknown): Promise<Uint8Array | undefined> {
	return value instanceof Blob ? new Uint8Array(await value.arrayBuffer()) : undefined;
}
