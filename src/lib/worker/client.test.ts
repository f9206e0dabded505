import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { createWorkerClient } from './client';
import { serve } from './rpc';
import { FakeWorker } from './testing';

type Requests = { add: { params: { a: number; b: number }; result: number } };

function setUp() {
	const workers: FakeWorker[] = [];
	const client = createWorkerClient<Requests, never>(
		() => {
			const worker = new FakeWorker((scope) => {
				serve<Requests>(scope, {
					add: {
						params: v.strictObject({ a: v.number(), b: v.number() }),
						run: ({ a, b }) => (b === 0 ? new Promise(() => undefined) : a + b),
					},
				});
			});
			workers.push(worker);
			return worker;
		},
		{ results: { add: v.number() }, event: v.never() },
		'The test has closed it.',
	);
	return { client, workers };
}

describe('createWorkerClient', () => {
	it('starts a worker at the first request, and one only', async () => {
		const { client, workers } = setUp();
		expect(workers).toHaveLength(0);
		const sums = [client.call('add', { a: 1, b: 2 }), client.call('add', { a: 3, b: 4 })];
		expect(await Promise.all(sums)).toEqual([3, 7]);
		expect(workers).toHaveLength(1);
	});

	it('rejects what a worker that dies has not answered, and starts another for the next', async () => {
		const { client, workers } = setUp();
		const pending = client.call('add', { a: 1, b: 0 });
		workers[0]!.die();
		await expect(pending).rejects.toMatchObject({ code: 'WORKER_DIED' });
		expect(await client.call('add', { a: 1, b: 1 })).toBe(2);
		expect(workers).toHaveLength(2);
	});

	it('closes with its own words, ends the worker, and can be used again', async () => {
		const { client, workers } = setUp();
		const pending = client.call('add', { a: 1, b: 0 });
		client.close();
		await expect(pending).rejects.toMatchObject({
			...{ code: 'WORKER_CLOSED', message: 'The test has closed it.' },
		});
		expect(workers[0]!.terminated).toBe(true);
		expect(await client.call('add', { a: 2, b: 2 })).toBe(4);
	});
});
