/**
 * The shards that a loader holds: those of the group it is in, and two of the next that are read
 * ahead, so that training does not wait for the disk. The rest is let go.
 */
import type { EpochOrder } from './order';
import type { Shard } from './shard';

/** shards that are read before they are needed */
const AHEAD = 2;

/** See the module's comment. */
export class ShardCache {
	readonly #read: (index: number) => Promise<Shard>;
	readonly #held = new Map<number, Promise<Shard>>();
	/** those of `#held` that are there */
	readonly #ready = new Map<number, Shard>();

	constructor(read: (index: number) => Promise<Shard>) {
		this.#read = read;
	}

	/** Keeps what group `group` needs, begins to read ahead, drops the others. */
	enter({ groups }: EpochOrder, group: number): void {
		const now = groups[group]?.shards ?? [];
		const next = (groups[group + 1]?.shards ?? []).slice(0, AHEAD);
		const wanted = new Set([...now, ...next]);
		for (const index of this.#held.keys()) if (!wanted.has(index)) this.#drop(index);
		for (const index of wanted) void this.get(index).catch(() => undefined);
	}

	/** The shard, read now if it was not; a failed reading is tried again by the next call. */
	get(index: number): Promise<Shard> {
		const held = this.#held.get(index);
		if (held) return held;
		const reading = this.#read(index);
		this.#held.set(index, reading);
		const isCurrent = () => this.#held.get(index) === reading;
		reading.then(
			(shard) => isCurrent() && this.#ready.set(index, shard),
			() => isCurrent() && this.#drop(index),
		);
		return reading;
	}

	/** The shard if it is there now: a loop over samples need not wait for each. */
	ready(index: number): Shard | undefined {
		return this.#ready.get(index);
	}

	/** Lets everything go. */
	clear(): void {
		this.#held.clear();
		this.#ready.clear();
	}

	#drop(index: number): void {
		this.#held.delete(index);
		this.#ready.delete(index);
	}
}
