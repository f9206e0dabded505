/**
 * Runs a study: asks, lets the objective work, tells, until the planned trials are done. It may be
 * paused, stopped or held up; what happens is in the study's events. It draws nothing and knows no page.
 */
import {
	defaultPolicy,
	HeldUp,
	type Decision,
	type Objective,
	type TrialContext,
} from '../objective/objective';
import { streamOf } from '../random';
import type { Space } from '../space';
import type { StoredStudy } from './stored-study';
import type { Outcome } from './study';
import { StudyError } from './study-error';

/** Why a run of a study has come to an end. */
export type RunEnd =
	| { readonly kind: 'done' }
	| { readonly kind: 'paused' }
	| { readonly kind: 'stopped' }
	/** the sampler has no suggestion left, or the failures were too many */
	| { readonly kind: 'gave-up'; readonly reason: string }
	/** nothing can be run now; nothing is lost, and it can be gone on with later */
	| { readonly kind: 'held-up'; readonly reason: string };

export interface RunnerOptions {
	/** trials at the same time; default 1 */
	readonly parallel?: number;
}

/** The trial is left as it is, to be gone on with. */
class Paused extends Error {
	override readonly name = 'AbortError';
}

const STOPPED = 'Stopped before its end.';
const INTERRUPTED = 'Interrupted: the page was closed or reloaded.';

export class StudyRunner {
	readonly #study: StoredStudy;
	readonly #objective: Objective;
	readonly #parallel: number;
	readonly #running = new Map<number, AbortController>();
	#paused = false;
	#stopped = false;
	#holding: { promise: Promise<void>; release: () => void } | null = null;
	#end: RunEnd | null = null;
	/** a restart waits for the trials that still run, and no new one begins meanwhile */
	#restart: Extract<Decision, { then: 'restart' }> | null = null;

	constructor(study: StoredStudy, objective: Objective, options: RunnerOptions = {}) {
		this.#study = study;
		this.#objective = objective;
		const asked = Math.max(1, options.parallel ?? 1);
		this.#parallel = Math.min(asked, objective.parallel ?? asked);
	}

	/** Runs until the plan is done, or something ends it earlier. Call once. */
	async run(): Promise<RunEnd> {
		await this.#adoptInterrupted();
		do {
			if (this.#restart) await this.#beginAnew(this.#restart);
			await Promise.all(Array.from({ length: this.#parallel }, () => this.#lane()));
		} while (this.#restart && !this.#stopped);
		return this.#end ?? { kind: this.#stopped ? 'stopped' : this.#paused ? 'paused' : 'done' };
	}

	/**
	 * Begins no new trial. Those that run come to their end, or, where the objective can go on with them
	 * later, are left in their middle.
	 */
	pause(): void {
		this.#paused = true;
		this.release();
		if (this.#objective.resumable) this.#abort(new Paused());
	}

	/** Ends the running trials too: they FAIL, saying so. */
	stop(): void {
		this.#stopped = true;
		this.release();
		this.#abort(new DOMException(STOPPED, 'AbortError'));
	}

	#abort(reason: Error): void {
		for (const controller of this.#running.values()) controller.abort(reason);
	}

	/** Begins no new trial until `release`: the laptop is unplugged, the tab is hidden. */
	hold(): void {
		if (this.#holding) return;
		let release = () => {};
		const promise = new Promise<void>((resolve) => (release = resolve));
		this.#holding = { promise, release };
	}

	release(): void {
		this.#holding?.release();
		this.#holding = null;
	}

	/** Trials of a page that is gone: taken up again where the objective can, else failed. */
	async #adoptInterrupted(): Promise<void> {
		for (const number of await this.#study.interrupted()) {
			if (!this.#objective.resumable) {
				await this.#study.tell(number, { state: 'FAIL', reason: INTERRUPTED });
				continue;
			}
			if (await this.#mayBegin()) await this.#runTrial(number, true);
		}
	}

	async #mayBegin(): Promise<boolean> {
		await this.#holding?.promise;
		return !this.#isOver() && (await this.#isReady()) && !this.#isOver();
	}

	async #isReady(): Promise<boolean> {
		try {
			await this.#objective.ready?.();
			return true;
		} catch (error) {
			if (!(error instanceof HeldUp)) throw error;
			this.#end ??= { kind: 'held-up', reason: error.message };
			return false;
		}
	}

	/** One trial after the other. When the store fails, the other lanes end after their trials. */
	async #lane(): Promise<void> {
		try {
			await this.#trials();
		} catch (error) {
			this.#paused = true;
			throw error;
		}
	}

	async #trials(): Promise<void> {
		for (;;) {
			if (!(await this.#mayBegin()) || !this.#isMoreToDo()) return;
			const asked = await this.#ask();
			if (asked === null) return;
			await this.#runTrial(asked, false);
		}
	}

	#isOver(): boolean {
		return this.#paused || this.#stopped || this.#end !== null || this.#restart !== null;
	}

	#isMoreToDo(): boolean {
		const { done, planned, counts } = this.#study.study.summary;
		return done + counts.RUNNING < planned;
	}

	/** Null when there is nothing left to suggest. */
	async #ask(): Promise<number | null> {
		try {
			return (await this.#study.ask()).number;
		} catch (error) {
			if (!(error instanceof StudyError) || error.code !== 'EXHAUSTED') throw error;
			this.#end ??= { kind: 'gave-up', reason: error.message };
			return null;
		}
	}

	async #runTrial(number: number, resumed: boolean): Promise<void> {
		const controller = new AbortController();
		this.#running.set(number, controller);
		try {
			const params = this.#study.study.params(number);
			const outcome = await this.#objective.run(params, this.#context(number, controller, resumed));
			await this.#study.tell(number, outcome);
		} catch (error) {
			if (error instanceof StudyError || isStoreError(error)) throw error;
			if (error instanceof HeldUp) this.#end ??= { kind: 'held-up', reason: error.message };
			if (error instanceof HeldUp || controller.signal.reason instanceof Paused) return;
			await this.#failed(number, error, controller.signal);
		} finally {
			this.#running.delete(number);
		}
	}

	#context(number: number, { signal }: AbortController, resumed: boolean): TrialContext {
		const { id, study } = this.#study;
		return {
			trial: number,
			key: `${id}/${number}`,
			seed: Math.floor(streamOf(study.definition.seed, number, 'objective')() * 2 ** 32),
			signal,
			resumed,
			report: (step, value) => this.#study.report(number, step, value),
		};
	}

	async #failed(number: number, error: unknown, signal: AbortSignal): Promise<void> {
		if (signal.aborted) {
			const outcome: Outcome = { state: 'FAIL', reason: STOPPED };
			return void (await this.#study.tell(number, outcome));
		}
		const policy = this.#objective.policy ?? defaultPolicy;
		const decision = policy.decide(error, this.#study.study, number);
		await this.#study.tell(number, decision.outcome);
		if (decision.then === 'give-up') this.#end ??= { kind: 'gave-up', reason: decision.reason };
		if (decision.then === 'restart') this.#restart ??= decision;
	}

	async #beginAnew({ space, reason }: { space: Space; reason: string }): Promise<void> {
		this.#restart = null;
		await this.#study.restart(space, reason);
	}
}

/** By name: the store's errors are ours to report, not the objective's failure. */
function isStoreError(error: unknown): boolean {
	return error instanceof Error && error.name === 'StoreError';
}
