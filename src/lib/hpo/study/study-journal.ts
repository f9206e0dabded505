/**
 * The second copy of studies: a journal for each, in the origin's private files, which outlive a
 * database that the browser throws away. Lines are a study's head, or one record of its events. Who
 * compares the two copies is `recover-study.ts`.
 */
import * as v from 'valibot';
import { Journal, type Exclusive } from '../../store/journal';
import type { Folders } from '../../store/files';
import { recordIn } from '../../store/records';
import { parsePython, printable, printPython } from '../exchange/python-values';
import { eventsRecordSchema, headSchema, type EventsRecord, type StudyHead } from './study-record';

/** What is added to a study's journal. */
export type StudyLine =
	{ readonly head: StudyHead } | { readonly number: number; readonly record: EventsRecord };

/** A line as it is stored; what it says is text, as JSON knows no NaN, and little of it is ever read. */
const lineSchema = v.union([
	v.object({ head: v.string() }),
	v.object({ number: v.pipe(v.number(), v.safeInteger(), v.minValue(0)), events: v.string() }),
]);

/** What a study's journal holds. */
export interface JournalledStudy {
	/** the newest */
	readonly head: StudyHead | undefined;
	/** by number; of one number the first, as a record never changes */
	readonly records: ReadonlyMap<number, () => EventsRecord | undefined>;
	/** lines that cannot be read */
	readonly damaged: number;
}

export interface StudyJournals {
	/** ids of the studies that have one */
	ids(): Promise<readonly string[]>;
	append(id: string, lines: readonly StudyLine[]): Promise<void>;
	read(id: string): Promise<JournalledStudy>;
	remove(id: string): Promise<void>;
}

/** @param exclusive over all tabs */
export function studyJournals(folders: Folders, exclusive: Exclusive): StudyJournals {
	const open = new Map<string, Promise<Journal>>();
	const journalOf = (id: string) => {
		const known = open.get(id);
		if (known) return known;
		const opening = folders.open(id).then((files) => new Journal({ files, exclusive }));
		open.set(id, opening);
		opening.catch(() => open.delete(id));
		return opening;
	};
	return {
		ids: () => folders.list(),
		append: async (id, lines) => (await journalOf(id)).append(...lines.map(stored)),
		read: async (id) => contentsOf(await (await journalOf(id)).read()),
		async remove(id) {
			open.delete(id);
			await folders.remove(id);
		},
	};
}

function stored(line: StudyLine): unknown {
	if ('head' in line) return { head: textOf(line.head) };
	return { number: line.number, events: textOf(line.record) };
}

const textOf = (value: unknown) => printPython(printable(value));

function contentsOf({
	entries,
	damaged,
}: {
	readonly entries: readonly unknown[];
	readonly damaged: number;
}): JournalledStudy {
	let head: string | undefined;
	let unknown = damaged;
	const records = new Map<number, () => EventsRecord | undefined>();
	for (const entry of entries) {
		const line = recordIn(lineSchema, entry);
		if (!line) unknown++;
		else if ('head' in line) ({ head } = line);
		else if (!records.has(line.number))
			records.set(line.number, () => read(eventsRecordSchema, line.events));
	}
	const newest = head === undefined ? undefined : read(headSchema, head);
	return { head: newest, records, damaged: unknown };
}

function read<S extends v.GenericSchema>(schema: S, text: string): v.InferOutput<S> | undefined {
	try {
		return recordIn(schema, parsePython(text));
	} catch {
		return undefined;
	}
}
