/** The studies of this device: list, create, open, remove with undo. What happens in one is `stored-study.ts`. */
import * as v from 'valibot';
import { recordIn, type Damaged } from '../../store/records';
import { toStoreError } from '../../store/store-error';
import type { Store, Transaction } from '../../store/store';
import { nameSchema, type StudyDefinition } from './definition';
import type { StudyEvent } from './events';
import { StoredStudy } from './stored-study';
import { notCopied, recoverStudy } from './recover-study';
import { Study } from './study';
import type { StudyJournals, StudyLine } from './study-journal';
import { StudyError } from './study-error';
import {
	eventsKey,
	eventsPrefix,
	headSchema,
	STUDY_COLLECTIONS,
	STUDY_VERSION,
	type EventsRecord,
	type StudyHead,
} from './study-record';

export interface StudyEffects {
	/** ms since 1970 */
	readonly now: () => number;
	/** hexadecimal, and no other study has it */
	readonly newId: () => string;
	/** this tab's or worker's name among those that write */
	readonly writer: string;
	/** whether a writer is still there: its running trials go on */
	readonly isAlive: (writer: string) => Promise<boolean>;
	/** the second copy; absent where the browser has no private file system */
	readonly journals?: StudyJournals;
	/** told what was mended, or is kept once only, a sentence each */
	readonly onProblem?: (sentence: string) => void;
}

/** ms that a removed study can be brought back. */
export const KEPT_REMOVED_MS = 7 * 24 * 3600 * 1000;

/** Events in one record, when many are added at once. */
const EVENTS_PER_RECORD = 500;

const { heads, events: eventRecords } = STUDY_COLLECTIONS;

/** Every method rejects with StoreError when the store does, and then nothing has changed. */
export class Studies {
	readonly #store: Store;
	readonly #effects: StudyEffects;

	constructor(store: Store, effects: StudyEffects) {
		this.#store = store;
		this.#effects = effects;
	}

	/** Brings back the studies that the database has lost as a whole; call it before the first list. */
	async restore(): Promise<void> {
		const { journals, onProblem } = this.#effects;
		if (!journals) return;
		try {
			const known = new Set((await this.#store.scan(heads)).map(({ key }) => key));
			for (const id of await journals.ids())
				if (!known.has(id))
					for (const problem of await recoverStudy(this.#store, journals, id)) onProblem?.(problem);
		} catch (thrown) {
			onProblem?.(`The second copies of studies cannot be read: ${toStoreError(thrown).message}`);
		}
	}

	/** Studies that are not removed, newest change first; damaged records are told, not deleted. */
	async list(): Promise<{
		readonly studies: readonly StudyHead[];
		readonly damaged: readonly Damaged[];
	}> {
		const studies: StudyHead[] = [];
		const damaged: Damaged[] = [];
		for (const { key, value } of await this.#store.scan(heads)) {
			const result = v.safeParse(headSchema, value);
			if (!result.success)
				damaged.push({ collection: heads, key, reason: v.summarize(result.issues) });
			else if (result.output.removed === null) studies.push(result.output);
		}
		return { studies: studies.sort((a, b) => b.changed - a.changed), damaged };
	}

	/**
	 * Stores a new study, with what has happened in it so far when it comes from elsewhere.
	 * @throws StudyError DAMAGED when the events do not follow from each other
	 */
	async create(
		definition: StudyDefinition,
		events: readonly StudyEvent[] = [],
	): Promise<StudyHead> {
		const { summary } = new Study(definition, events);
		const now = this.#effects.now();
		const records: EventsRecord[] = [];
		for (let from = 0; from < events.length; from += EVENTS_PER_RECORD)
			records.push({
				by: this.#effects.writer,
				events: events.slice(from, from + EVENTS_PER_RECORD),
			});
		const head: StudyHead = {
			version: STUDY_VERSION,
			id: this.#effects.newId(),
			title: definition.name,
			definition,
			created: now,
			changed: now,
			removed: null,
			next: records.length,
			summary,
		};
		await this.#write(async (tx) => {
			await tx.put(heads, head.id, head);
			for (const [record, value] of records.entries())
				await tx.put(eventRecords, eventsKey(head.id, record), value);
		});
		await this.#copy(head.id, [
			{ head },
			...records.map((record, number): StudyLine => ({ number, record })),
		]);
		return head;
	}

	async #copy(id: string, lines: readonly StudyLine[]): Promise<void> {
		const { journals, onProblem } = this.#effects;
		try {
			await journals?.append(id, lines);
		} catch (thrown) {
			onProblem?.(notCopied(thrown));
		}
	}

	/**
	 * @throws StudyError GONE when it is not here, NEWER when a newer version of this site wrote it,
	 * DAMAGED when its events cannot be read from the first one on
	 */
	open(id: string): Promise<StoredStudy> {
		return StoredStudy.open(this.#store, id, this.#effects);
	}

	/** Leaves a tombstone that `undo` revives for 7 days; older ones go now, with their trials. */
	async remove(id: string): Promise<StudyHead | undefined> {
		const purged: string[] = [];
		const removed = await this.#change(id, async (head, tx) => {
			const now = this.#effects.now();
			purged.length = 0;
			for (const { value } of await tx.scan(heads)) {
				const old = recordIn(headSchema, value);
				if (!old || old.removed === null || old.id === id) continue;
				if (now - old.removed <= KEPT_REMOVED_MS) continue;
				await purge(tx, old.id);
				purged.push(old.id);
			}
			return { ...head, removed: head.removed ?? now };
		});
		const { journals, onProblem } = this.#effects;
		for (const old of purged)
			await journals?.remove(old).catch((thrown: unknown) => onProblem?.(notCopied(thrown)));
		return removed;
	}

	/** Brings a removed study back, unchanged. */
	undo(id: string): Promise<StudyHead | undefined> {
		return this.#change(id, async (head) => ({ ...head, removed: null }));
	}

	/** @throws StudyError GONE */
	async rename(id: string, name: string): Promise<StudyHead> {
		const renamed = await this.#change(id, async (head) => ({
			...head,
			title: v.parse(nameSchema, name),
			changed: this.#effects.now(),
		}));
		if (!renamed) throw new StudyError('GONE', 'This study is not on this device.');
		return renamed;
	}

	async #change(
		id: string,
		next: (head: StudyHead, tx: Transaction) => Promise<StudyHead>,
	): Promise<StudyHead | undefined> {
		const head = await this.#write(async (tx) => {
			const head = recordIn(headSchema, await tx.get(heads, id));
			if (head === undefined) return undefined;
			const changed = await next(head, tx);
			await tx.put(heads, id, changed);
			return changed;
		});
		if (head) await this.#copy(id, [{ head }]);
		return head;
	}

	#write<T>(body: (tx: Transaction) => Promise<T>): Promise<T> {
		return this.#store.tx([heads, eventRecords], 'write', body);
	}
}

async function purge(tx: Transaction, id: string): Promise<void> {
	for (const { key } of await tx.scan(eventRecords, { prefix: eventsPrefix(id) }))
		await tx.delete(eventRecords, key);
	await tx.delete(heads, id);
}
