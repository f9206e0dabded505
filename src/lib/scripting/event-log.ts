/** Events that scripts loop over: all from the first on, for each loop anew, until there are no more. */

export class EventLog<Event> implements AsyncIterable<Event> {
	readonly #events: Event[] = [];
	#waiting: (() => void)[] = [];
	#over = false;
	#error: unknown;

	push(event: Event): void {
		this.#events.push(event);
		this.#wake();
	}

	/** @param error that loops throw after the last event */
	end(error?: unknown): void {
		this.#over = true;
		this.#error = error;
		this.#wake();
	}

	async *[Symbol.asyncIterator](): AsyncGenerator<Event> {
		for (let next = 0; ; next++) {
			while (next >= this.#events.length) {
				if (this.#error !== undefined) throw this.#error;
				if (this.#over) return;
				await new Promise<void>((resolve) => this.#waiting.push(resolve));
			}
			yield this.#events[next]!;
		}
	}

	#wake(): void {
		for (const resolve of this.#waiting.splice(0)) resolve();
	}
}
