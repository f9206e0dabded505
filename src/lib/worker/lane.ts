/**
 * Newest wins: a lane has at most one request at the worker and one waiting. A newer request replaces
 * the waiting one, which is never sent, so fast clicks and scrolling cannot pile work up.
 */
import { abortError } from './rpc-error';

/** Sends a request; `answered` must be called when the worker is done with it, also after an abort. */
export type Send<Result> = (signal: AbortSignal, answered: () => void) => Promise<Result>;

/**
 * @returns a function that runs requests in this lane. The promise of a request that a newer one
 * replaced rejects at once with an `AbortError`.
 */
export function createLane(): <Result>(
	send: Send<Result>,
	signal?: AbortSignal,
) => Promise<Result> {
	let busy = false;
	let waiting: (() => void) | undefined;
	let current: AbortController | undefined;

	function next(): void {
		busy = false;
		const start = waiting;
		waiting = undefined;
		start?.();
	}

	return (send, signal) => {
		current?.abort(abortError());
		const controller = new AbortController();
		current = controller;
		if (signal?.aborted) controller.abort(abortError());
		signal?.addEventListener('abort', () => controller.abort(abortError()), { once: true });

		return new Promise((resolve, reject) => {
			if (controller.signal.aborted) return reject(abortError());
			controller.signal.addEventListener('abort', () => reject(abortError()), { once: true });
			const start = () => {
				if (controller.signal.aborted) return;
				busy = true;
				send(controller.signal, next).then(resolve, reject);
			};
			if (busy) waiting = start;
			else start();
		});
	};
}
