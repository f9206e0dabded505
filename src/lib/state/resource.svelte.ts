/**
 * One panel's data: what it shows, what it waits for and what went wrong. Every panel of the site is
 * in one of six states, and this is the only place that decides which.
 */
import { isAbort } from '../worker/rpc-error';

export type PanelStatus = 'loading' | 'partial' | 'ready' | 'empty' | 'error' | 'stale';

/** What a panel says about a failure. */
export interface PanelError {
	readonly code: string;
	readonly message: string;
}

/** @returns code and sentence of anything that was thrown */
export function panelError(thrown: unknown): PanelError {
	if (thrown instanceof Error) {
		const code = 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : thrown.name;
		return { code, message: thrown.message };
	}
	return { code: 'UNKNOWN', message: String(thrown) };
}

/** A value that is loaded again and again; the newest call wins, the old value stays until then. */
export class Resource<T> {
	value = $state.raw<T>();
	error = $state.raw<PanelError>();
	pending = $state(false);
	#turn = 0;
	readonly #isEmpty: (value: T) => boolean;

	constructor(isEmpty: (value: T) => boolean = () => false) {
		this.#isEmpty = isEmpty;
	}

	/** 'empty' is never said before an answer is there. */
	readonly status: PanelStatus = $derived.by(() => {
		if (this.error) return 'error';
		if (this.value === undefined) return 'loading';
		if (this.pending) return 'stale';
		return this.#isEmpty(this.value) ? 'empty' : 'ready';
	});

	/** Runs `load`; its answer is kept only if no later call has begun. */
	async load(load: () => Promise<T>): Promise<void> {
		const turn = ++this.#turn;
		this.pending = true;
		try {
			const value = await load();
			if (turn !== this.#turn) return;
			this.value = value;
			this.error = undefined;
			this.pending = false;
		} catch (thrown) {
			if (turn !== this.#turn) return;
			this.pending = false;
			if (!isAbort(thrown)) this.error = panelError(thrown);
		}
	}
}
