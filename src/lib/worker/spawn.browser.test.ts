import * as v from 'valibot';
import { afterEach, describe, expect, test } from 'vitest';
import { echoResults, type Echo } from './echo';
import workerUrl from './echo.worker.ts?worker&url';
import { connect, type RpcError } from './rpc';
import { spawn, type SpawnedWorker } from './spawn';

let worker: SpawnedWorker | undefined;
afterEach(() => worker?.terminate());

function start(url: string) {
	const spawned = spawn(url);
	worker = spawned;
	return {
		spawned,
		page: connect<Echo, never>(spawned, { results: echoResults, event: v.never() }),
	};
}

describe('spawn(moduleUrl) in a browser', () => {
	test('a worker from a blob answers, with typed arrays', async () => {
		const { page } = start(workerUrl);
		expect(await page.call('location', {})).toMatch(/^blob:/);
		const values = await page.call('echo', { values: Float64Array.of(1, 2) });
		expect(values).toEqual(Float64Array.of(2, 4));
	});

	test('a worker that throws outside a request is dead', async () => {
		const { page, spawned } = start(workerUrl);
		const death = new Promise<RpcError>((resolve) => spawned.onDead(resolve));
		await page.call('die', {});
		expect((await death).code).toBe('WORKER_DIED');
	});

	test('a worker whose script is missing is dead', async () => {
		const { spawned } = start('/no-such-worker.js');
		const death = new Promise<RpcError>((resolve) => spawned.onDead(resolve));
		expect((await death).message).toContain('its script did not load');
	});

	test('another origin is refused', () => {
		expect(() => spawn('https://elsewhere.example/worker.js')).toThrow('not on this site');
	});
});
