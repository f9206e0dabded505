/** Stand-ins for workers in Node tests: a real message channel, and a worker that can be killed. */
import type { Port } from './rpc';
import { RpcError } from './rpc-error';
import type { SpawnedWorker } from './spawn';

/** Two ends of a real channel: messages are cloned and buffers are moved as between threads. */
export function portPair(): { page: Port; worker: Port; close(): void } {
	const { port1, port2 } = new MessageChannel();
	port1.start();
	port2.start();
	return {
		page: port1,
		worker: port2,
		close() {
			port1.close();
			port2.close();
		},
	};
}

/** A `SpawnedWorker` whose inside runs in this thread. */
export class FakeWorker implements SpawnedWorker {
	readonly #pair = portPair();
	readonly #listeners = new Set<(reason: RpcError) => void>();
	terminated = false;

	/** @param start what the worker's module does with its scope */
	constructor(start: (scope: Port) => void) {
		start(this.#pair.worker);
	}

	postMessage(message: unknown, transfer: Transferable[]): void {
		this.#pair.page.postMessage(message, transfer);
	}

	addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void {
		this.#pair.page.addEventListener(type, listener);
	}

	removeEventListener(type: 'message', listener: (event: { data: unknown }) => void): void {
		this.#pair.page.removeEventListener(type, listener);
	}

	terminate(): void {
		this.terminated = true;
		this.#pair.close();
	}

	onDead(listener: (reason: RpcError) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	/** The worker stops as if it had thrown at its top level. */
	die(): void {
		this.terminate();
		const reason = new RpcError('WORKER_DIED', 'The worker stopped: killed by a test.');
		for (const listener of [...this.#listeners]) listener(reason);
	}
}
