/**
 * A study that lasts: the ask-and-tell of `ask-tell.ts`, where every event is in the store before it
 * counts. Several tabs may write to one study: whoever was overtaken reads what is new and tries again.
 * A tab that is closed in the middle of a call leaves either the whole event or nothing of it.
 */
import * as v from 'valibot';
import type { Store, Transaction } from '../../store/store';
import type { Params, Space } from '../space';
import type { AskedTrial } from './ask-tell';
import { notCopied, recoverStudy } from './recover-study';
import type { StudyLine } from './study-journal';
import type { StudyEvent } from './events';
import type { StudyEffects } from './studies';
import { Study, type Outcome, type StudyTrial } from './study';
import { StudyError } from './study-error';
import { summaryAfter, type StudySummary } from './summary';
import {
	eventsKey,
	eventsPrefix,
	eventsRecordSchema,
	headSchema,
	STUDY_COLLECTIONS,
	STUDY_VERSION,
	type EventsRecord,
	type StudyHead,
} from './study-record';

const { heads, events: eventRecords } = STUDY_COLLECTIONS;

/** Tabs that overtake each other this often in a row are a fault. */
const MOST_TRIES = 20;

/** Another writer was faster: its events must be read first. */
class Overtaken extends Error {}

export class StoredStudy {
	readonly #store: Store;
	readonly #effects: StudyEffects;
	readonly #study: Study;
	readonly #listeners = new Set<(events: readonly StudyEvent[]) => void>();
	#head: StudyHead;
	/** what the second copy lacks so far */
	#notCopied: StudyLine[] = [];
	/** one change at a time */
	#last: Promise<unknown> = Promise.resolve();

	private constructor(store: Store, effects: StudyEffects, head: StudyHead, study: Study) {
		this.#store = store;
		this.#effects = effects;
		this.#head = head;
		this.#study = study;
	}

	/** @see Studies.open */
	static async open(store: Store, id: string, effects: StudyEffects): Promise<StoredStudy> {
		const { journals, onProblem } = effects;
		if (journals)
			for (const problem of await recoverStudy(store, journals, id)) onProblem?.(problem);
		const { head, records } = await readStudy(store, id);
		const study = new Study(
			head.definition,
			records.flatMap(({ events }) => events),
		);
		return new StoredStudy(store, effects, head, study);
	}

	get id(): string {
		return this.#head.id;
	}

	get head(): StudyHead {
		return this.#head;
	}

	/** Its state now. Change it through the methods of this class alone. */
	get study(): Study {
		return this.#study;
	}

	/** Called with every event that is stored, of other tabs too once they are seen. @returns stops it */
	onEvents(listener: (events: readonly StudyEvent[]) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	/** @throws StudyError EXHAUSTED; SpaceError when fixed values do not fit */
	async ask(fixed?: Params): Promise<AskedTrial> {
		const { writer } = this.#effects;
		const event = await this.#add(() => ({ ...this.#study.asked(this.#now(), fixed), by: writer }));
		return { number: event.trial, params: this.#study.params(event.trial) };
	}

	/**
	 * @returns whether the pruner says to stop the trial
	 * @throws StudyError NO_TRIAL, NOT_RUNNING
	 */
	async report(trial: number, step: number, value: number): Promise<boolean> {
		await this.#add(() => this.#study.reported(trial, step, value, this.#now()));
		return this.#study.trial(trial).prune;
	}

	/** @throws StudyError NO_TRIAL, NOT_RUNNING */
	async tell(trial: number, outcome: Outcome): Promise<StudyTrial> {
		await this.#add(() => this.#study.told(trial, outcome, this.#now()));
		return this.#study.trial(trial);
	}

	/** How many trials there are to be since the last start. */
	async plan(trials: number): Promise<void> {
		await this.#add(() => ({ type: 'plan', at: this.#now(), trials }));
	}

	/** Begins the search anew over a space; earlier trials stay on record. */
	async restart(space: Space, reason: string | null): Promise<void> {
		await this.#addAll(() => {
			const { place, event } = this.#study.placeOf(space);
			return [
				...(event ? [event] : []),
				{ type: 'restart', at: this.#now(), space: place, reason },
			];
		});
	}

	/** @param trial null for a note on the study itself */
	async note(trial: number | null, text: string): Promise<void> {
		await this.#add(() => ({ type: 'note', at: this.#now(), trial, text }));
	}

	async tag(trial: number, tags: readonly string[]): Promise<void> {
		await this.#add(() => ({ type: 'tags', at: this.#now(), trial, tags: [...tags] }));
	}

	/** Adds finished trials from elsewhere, whose numbers follow the last one. */
	async add(trials: (first: number) => readonly StudyEvent[]): Promise<void> {
		await this.#addAll(() => trials(this.#study.trials.length));
	}

	/**
	 * The running trials that nobody runs any more: ask before any is run here, as those that this
	 * writer began and left count too.
	 * @returns their numbers
	 */
	async interrupted(): Promise<readonly number[]> {
		const orphans: number[] = [];
		for (const { number, state, writer } of this.#study.trials)
			if (state === 'RUNNING' && !(await this.#isElsewhere(writer))) orphans.push(number);
		return orphans;
	}

	async #isElsewhere(writer: string | null): Promise<boolean> {
		if (writer === null || writer === this.#effects.writer) return false;
		return this.#effects.isAlive(writer);
	}

	/** All that has happened, as stored. */
	async events(): Promise<readonly StudyEvent[]> {
		const { records } = await readStudy(this.#store, this.id);
		return records.flatMap(({ events }) => events);
	}

	/** Reads what other tabs have added. */
	async refresh(): Promise<void> {
		await this.#queue(() => this.#catchUp());
	}

	#now(): number {
		return this.#effects.now();
	}

	async #add<E extends StudyEvent | null>(make: () => E): Promise<E> {
		let made: E | undefined;
		await this.#addAll(() => {
			const event = make();
			made = event;
			return event === null ? [] : [event];
		});
		return made!;
	}

	/** @param make from the newest state; called again when another tab was faster */
	#addAll(make: () => readonly StudyEvent[]): Promise<void> {
		return this.#queue(async () => {
			for (let tries = 0; tries < MOST_TRIES; tries++) {
				try {
					const events = make();
					if (events.length > 0) await this.#commit(events);
					return;
				} catch (error) {
					if (!(error instanceof Overtaken)) throw error;
					await this.#catchUp();
				}
			}
			throw new StudyError(
				'ELSEWHERE',
				'Other tabs change this study without a pause: close one of them, then try again.',
			);
		});
	}

	async #commit(events: readonly StudyEvent[]): Promise<void> {
		const { id, next } = this.#head;
		const direction = this.#head.definition.directions[0]!;
		const summary = events.reduce<StudySummary>(
			(before, event) => summaryAfter(before, event, direction),
			this.#study.summary,
		);
		const record: EventsRecord = { by: this.#effects.writer, events: [...events] };
		const changed = { next: next + 1, changed: this.#now(), summary };
		const head = await this.#store.tx([heads, eventRecords], 'write', async (tx) => {
			const stored = await storedHead(tx, id);
			if (stored.next !== next) throw new Overtaken();
			await tx.put(eventRecords, eventsKey(id, next), record);
			await tx.put(heads, id, { ...stored, ...changed });
			return { ...stored, ...changed };
		});
		if (this.#effects.journals) this.#notCopied.push({ number: next, record });
		this.#take(head, events);
		// A value on the way waits for the end of its trial, or for whatever comes first.
		if (!events.every(({ type }) => type === 'report')) await this.#copy();
	}

	async #copy(): Promise<void> {
		const { journals, onProblem } = this.#effects;
		const lines = this.#notCopied;
		try {
			await journals?.append(this.id, lines);
			this.#notCopied = [];
		} catch (thrown) {
			onProblem?.(notCopied(thrown));
		}
	}

	#take(head: StudyHead, events: readonly StudyEvent[]): void {
		for (const event of events) this.#study.apply(event);
		this.#head = head;
		if (events.length > 0) for (const listener of this.#listeners) listener(events);
	}

	/** Also after a write whose fate is unknown: if it was stored after all, it is read here. */
	async #catchUp(): Promise<void> {
		const { id, next } = this.#head;
		const { head, records } = await this.#store.tx([heads, eventRecords], 'read', async (tx) => {
			const head = await storedHead(tx, id);
			const records: EventsRecord[] = [];
			for (let record = next; record < head.next; record++)
				records.push(recordOf(await tx.get(eventRecords, eventsKey(id, record))));
			return { head, records };
		});
		this.#take(
			head,
			records.flatMap(({ events }) => events),
		);
	}

	#queue<T>(work: () => Promise<T>): Promise<T> {
		const run = this.#last.then(work);
		this.#last = run.catch(() => undefined);
		return run;
	}
}

async function readStudy(
	store: Store,
	id: string,
): Promise<{ head: StudyHead; records: readonly EventsRecord[] }> {
	return store.tx([heads, eventRecords], 'read', async (tx) => {
		const head = await storedHead(tx, id);
		const stored = await tx.scan(eventRecords, { prefix: eventsPrefix(id) });
		return { head, records: stored.map(({ value }) => recordOf(value)) };
	});
}

async function storedHead(tx: Transaction, id: string): Promise<StudyHead> {
	const value = await tx.get(heads, id);
	if (value === undefined)
		throw new StudyError(
			'GONE',
			'This study is not on this device. Was it made in another browser?',
		);
	const result = v.safeParse(headSchema, value);
	if (result.success) return result.output;
	const version = v.safeParse(v.object({ version: v.number() }), value);
	if (version.success && version.output.version > STUDY_VERSION)
		throw new StudyError(
			'NEWER',
			'A newer version of this site wrote this study: reload the page.',
		);
	throw new StudyError('DAMAGED', `This study cannot be read: ${v.summarize(result.issues)}`);
}

function recordOf(value: unknown): EventsRecord {
	const result = v.safeParse(eventsRecordSchema, value);
	if (result.success) return result.output;
	throw new StudyError(
		'DAMAGED',
		`A part of this study cannot be read: ${v.summarize(result.issues)}`,
	);
}
