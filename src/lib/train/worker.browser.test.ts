/** Training in real workers, on the browser's own adapter, database and files, with bad luck. */
import { deleteDB } from 'idb';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { SCHEMA } from '../store/collections';
import { opfsFolder } from '../store/opfs';
import { RESERVE_BYTES } from '../store/reserve';
import { storeName } from '../store/store';
import { spawn } from '../worker/spawn';
import { createTrainClient, type TrainClient } from './client';
import { locksBy } from './locks';
import type { TrainEvent } from './protocol';
import { tinyConfig } from './testing';
import workerUrl from './unlucky.worker.ts?worker&url';

const base = '/unlucky';
const store = storeName(base, SCHEMA);
/** A software adapter on a busy machine compiles for a while. */
const PATIENCE = { timeout: 240_000 };

/** Nothing here is a matter of time. */
const SOON = { timeout: 60_000 };

const clients: TrainClient[] = [];

/** @param destroyAt for each worker in turn: steps after which it destroys its device */
function world(destroyAt: readonly string[] = []) {
	const events: TrainEvent[] = [];
	let workers = 0;
	let silent = () => {};
	const client = createTrainClient({
		...{ base, store, siteRoot: `${location.origin}/`, locks: locksBy() },
		spawn: () => spawn(`${workerUrl}#${destroyAt[workers++] ?? ''}`),
		heartbeat: { interval: 200, allowed: 5 },
		onSilent: () => silent(),
	});
	clients.push(client);
	const train = (
		change: Partial<typeof tinyConfig> & { run?: string; backend?: 'cpu' | 'webgpu' } = {},
	) => {
		const { run, backend = 'cpu', ...config } = change;
		const params = { config: { ...tinyConfig, ...config }, backend, ...(run ? { run } : {}) };
		return client.train(params, (event) => events.push(event));
	};
	const untilSilent = () => new Promise<void>((resolve) => (silent = resolve));
	return { client, events, train, untilSilent, workers: () => workers };
}

const lossesOf = (events: readonly TrainEvent[]) => {
	const losses = new Map<string, number>();
	for (const event of events)
		if (event.kind === 'steps')
			for (const [i, loss] of event.losses.entries())
				losses.set(`${event.epoch}/${event.step - event.losses.length + i}`, loss);
	return losses;
};

afterEach(() => {
	for (const client of clients.splice(0)) client.close();
});

afterAll(async () => {
	await deleteDB(store);
	const root = await navigator.storage.getDirectory();
	await root.removeEntry(opfsFolder(store), { recursive: true });
});

describe('training in a real worker', PATIENCE, () => {
	it('a destroyed device three times: new device, new worker, the processor; the same curve', async () => {
		const calm = world();
		const whole = await calm.train();
		const { train, events, workers } = world(['5,11', '3']);
		const { outcome, history } = await train({ backend: 'webgpu' });
		expect(outcome.code).toBe('FINISHED');
		const ran = events.flatMap((event) => (event.kind === 'run' ? [event.backend.backend] : []));
		expect(ran).toEqual(['webgpu', 'webgpu', 'webgpu', 'cpu']);
		expect(workers()).toBe(3);
		expect(history.run.notes).toHaveLength(3);
		const expected = lossesOf(calm.events);
		const losses = lossesOf(events);
		expect([...losses.keys()].sort()).toEqual([...expected.keys()].sort());
		for (const [step, loss] of losses)
			expect(Math.abs(loss - expected.get(step)!), step).toBeLessThan(2e-3);
		expect(history.epochs).toHaveLength(whole.history.epochs.length);
	});

	it('a database that is deleted: the run comes back from the journal and goes on', async () => {
		const first = world();
		const { history } = await first.train({ seed: 11 });
		first.client.close();
		await deleteDB(store);
		const { client, train } = world();
		const { runs, problems } = await client.runs();
		expect(problems.join()).toMatch(/restored from the second copy/);
		expect(runs.find(({ run }) => run.id === history.run.id)).toEqual(history);
		const again = await train({ run: history.run.id });
		expect(again.outcome).toEqual(expect.objectContaining({ code: 'FINISHED' }));
		expect(again.history.epochs).toEqual(history.epochs);
	});

	it('room for the newest checkpoint is put aside where there is plenty', async () => {
		const { usage = 0, quota = 0 } = await navigator.storage.estimate();
		await world().train({ epochs: 1 });
		const root = await navigator.storage.getDirectory();
		const folder = await root.getDirectoryHandle(opfsFolder(store));
		const size = async () => {
			const handle = await folder.getFileHandle('reserve.bin').catch(() => undefined);
			return (await handle?.getFile())?.size ?? 0;
		};
		const expected = quota - usage > 12 * RESERVE_BYTES ? RESERVE_BYTES : 0;
		await expect.poll(size, SOON).toBe(expected);
	});

	it('a net that loops: it is noticed, ended with words, and the next trial runs', async () => {
		const { train, client, untilSilent } = world();
		const ended = expect(train({ nn: 'Loops' })).rejects.toMatchObject({
			code: 'TRAIN_KILLED',
			message: expect.stringContaining('It can be resumed from its last checkpoint'),
		});
		await untilSilent();
		client.kill();
		await ended;
		await expect.poll(async () => (await client.runs()).training, SOON).toEqual([]);
		expect((await train({ epochs: 1 })).outcome.code).toBe('FINISHED');
	});

	it('two tabs: the second is told to wait, sees who trains, and has its turn afterwards', async () => {
		const [first, second] = [world(), world()];
		const running = first.train({ epochs: 50 });
		await expect.poll(() => first.events.some(({ kind }) => kind === 'run'), SOON).toBe(true);
		await first.client.control('pause');
		await expect(second.train()).rejects.toMatchObject({
			code: 'TRAIN_BUSY',
			message: expect.stringContaining('Another tab'),
		});
		expect((await second.client.runs()).training).toHaveLength(1);
		await first.client.control('stop');
		expect((await running).outcome.code).toBe('STOPPED');
		expect((await second.train({ epochs: 1 })).outcome.code).toBe('FINISHED');
	});
});
