/** The run whose drawer is open, as the table needs to know it: which trial, and where in the list. */

class OpenRun {
	/** index of the trial; undefined while none is open or it is being looked for */
	trial = $state<number>();
	#listener: (position: number) => void = () => undefined;

	/** Calls back with the open run's position in the current list whenever it is found there. */
	follow(listener: (position: number) => void): () => void {
		this.#listener = listener;
		return () => (this.#listener = () => undefined);
	}

	/** @param position of the trial in the current list, -1 where the filter leaves it out */
	show(trial: number | undefined, position: number): void {
		this.trial = trial;
		if (position >= 0) this.#listener(position);
	}
}

export const openRun = new OpenRun();
