/**
 * What the events of a study add up to: its trials, its spaces, what the pruner knows. It changes by
 * `apply` alone. Which event would come next is `study.ts`'s matter.
 */
import type { JudgedTrial, PrunerMemory } from '../pruners/pruner';
import type { Space } from '../space';
import type { StudyDefinition } from './definition';
import type { EventOf, StudyEvent } from './events';
import { StudyError } from './study-error';
import { EMPTY_SUMMARY, summaryAfter, type StudySummary } from './summary';

/** A trial with all that a study knows of it. */
export interface StudyTrial extends JudgedTrial {
	/** where it comes from: searched here, LEMUR's statistics, or a file */
	readonly origin: 'search' | 'statistics' | 'import';
	/** since which start of the search, from 0 */
	readonly generation: number;
	/** who runs it, while it runs; null: unknown */
	readonly writer: string | null;
	/** why it failed, or whatever else is to be said of its end; null: nothing */
	readonly reason: string | null;
	/** whether the pruner has said to stop it */
	readonly prune: boolean;
	readonly note: string;
	readonly tags: readonly string[];
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };
type OwnTrial = Writable<Omit<StudyTrial, 'intermediate'>> & { intermediate: Map<number, number> };

export class StudyState {
	readonly definition: StudyDefinition;
	readonly #trials: OwnTrial[] = [];
	readonly #spaces: Space[];
	#summary: StudySummary = EMPTY_SUMMARY;
	#memory: PrunerMemory = {};
	/** which space is searched now */
	#searched = 0;
	#note = '';
	#restarted: string | null = null;
	/** Trials of this generation; the list of all while there is only one. */
	#current: OwnTrial[];

	/** @throws StudyError DAMAGED when an event does not follow from the ones before it */
	constructor(definition: StudyDefinition, events: Iterable<StudyEvent> = []) {
		this.definition = definition;
		this.#spaces = [definition.space];
		this.#current = this.#trials;
		for (const event of events) this.apply(event);
	}

	/** All trials, by number. */
	get trials(): readonly StudyTrial[] {
		return this.#trials;
	}

	/** The trials that are learned from: those since the last start of the search. */
	get currentTrials(): readonly StudyTrial[] {
		return this.#current;
	}

	get summary(): StudySummary {
		return this.#summary;
	}

	/** What the pruner has found out. */
	get memory(): PrunerMemory {
		return this.#memory;
	}

	/** What is searched now. */
	get space(): Space {
		return this.#spaces[this.#searched]!;
	}

	get note(): string {
		return this.#note;
	}

	/** Why the search began anew the last time; null when it never did, or nobody said why. */
	get restarted(): string | null {
		return this.#restarted;
	}

	/** What was or is searched, by the numbers that events name. */
	protected get spaces(): readonly Space[] {
		return this.#spaces;
	}

	/** Which of them is searched now. */
	protected get searched(): number {
		return this.#searched;
	}

	/** @throws StudyError NO_TRIAL */
	trial(number: number): StudyTrial {
		return this.#own(number);
	}

	/** @throws StudyError DAMAGED when the event does not follow from the ones before it */
	apply(event: StudyEvent): void {
		this.#applied(event);
		this.#summary = summaryAfter(this.#summary, event, this.definition.directions[0]!);
	}

	#applied(event: StudyEvent): void {
		switch (event.type) {
			case 'space':
				this.#spaces.push(event.space);
				return;
			case 'ask':
				return this.#begin(event);
			case 'report':
				return this.#report(event);
			case 'tell':
				return this.#end(event);
			case 'add':
				return this.#add(event);
			case 'restart':
				return this.#restart(event);
			case 'plan':
				return;
			case 'note':
				if (event.trial === null) this.#note = event.text;
				else this.#change(event.trial, { note: event.text });
				return;
			case 'tags':
				this.#change(event.trial, { tags: event.tags });
				return;
		}
		event satisfies never;
	}

	#begin({ trial, space, inputs, at, by }: EventOf<'ask'>): void {
		const fields = { inputs, start: at, writer: by ?? null };
		this.#push({ number: trial, space: this.#space(space, inputs), ...fields });
	}

	#add(event: EventOf<'add'>): void {
		const { trial, space, inputs, state, values, intermediate, rungs, start, end, origin, reason } =
			event;
		this.#push({
			number: trial,
			space: this.#space(space, inputs),
			inputs,
			state,
			values,
			intermediate: new Map(intermediate),
			rungs: rungs ?? [],
			start,
			end,
			origin,
			reason,
		});
	}

	#push(trial: Pick<OwnTrial, 'number' | 'space' | 'inputs'> & Partial<OwnTrial>): void {
		if (trial.number !== this.#trials.length)
			throw new StudyError('DAMAGED', `Trial ${trial.number} does not follow the one before it.`);
		const made: OwnTrial = {
			state: 'RUNNING',
			values: null,
			intermediate: new Map(),
			start: null,
			end: null,
			rungs: [],
			origin: 'search',
			generation: this.#summary.generation,
			writer: null,
			reason: null,
			prune: false,
			note: '',
			tags: [],
			...trial,
		};
		this.#trials.push(made);
		if (this.#current !== this.#trials) this.#current.push(made);
	}

	#report({ trial: number, step, value, prune, rungs, memory }: EventOf<'report'>): void {
		const trial = this.#running(number);
		trial.intermediate.set(step, value);
		trial.prune = prune;
		if (rungs) trial.rungs = [...trial.rungs, ...rungs];
		if (memory) this.#memory = { ...this.#memory, ...definedOnly(memory) };
	}

	#end({ trial: number, state, values, at, reason }: EventOf<'tell'>): void {
		this.#running(number);
		this.#change(number, { state, values, end: at, reason });
	}

	#restart({ space, reason }: EventOf<'restart'>): void {
		if (!this.#spaces[space]) throw new StudyError('DAMAGED', 'A restart names an unknown space.');
		this.#searched = space;
		this.#restarted = reason;
		this.#memory = {};
		this.#current = [];
	}

	/** Trials are replaced, so that whoever holds one sees it as it was. */
	#change(number: number, changes: Partial<OwnTrial>): void {
		const before = this.#own(number);
		const after = { ...before, ...changes };
		this.#trials[number] = after;
		if (this.#current !== this.#trials) {
			const place = this.#current.indexOf(before);
			if (place >= 0) this.#current[place] = after;
		}
	}

	#space(place: number, inputs: readonly number[]): Space {
		const space = this.#spaces[place];
		if (!space || space.length !== inputs.length)
			throw new StudyError('DAMAGED', 'A trial does not fit the space that it names.');
		return space;
	}

	#own(number: number): OwnTrial {
		const trial = this.#trials[number];
		if (!trial) throw new StudyError('NO_TRIAL', `This study has no trial ${number}.`);
		return trial;
	}

	/** @throws StudyError NO_TRIAL, NOT_RUNNING */
	protected running(number: number): StudyTrial {
		return this.#running(number);
	}

	#running(number: number): OwnTrial {
		const trial = this.#own(number);
		if (trial.state !== 'RUNNING')
			throw new StudyError('NOT_RUNNING', `Trial ${number} is over: it is ${trial.state}.`);
		return trial;
	}
}

function definedOnly(memory: {
	minResource?: number | undefined;
	maxResource?: number | undefined;
}): PrunerMemory {
	const { minResource, maxResource } = memory;
	return {
		...(minResource === undefined ? {} : { minResource }),
		...(maxResource === undefined ? {} : { maxResource }),
	};
}
