/** The last states of this device, newest first: what the landing page offers to go on with. */
import * as v from 'valibot';
import { readRecords } from './records';
import { cleanName, linkSchema } from './views-file';
import type { Damaged } from './records';
import type { Store } from './store';

const recentSchema = v.object({
	link: linkSchema,
	title: v.pipe(v.string(), v.maxLength(400)),
	/** ms since 1970 */
	at: v.number(),
});

/** A state that was open; `title` is its sentence. */
export type Recent = Readonly<v.InferOutput<typeof recentSchema>>;

/** How many are kept. */
export const RECENTS = 20;

const COLLECTION = 'recents';

/** Rejects with StoreError when the store does. */
export class Recents {
	readonly #store: Store;
	readonly #now: () => number;

	/** @param now ms since 1970 */
	constructor(store: Store, now: () => number = Date.now) {
		this.#store = store;
		this.#now = now;
	}

	/** Newest first; at most {@link RECENTS}. */
	async list(): Promise<{
		readonly recents: readonly Recent[];
		readonly damaged: readonly Damaged[];
	}> {
		const { records, damaged } = await readRecords(this.#store, COLLECTION, recentSchema);
		return { recents: newestFirst(records).slice(0, RECENTS), damaged };
	}

	/** Notes a state; the same link again moves to the front. Drops what is beyond the last 20. */
	async note(link: string, title: string): Promise<void> {
		const recent: Recent = {
			link: v.parse(linkSchema, link),
			title: cleanName(title),
			at: this.#now(),
		};
		await this.#store.tx([COLLECTION], 'write', async (tx) => {
			const { records } = await readRecords(tx, COLLECTION, recentSchema);
			const others = newestFirst(records.filter((old) => old.link !== link));
			for (const old of others.slice(RECENTS - 1)) await tx.delete(COLLECTION, old.link);
			await tx.put(COLLECTION, link, recent);
		});
	}

	/** Forgets all, damaged ones too: this is the visitor's word. */
	async clear(): Promise<void> {
		await this.#store.tx([COLLECTION], 'write', async (tx) => {
			for (const { key } of await tx.scan(COLLECTION)) await tx.delete(COLLECTION, key);
		});
	}
}

function newestFirst(records: readonly Recent[]): Recent[] {
	return [...records].sort((a, b) => b.at - a.at);
}
