/**
 * Measurements of trials, one at a time: a form asks anew at every change, and the worker computes one
 * thing. A newer question ends the older one; a step that takes too long is ended with its worker.
 */
import { abortError, isAbort } from '../worker/rpc-error';
import type { BackendChoice } from '../nn/backend';
import type { TrainClient } from './client';
import type { TrialConfig } from './config';
import type { Measurement } from './protocol';

/** ms that a measurement may take to end its step */
const PATIENCE = 2_000;

type Measurer = Pick<TrainClient, 'measure' | 'kill'>;

export class Measuring {
	readonly #client: () => Measurer;
	readonly #patience: number;
	/** questions so far, and words that no more are wanted */
	#asked = 0;
	#current: { readonly stop: AbortController; readonly answered: Promise<void> } | undefined;

	constructor(client: () => Measurer, patience = PATIENCE) {
		this.#client = client;
		this.#patience = patience;
	}

	/** @throws AbortError when a newer question, or the end, came meanwhile; else as `measure` */
	async ask(config: TrialConfig, backend: BackendChoice): Promise<Measurement> {
		const asked = ++this.#asked;
		await this.#stop();
		if (asked !== this.#asked) throw abortError();
		const stop = new AbortController();
		let answered: () => void = () => undefined;
		this.#current = { stop, answered: new Promise((resolve) => (answered = resolve)) };
		try {
			const options = { signal: stop.signal, onAnswered: answered };
			return await this.#client().measure(config, backend, options);
		} catch (thrown) {
			// An aborted one computes on until it answers.
			if (!isAbort(thrown)) answered();
			throw thrown;
		}
	}

	/** Resolves when nothing is measured and nothing waits for it. */
	async end(): Promise<void> {
		this.#asked++;
		await this.#stop();
	}

	async #stop(): Promise<void> {
		const current = this.#current;
		if (!current) return;
		current.stop.abort();
		let timer: ReturnType<typeof setTimeout> | undefined;
		const late = new Promise<'late'>((resolve) => {
			timer = setTimeout(() => resolve('late'), this.#patience);
		});
		if ((await Promise.race([current.answered, late])) === 'late') this.#client().kill();
		clearTimeout(timer);
		if (this.#current === current) this.#current = undefined;
	}
}
