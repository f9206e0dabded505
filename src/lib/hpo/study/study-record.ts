/** What the store holds of a study: one head, and its events in records that are only ever added. */
import * as v from 'valibot';
import { definitionSchema, nameSchema } from './definition';
import { eventSchema } from './events';
import { summarySchema } from './summary';

export const STUDY_COLLECTIONS = { heads: 'studies', events: 'studyEvents' } as const;

/** Of the shape of records; a newer one is refused, never guessed at. */
export const STUDY_VERSION = 1;

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

export const headSchema = v.object({
	version: v.literal(STUDY_VERSION),
	id: v.pipe(v.string(), v.regex(/^[0-9a-f]{6,64}$/)),
	/** what the visitor calls it; the definition's name stays, as Hyperband's brackets follow from it */
	title: nameSchema,
	definition: definitionSchema,
	/** ms since 1970 */
	created: v.number(),
	/** ms since 1970; the list is sorted by it, newest first */
	changed: v.number(),
	/** ms since 1970: removed then, kept for undo; null = alive */
	removed: v.nullable(v.number()),
	/** number of the next record of events; whoever adds one must have read all before it */
	next: count,
	summary: summarySchema,
});

/** A study as lists show it. */
export type StudyHead = Readonly<v.InferOutput<typeof headSchema>>;

export const eventsRecordSchema = v.object({
	/** the writer */
	by: v.string(),
	events: v.array(eventSchema),
});

export type EventsRecord = v.InferOutput<typeof eventsRecordSchema>;

/** Records sort as their numbers do. */
export function eventsKey(id: string, record: number): string {
	return `${id}/${String(record).padStart(10, '0')}`;
}

export function eventsPrefix(id: string): string {
	return `${id}/`;
}
