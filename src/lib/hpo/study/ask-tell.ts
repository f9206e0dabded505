/** Optuna's ask-and-tell over a study that is kept in memory: for scripts, replays and tests. */
import type { Params } from '../space';
import { defineStudy, type StudyDefinition, type StudyDefinitionInput } from './definition';
import type { StudyEvent } from './events';
import { Study, type Outcome, type StudyTrial } from './study';

/** A trial that was asked for. */
export interface AskedTrial {
	readonly number: number;
	readonly params: Params;
}

/** Everything at once, nothing awaited; `stored-study.ts` is the same for studies that last. */
export class AskTell {
	readonly study: Study;
	readonly #now: () => number;
	readonly #events: StudyEvent[] = [];

	/** @param now ms since 1970 */
	constructor(definition: StudyDefinition, now: () => number = Date.now) {
		this.study = new Study(definition);
		this.#now = now;
	}

	/** All that has happened; a study made of them is equal to this one. */
	get events(): readonly StudyEvent[] {
		return this.#events;
	}

	/** @throws StudyError EXHAUSTED; SpaceError when fixed values do not fit */
	ask(fixed?: Params): AskedTrial {
		const event = this.study.asked(this.#now(), fixed);
		this.apply(event);
		return { number: event.trial, params: this.study.params(event.trial) };
	}

	/**
	 * @returns whether the pruner says to stop the trial
	 * @throws StudyError NO_TRIAL, NOT_RUNNING
	 */
	report(trial: number, step: number, value: number): boolean {
		const event = this.study.reported(trial, step, value, this.#now());
		if (event) this.apply(event);
		return this.study.trial(trial).prune;
	}

	/** @throws StudyError NO_TRIAL, NOT_RUNNING */
	tell(trial: number, outcome: Outcome): StudyTrial {
		this.apply(this.study.told(trial, outcome, this.#now()));
		return this.study.trial(trial);
	}

	/** Adds any event, such as a restart or an observation from elsewhere. */
	apply(event: StudyEvent): void {
		this.study.apply(event);
		this.#events.push(event);
	}
}

/**
 * @example const study = createStudy({ name: 'lr', directions: ['maximize'], space: [...], … });
 * const { number, params } = study.ask();
 * study.tell(number, await accuracyOf(params));
 * @throws DefinitionError
 */
export function createStudy(input: StudyDefinitionInput, now: () => number = Date.now): AskTell {
	return new AskTell(defineStudy(input), now);
}
