/**
 * A study in memory: the state that its events add up to, and the events that asking, reporting and
 * telling would add. It changes by `apply` alone, so what was stored can be replayed to the same
 * state, and with it to the same suggestions. It stores nothing (`stored-study.ts`) and runs nothing
 * (`runner.ts`).
 */
import { makePruner } from '../pruners/registry';
import type { JudgedTrial, Pruner, PrunerMemory } from '../pruners/pruner';
import { makeSampler } from '../samplers/registry';
import type { Sampler } from '../samplers/sampler';
import { inputsOf, paramsOf, sameSpace, type Params, type Space } from '../space';
import { lastStep, type Trial } from '../trial';
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

/** How a trial ended: a value, several, or one of the other ends. */
export type Outcome =
	| number
	| readonly number[]
	| { readonly state: 'COMPLETE'; readonly values: readonly number[]; readonly reason?: string }
	| { readonly state: 'PRUNED'; readonly reason?: string }
	| { readonly state: 'FAIL'; readonly reason?: string };

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };
type OwnTrial = Writable<Omit<StudyTrial, 'intermediate'>> & { intermediate: Map<number, number> };

export class Study {
	readonly definition: StudyDefinition;
	readonly #sampler: Sampler;
	readonly #pruner: Pruner;
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
		this.#sampler = makeSampler(definition.sampler);
		this.#pruner = makePruner(definition.pruner);
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

	/** The first of the best COMPLETE trials that were run here; null while there is none. */
	get best(): StudyTrial | null {
		const { best } = this.#summary;
		return best === null ? null : this.#own(best.trial);
	}

	/** @throws StudyError NO_TRIAL */
	trial(number: number): StudyTrial {
		return this.#own(number);
	}

	/** @returns a trial's values by name */
	params(number: number): Params {
		const { space, inputs } = this.#own(number);
		return paramsOf(space, inputs);
	}

	/**
	 * @returns the event that would begin the next trial, with the sampler's suggestion
	 * @param fixed values to try instead
	 * @throws StudyError EXHAUSTED when a grid has no point left; SpaceError when `fixed` does not fit
	 */
	asked(at: number, fixed?: Params): EventOf<'ask'> {
		const { space } = this;
		const trial = this.#trials.length;
		const capacity = this.#sampler.capacity?.(space) ?? Infinity;
		if (fixed === undefined && capacity < Infinity && this.#tried() >= capacity)
			throw new StudyError(
				'EXHAUSTED',
				`All ${capacity.toLocaleString('en')} points of the grid have been tried.`,
			);
		const inputs = fixed === undefined ? this.#suggestion(space, trial) : inputsOf(space, fixed);
		return { type: 'ask', at, trial, space: this.#searched, inputs };
	}

	#tried(): number {
		return this.#current.filter(({ origin }) => origin === 'search').length;
	}

	#suggestion(space: Space, trial: number): number[] {
		const { directions, seed, name } = this.definition;
		const all = { directions, trials: this.#current };
		const history = this.#pruner.visible?.(all, trial, name, this.#memory) ?? all;
		return this.#sampler.suggest({ history, space, trial, seed });
	}

	/**
	 * @returns the event that a report would add, with the pruner's verdict; null when the step was
	 * reported before (the first value stays, as in Optuna)
	 * @throws StudyError NO_TRIAL, NOT_RUNNING
	 */
	reported(number: number, step: number, value: number, at: number): EventOf<'report'> | null {
		const trial = this.#running(number);
		if (!Number.isSafeInteger(step) || step < 0)
			throw new RangeError(`A step is a whole number from 0, not ${step}.`);
		if (trial.intermediate.has(step)) return null;
		const { directions, name } = this.definition;
		const judged = { ...trial, intermediate: new Map(trial.intermediate).set(step, value) };
		const verdict = this.#pruner.judge({
			history: { directions, trials: this.#current },
			trial: judged,
			memory: this.#memory,
			study: name,
		});
		return {
			type: 'report',
			at,
			trial: number,
			step,
			value,
			prune: verdict.prune,
			...(verdict.rungs?.length ? { rungs: [...verdict.rungs] } : {}),
			...(verdict.memory ? { memory: verdict.memory } : {}),
		};
	}

	/**
	 * @returns the event that would end the trial. A value that is no number, or a wrong number of
	 * values, makes it FAIL with a reason
	 * @throws StudyError NO_TRIAL, NOT_RUNNING
	 */
	told(number: number, outcome: Outcome, at: number): EventOf<'tell'> {
		const trial = this.#running(number);
		const end = { type: 'tell', at, trial: number } as const;
		if (typeof outcome === 'number') return { ...end, ...this.#completed([outcome]) };
		if ('length' in outcome) return { ...end, ...this.#completed(outcome) };
		const reason = outcome.reason ?? null;
		if (outcome.state === 'COMPLETE') return { ...end, ...this.#completed(outcome.values, reason) };
		if (outcome.state === 'FAIL') return { ...end, state: 'FAIL', values: null, reason };
		return { ...end, state: 'PRUNED', values: lastValue(trial), reason };
	}

	#completed(
		values: readonly number[],
		reason: string | null = null,
	): Pick<EventOf<'tell'>, 'state' | 'values' | 'reason'> {
		const expected = this.definition.directions.length;
		const failed = (why: string) => ({ state: 'FAIL', values: null, reason: why }) as const;
		if (values.length !== expected)
			return failed(`The objective returned ${values.length} values, not ${expected}.`);
		if (values.some((value) => typeof value !== 'number' || Number.isNaN(value)))
			return failed('The objective’s value is not a number (NaN).');
		return { state: 'COMPLETE', values: [...values], reason };
	}

	/** @returns the number of a space, and the event that makes it known when it is new */
	placeOf(space: Space): { readonly place: number; readonly event: EventOf<'space'> | null } {
		const known = this.#spaces.findIndex((other) => sameSpace(other, space));
		if (known >= 0) return { place: known, event: null };
		return { place: this.#spaces.length, event: { type: 'space', space } };
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

	#running(number: number): OwnTrial {
		const trial = this.#own(number);
		if (trial.state !== 'RUNNING')
			throw new StudyError('NOT_RUNNING', `Trial ${number} is over: it is ${trial.state}.`);
		return trial;
	}
}

/** A trial that was stopped counts with its last report, unless that is no number. */
function lastValue(trial: Trial): number[] | null {
	const step = lastStep(trial);
	const value = step === null ? NaN : trial.intermediate.get(step)!;
	return Number.isNaN(value) ? null : [value];
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
