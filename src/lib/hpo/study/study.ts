/**
 * A study in memory: the state that its events add up to, and the events that asking, reporting and
 * telling would add. It changes by `apply` alone, so what was stored can be replayed to the same
 * state, and with it to the same suggestions. It stores nothing (`stored-study.ts`) and runs nothing
 * (`runner.ts`).
 */
import { makePruner } from '../pruners/registry';
import type { Pruner } from '../pruners/pruner';
import { makeSampler } from '../samplers/registry';
import type { Sampler } from '../samplers/sampler';
import { inputsOf, paramsOf, sameSpace, type Params, type Space } from '../space';
import { lastStep, type Trial } from '../trial';
import type { StudyDefinition } from './definition';
import type { EventOf, StudyEvent } from './events';
import { StudyError } from './study-error';
import { StudyState, type StudyTrial } from './study-state';

export type { StudyTrial } from './study-state';

/** How a trial ended: a value, several, or one of the other ends. */
export type Outcome =
	| number
	| readonly number[]
	| { readonly state: 'COMPLETE'; readonly values: readonly number[]; readonly reason?: string }
	| { readonly state: 'PRUNED'; readonly reason?: string }
	| { readonly state: 'FAIL'; readonly reason?: string };

export class Study extends StudyState {
	readonly #sampler: Sampler;
	readonly #pruner: Pruner;

	/** @throws StudyError DAMAGED when an event does not follow from the ones before it */
	constructor(definition: StudyDefinition, events: Iterable<StudyEvent> = []) {
		super(definition, events);
		this.#sampler = makeSampler(definition.sampler);
		this.#pruner = makePruner(definition.pruner);
	}

	/** The first of the best COMPLETE trials that were run here; null while there is none. */
	get best(): StudyTrial | null {
		const { best } = this.summary;
		return best === null ? null : this.trial(best.trial);
	}

	/** @returns a trial's values by name */
	params(number: number): Params {
		const { space, inputs } = this.trial(number);
		return paramsOf(space, inputs);
	}

	/**
	 * @returns the event that would begin the next trial, with the sampler's suggestion
	 * @param fixed values to try instead
	 * @throws StudyError EXHAUSTED when a grid has no point left; SpaceError when `fixed` does not fit
	 */
	asked(at: number, fixed?: Params): EventOf<'ask'> {
		const { space } = this;
		const trial = this.trials.length;
		const capacity = this.#sampler.capacity?.(space) ?? Infinity;
		if (fixed === undefined && capacity < Infinity && this.#tried() >= capacity)
			throw new StudyError(
				'EXHAUSTED',
				`All ${capacity.toLocaleString('en')} points of the grid have been tried.`,
			);
		const inputs = fixed === undefined ? this.#suggestion(space, trial) : inputsOf(space, fixed);
		return { type: 'ask', at, trial, space: this.searched, inputs };
	}

	#tried(): number {
		return this.currentTrials.filter(({ origin }) => origin === 'search').length;
	}

	#suggestion(space: Space, trial: number): number[] {
		const { directions, seed, name } = this.definition;
		const all = { directions, trials: this.currentTrials };
		const history = this.#pruner.visible?.(all, trial, name, this.memory) ?? all;
		return this.#sampler.suggest({ history, space, trial, seed });
	}

	/**
	 * @returns the event that a report would add, with the pruner's verdict; null when the step was
	 * reported before (the first value stays, as in Optuna)
	 * @throws StudyError NO_TRIAL, NOT_RUNNING
	 */
	reported(number: number, step: number, value: number, at: number): EventOf<'report'> | null {
		const trial = this.running(number);
		if (!Number.isSafeInteger(step) || step < 0)
			throw new RangeError(`A step is a whole number from 0, not ${step}.`);
		if (trial.intermediate.has(step)) return null;
		const { directions, name } = this.definition;
		const judged = { ...trial, intermediate: new Map(trial.intermediate).set(step, value) };
		const verdict = this.#pruner.judge({
			history: { directions, trials: this.currentTrials },
			trial: judged,
			memory: this.memory,
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
		const trial = this.running(number);
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
		const known = this.spaces.findIndex((other) => sameSpace(other, space));
		if (known >= 0) return { place: known, event: null };
		return { place: this.spaces.length, event: { type: 'space', space } };
	}
}

/** A trial that was stopped counts with its last report, unless that is no number. */
function lastValue(trial: Trial): number[] | null {
	const step = lastStep(trial);
	const value = step === null ? NaN : trial.intermediate.get(step)!;
	return Number.isNaN(value) ? null : [value];
}
