import { describe, expect, test } from 'vitest';
import { spawn } from './spawn';

/** As much of a browser's Worker as `spawn` uses. */
class StubWorker extends EventTarget {
	terminations = 0;
	posted: unknown[] = [];
	postMessage(message: unknown): void {
		this.posted.push(message);
	}
	terminate(): void {
		this.terminations++;
	}
}

function spawned(base = 'https://lemur.example/sub/explore/') {
	const stub = new StubWorker();
	const made: { url: string; options: WorkerOptions }[] = [];
	const worker = spawn('../_app/immutable/workers/worker-1.js', {
		base,
		name: 'data',
		create: (url, options) => {
			made.push({ url, options });
			return stub as unknown as Worker;
		},
	});
	return { stub, made, worker };
}

describe('spawn(moduleUrl)', () => {
	test('starts a module worker from a blob that imports the absolute URL', async () => {
		const { made } = spawned();
		expect(made[0]?.options).toEqual({ type: 'module', name: 'data' });
		expect(made[0]?.url).toMatch(/^blob:/);
		const text = await (await fetch(made[0]?.url ?? '')).text();
		expect(text).toBe('import "https://lemur.example/sub/_app/immutable/workers/worker-1.js";');
	});

	test('frees the blob after the first message', async () => {
		const { stub, made } = spawned();
		stub.dispatchEvent(new MessageEvent('message', { data: 1 }));
		await expect(fetch(made[0]?.url ?? '')).rejects.toThrow();
	});

	test('reports a death once, and ends the worker', () => {
		const { stub, worker } = spawned();
		const reasons: string[] = [];
		worker.onDead((reason) => reasons.push(reason.code));
		stub.dispatchEvent(new Event('error'));
		stub.dispatchEvent(new Event('messageerror'));
		expect(reasons).toEqual(['WORKER_DIED']);
		expect(stub.terminations).toBe(1);
	});

	test('an unreadable message is a death, a termination is not', () => {
		const first = spawned();
		const reasons: string[] = [];
		first.worker.onDead((reason) => reasons.push(reason.message));
		first.stub.dispatchEvent(new Event('messageerror'));
		const second = spawned();
		second.worker.onDead((reason) => reasons.push(reason.message));
		second.worker.terminate();
		second.stub.dispatchEvent(new Event('error'));
		expect(reasons).toEqual(['The worker sent a message that cannot be read.']);
	});
});
