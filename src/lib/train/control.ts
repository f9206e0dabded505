/**
 * How a trial is paused, stepped, resumed and stopped from outside. The trial looks here between two
 * steps and nowhere else, so nothing is interrupted in the middle of one.
 */

/** Thrown between two steps to leave a net's `learn` when the trial was stopped. */
export class TrialStopped extends Error {
	override readonly name = 'TrialStopped';

	constructor() {
		super('The trial was stopped.');
	}
}

/** One trial's switch. */
export class TrialControl {
	#paused = false;
	#stopped = false;
	/** steps that a paused trial may still take */
	#steps = 0;
	#wake: () => void = () => undefined;

	get paused(): boolean {
		return this.#paused && this.#steps === 0;
	}

	get stopped(): boolean {
		return this.#stopped;
	}

	pause(): void {
		this.#paused = true;
		this.#steps = 0;
	}

	resume(): void {
		this.#paused = false;
		this.#wake();
	}

	/** One step more, then it is paused again. */
	step(): void {
		this.#paused = true;
		this.#steps = 1;
		this.#wake();
	}

	/** Ends the trial before its next step; also a paused one. */
	stop(): void {
		this.#stopped = true;
		this.#wake();
	}

	/** Called by the trial as it begins a step. */
	takeStep(): void {
		if (this.#steps > 0) this.#steps--;
	}

	/** Resolves when the trial may go on, or is to stop. */
	async released(): Promise<void> {
		while (this.paused && !this.#stopped)
			await new Promise<void>((resolve) => {
				this.#wake = resolve;
			});
	}
}
