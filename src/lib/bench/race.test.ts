import { describe, expect, test } from 'vitest';
import { FakeWorker } from '../worker/testing';
import { race, type RaceProgress, type RaceSettings } from './race';
import { serveBench } from './serve';
import type { StrategyId } from './strategies';
import type { Strategy } from './strategy';
import { FakeDevice } from './testing';

const SETTINGS: RaceSettings = {
	models: [
		{ model: 'lenet', batch: 2 },
		{ model: 'resnet-8', batch: 2 },
	],
	strategies: ['ours', 'stock'],
	rounds: 3,
	steps: 2,
};

/** A worker for every library, with a device of its own; `order` notes whose round it is. */
function raceTrack(strategies: Partial<Record<StrategyId, (device: FakeDevice) => Strategy>>) {
	const workers: FakeWorker[] = [];
	const spawnWorker = () => {
		const device = new FakeDevice();
		const worker = new FakeWorker((scope) => {
			serveBench(scope, {
				count: device.count,
				now: device.now,
				load: (id) => {
					const make = strategies[id];
					if (!make) throw new Error(`${id} is not here.`);
					return Promise.resolve(make(device));
				},
			});
		});
		workers.push(worker);
		return worker;
	};
	return { workers, spawnWorker };
}

const quick = (device: FakeDevice) => device.strategy({ dispatches: 10, hostMs: 1, waitMs: 5 });
const slow = (device: FakeDevice) => device.strategy({ dispatches: 40, hostMs: 4, waitMs: 20 });

describe('race', () => {
	test('measures per step, alternates, and ends every worker', async () => {
		const { workers, spawnWorker } = raceTrack({ ours: quick, stock: slow });
		const seen: RaceProgress[] = [];
		const results = await race(SETTINGS, { spawnWorker, onProgress: (one) => seen.push(one) });
		expect(results.map(({ model }) => model)).toEqual(['lenet', 'resnet-8']);
		const [ours, stock] = results[0]!.entries;
		if (!ours?.ok || !stock?.ok) return expect.unreachable('both ran');
		expect(ours.first.losses).toEqual([1, 1 / 2, 1 / 3]);
		expect(ours.first.firstMs).toBe(6);
		expect(ours.rounds).toHaveLength(3);
		expect(ours.rounds[0]).toMatchObject({ hostMs: [1, 1], stepMs: 6 });
		expect(ours.rounds[0]!.counts.dispatches).toBe(10);
		expect(stock.rounds[2]).toMatchObject({ hostMs: [4, 4], stepMs: 24 });
		expect(workers).toHaveLength(4);
		expect(workers.every(({ terminated }) => terminated)).toBe(true);
		const rounds = seen.filter(({ doing, model }) => /round/.test(doing) && model === 'lenet');
		expect(rounds.map(({ doing }) => doing.split(':')[0])).toEqual([
			...['lib/nn', 'tfjs', 'tfjs', 'lib/nn', 'lib/nn', 'tfjs'],
		]);
		const shares = seen.map(({ share }) => share);
		expect(shares).toEqual([...shares].sort((a, b) => a - b));
		expect(shares.at(-1)).toBe(1);
	});

	test('a library that fails is an entry with its reason; the others go on', async () => {
		const { spawnWorker } = raceTrack({ ours: quick });
		const [result] = await race(SETTINGS, { spawnWorker });
		expect(result!.entries[0]!.ok).toBe(true);
		expect(result!.entries[1]).toEqual({
			strategy: 'stock',
			ok: false,
			reason: 'stock is not here.',
		});
	});

	test('a worker that dies is an entry with its reason', async () => {
		const { workers, spawnWorker } = raceTrack({ ours: quick, stock: slow });
		const onProgress = ({ doing }: RaceProgress) => {
			if (doing === 'tfjs: round 1 of 3') workers[1]?.die();
		};
		const [result] = await race(SETTINGS, { spawnWorker, onProgress });
		expect(result!.entries[0]!.ok).toBe(true);
		expect(result!.entries[1]).toMatchObject({ ok: false, reason: /killed by a test/ });
	});

	test('stopping ends the workers at once', async () => {
		const { workers, spawnWorker } = raceTrack({ ours: quick, stock: slow });
		const stop = new AbortController();
		const onProgress = ({ doing }: RaceProgress) => {
			if (doing === 'tfjs: round 2 of 3') stop.abort();
		};
		const running = race(SETTINGS, { spawnWorker, onProgress, signal: stop.signal });
		await expect(running).rejects.toThrow('cancelled');
		expect(workers).toHaveLength(2);
		expect(workers.every(({ terminated }) => terminated)).toBe(true);
	});
});
