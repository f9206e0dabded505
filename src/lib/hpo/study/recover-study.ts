/**
 * Compares the two copies of a study, that of the database and that of its journal: the longer valid one
 * wins, and the other is completed. Nothing is deleted because the two differ.
 */
import { toStoreError } from '../../store/store-error';
import { recordIn } from '../../store/records';
import type { Store, Transaction } from '../../store/store';
import type { JournalledStudy, StudyJournals, StudyLine } from './study-journal';
import { Study } from './study';
import {
	eventsKey,
	eventsPrefix,
	eventsRecordSchema,
	headSchema,
	STUDY_COLLECTIONS,
	type EventsRecord,
	type StudyHead,
} from './study-record';

const { heads, events: eventRecords } = STUDY_COLLECTIONS;

/** Both copies are there and say the same, as far as either can be read. */
interface StoredCopy {
	readonly head: StudyHead | undefined;
	/** something is stored under its id, whether it can be read or not */
	readonly isThere: boolean;
	readonly records: ReadonlyMap<number, EventsRecord>;
}

/**
 * Completes the copy that lacks something. Never rejects for the journal's sake: without it the
 * database alone counts.
 * @returns what was mended or could not be, a sentence each
 */
export async function recoverStudy(
	store: Store,
	journals: StudyJournals,
	id: string,
): Promise<readonly string[]> {
	let journal: JournalledStudy;
	try {
		journal = await journals.read(id);
	} catch (thrown) {
		return [`The second copy of a study cannot be read: ${toStoreError(thrown).message}`];
	}
	const stored = await store.tx([heads, eventRecords], 'read', (tx) => copyIn(tx, id));
	// What a newer version wrote, or what is damaged, is told by whoever opens it.
	if (stored.isThere && !stored.head) return [];
	const head = stored.head ?? journal.head;
	if (!head) return [];
	if (isLonger(journal, stored)) return restore(store, journals, { head, stored, journal });
	return complete(journals, { head, stored, journal });
}

async function copyIn(tx: Transaction, id: string): Promise<StoredCopy> {
	const value = await tx.get(heads, id);
	const records = new Map<number, EventsRecord>();
	for (const entry of await tx.scan(eventRecords, { prefix: eventsPrefix(id) })) {
		const record = recordIn(eventsRecordSchema, entry.value);
		if (record) records.set(Number(entry.key.slice(eventsPrefix(id).length)), record);
	}
	return { head: recordIn(headSchema, value), isThere: value !== undefined, records };
}

/** Whether the journal has something that the database lacks. */
function isLonger(journal: JournalledStudy, { head, records }: StoredCopy): boolean {
	return !head || [...journal.records.keys()].some((number) => !records.has(number));
}

interface Copies {
	readonly head: StudyHead;
	readonly stored: StoredCopy;
	readonly journal: JournalledStudy;
}

/** Writes the journal's part into the database. */
async function restore(
	store: Store,
	journals: StudyJournals,
	{ head, stored, journal }: Copies,
): Promise<readonly string[]> {
	const { records, isWhole, summary } = following(head, stored, journal);
	const restored: StudyHead = { ...head, next: records.length, summary };
	const done = await store.tx([heads, eventRecords], 'write', async (tx) => {
		const now = recordIn(headSchema, await tx.get(heads, head.id));
		// Another tab has written meanwhile: its own opening has compared, or will.
		if (now?.next !== stored.head?.next) return false;
		for (const { key } of await tx.scan(eventRecords, { prefix: eventsPrefix(head.id) }))
			await tx.delete(eventRecords, key);
		for (const [number, record] of records.entries())
			await tx.put(eventRecords, eventsKey(head.id, number), record);
		await tx.put(heads, head.id, restored);
		return true;
	});
	if (!done) return [];
	const said = `The browser had lost the study “${head.title}” in part or whole; restored from the second copy.`;
	if (isWhole) return [said];
	const lines = records.map((record, number): StudyLine => ({ number, record }));
	try {
		await journals.remove(head.id);
		await journals.append(head.id, [{ head: restored }, ...lines]);
	} catch {
		// The database has it all; the next opening completes the journal.
	}
	return [said, 'What did not follow from the events before it was left out.'];
}

/** All records of both copies in their order, without what does not follow from the ones before. */
function following(
	{ definition }: StudyHead,
	stored: StoredCopy,
	journal: JournalledStudy,
): {
	readonly records: readonly EventsRecord[];
	/** they are numbered as before */
	readonly isWhole: boolean;
	readonly summary: StudyHead['summary'];
} {
	const study = new Study(definition);
	const numbers = [...new Set([...stored.records.keys(), ...journal.records.keys()])];
	const records: EventsRecord[] = [];
	let isWhole = true;
	for (const number of numbers.sort((a, b) => a - b)) {
		const record = stored.records.get(number) ?? journal.records.get(number)?.();
		const events = record?.events.filter((event) => follows(study, event)) ?? [];
		isWhole &&= number === records.length && events.length === record?.events.length;
		if (record && events.length > 0) records.push({ ...record, events });
	}
	return { records, isWhole, summary: study.summary };
}

function follows(study: Study, event: EventsRecord['events'][number]): boolean {
	try {
		study.apply(event);
		return true;
	} catch {
		return false;
	}
}

/** Writes the database's part into the journal. */
async function complete(
	journals: StudyJournals,
	{ head, stored, journal }: Copies,
): Promise<readonly string[]> {
	const lines: StudyLine[] = journal.head ? [] : [{ head }];
	for (const [number, record] of stored.records)
		if (!journal.records.has(number)) lines.push({ number, record });
	try {
		if (lines.length > 0) await journals.append(head.id, lines);
		return [];
	} catch (thrown) {
		return [notCopied(thrown)];
	}
}

/** @returns what is said when a change reached the database only */
export function notCopied(thrown: unknown): string {
	return `The second copy of a study was not saved: ${toStoreError(thrown).message}`;
}
