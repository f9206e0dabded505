/**
 * Saved views: named links of this device, with undo for deletes, export and import. Not the
 * owner of the address bar: a link is an opaque fragment here, checked again when it is opened.
 */
import * as v from 'valibot';
import { readRecords, recordIn } from './records';
import { cleanName, linkSchema, parseViewsFile, printViewsFile } from './views-file';
import type { Damaged } from './records';
import type { Store, Transaction } from './store';
import type { ImportRefusal } from './views-file';

const viewSchema = v.object({
	id: v.pipe(v.string(), v.minLength(1), v.maxLength(100)),
	name: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
	link: linkSchema,
	/** ms since 1970 */
	created: v.number(),
	/** ms since 1970; the list is sorted by it, newest first */
	changed: v.number(),
	/** ms since 1970: removed then, kept for undo; null = alive */
	removed: v.nullable(v.number()),
});

/** One saved view; `link` is the fragment, from '#'. */
export type SavedView = Readonly<v.InferOutput<typeof viewSchema>>;

export interface SavedViewsEffects {
	/** ms since 1970 */
	readonly now: () => number;
	/** a name that no other view has */
	readonly newId: () => string;
}

export interface ImportResult {
	readonly added: number;
	/** already there with the same name and link */
	readonly known: number;
	readonly refused: readonly ImportRefusal[];
}

/** ms that a removed view can be brought back. */
export const TOMBSTONE_MS = 7 * 24 * 3600 * 1000;

const COLLECTION = 'views';

function randomId(): string {
	const bytes = crypto.getRandomValues(new Uint8Array(12)); // randomUUID needs https
	return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

const REAL: SavedViewsEffects = { now: Date.now, newId: randomId };

/** Every method rejects with StoreError when the store does, and then nothing has changed. */
export class SavedViews {
	readonly #store: Store;
	readonly #effects: SavedViewsEffects;

	constructor(store: Store, effects: SavedViewsEffects = REAL) {
		this.#store = store;
		this.#effects = effects;
	}

	/** Views that are not removed, newest change first; damaged records are told, not deleted. */
	async list(): Promise<{
		readonly views: readonly SavedView[];
		readonly damaged: readonly Damaged[];
	}> {
		const { records, damaged } = await readRecords(this.#store, COLLECTION, viewSchema);
		const alive = records.filter((view) => view.removed === null);
		return { views: alive.sort((a, b) => b.changed - a.changed), damaged };
	}

	/** Saves a new view; a name that is taken gets ' (2)', so nothing is ever overwritten. */
	async save(name: string, link: string): Promise<SavedView> {
		const checkedLink = v.parse(linkSchema, link);
		return this.#write(async (tx) => {
			const now = this.#effects.now();
			const view: SavedView = {
				id: this.#effects.newId(),
				name: freeName(cleanName(name), await aliveNames(tx)),
				link: checkedLink,
				created: now,
				changed: now,
				removed: null,
			};
			await tx.put(COLLECTION, view.id, view);
			return view;
		});
	}

	/** The renamed view; undefined when it is gone. */
	rename(id: string, name: string): Promise<SavedView | undefined> {
		return this.#change(id, async (view, tx) => {
			const taken = await aliveNames(tx, id);
			return { ...view, name: freeName(cleanName(name), taken), changed: this.#effects.now() };
		});
	}

	/** Leaves a tombstone that `undo` revives for 7 days; older tombstones go now. */
	remove(id: string): Promise<SavedView | undefined> {
		return this.#change(id, async (view, tx) => {
			const now = this.#effects.now();
			const { records } = await readRecords(tx, COLLECTION, viewSchema);
			for (const old of records) {
				if (old.removed !== null && now - old.removed > TOMBSTONE_MS && old.id !== id) {
					await tx.delete(COLLECTION, old.id);
				}
			}
			return { ...view, removed: view.removed ?? now };
		});
	}

	/** Brings a removed view back, unchanged but for a name that was taken meanwhile. */
	undo(id: string): Promise<SavedView | undefined> {
		return this.#change(id, async (view, tx) => {
			if (view.removed === null) return view;
			return { ...view, removed: null, name: freeName(view.name, await aliveNames(tx, id)) };
		});
	}

	/** All views as JSON text, readable by `importJson` here or on another device. */
	async exportJson(): Promise<string> {
		return printViewsFile((await this.list()).views);
	}

	/**
	 * Adds the views of an exported file, all or none; the ones that are there stay.
	 * @throws ViewsFileError when the text is not such a file
	 */
	async importJson(text: string): Promise<ImportResult> {
		const { views, refused } = parseViewsFile(text);
		return this.#write(async (tx) => {
			const present = (await readRecords(tx, COLLECTION, viewSchema)).records.filter(
				(view) => view.removed === null,
			);
			const names = new Set(present.map((view) => view.name));
			const known = new Set(present.map((view) => JSON.stringify([view.name, view.link])));
			const fresh = views.filter((view) => !known.has(JSON.stringify([view.name, view.link])));
			const now = this.#effects.now();
			for (const { name, link } of fresh) {
				const id = this.#effects.newId();
				const unique = freeName(name, names);
				names.add(unique);
				const view: SavedView = {
					id,
					name: unique,
					link,
					created: now,
					changed: now,
					removed: null,
				};
				await tx.put(COLLECTION, id, view);
			}
			return { added: fresh.length, known: views.length - fresh.length, refused };
		});
	}

	#write<T>(body: (tx: Transaction) => Promise<T>): Promise<T> {
		return this.#store.tx([COLLECTION], 'write', body);
	}

	#change(
		id: string,
		next: (view: SavedView, tx: Transaction) => Promise<SavedView>,
	): Promise<SavedView | undefined> {
		return this.#write(async (tx) => {
			const view = recordIn(viewSchema, await tx.get(COLLECTION, id));
			if (view === undefined) return undefined;
			const changed = await next(view, tx);
			await tx.put(COLLECTION, id, changed);
			return changed;
		});
	}
}

async function aliveNames(tx: Transaction, except?: string): Promise<Set<string>> {
	const { records } = await readRecords(tx, COLLECTION, viewSchema);
	const others = records.filter((view) => view.removed === null && view.id !== except);
	return new Set(others.map((view) => view.name));
}

function freeName(name: string, taken: ReadonlySet<string>): string {
	if (!taken.has(name)) return name;
	const stem = name.slice(0, 190);
	for (let n = 2; ; n++) {
		if (!taken.has(`${stem} (${n})`)) return `${stem} (${n})`;
	}
}
