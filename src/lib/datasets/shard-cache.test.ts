import { describe, expect, it } from 'vitest';
import type { EpochOrder } from './order';
import type { Shard } from './shard';
import { ShardCache } from './shard-cache';

const shard = (samples: number): Shard => ({
	samples,
	channels: 1,
	labels: new Uint16Array(samples),
	picture: () => ({ pixels: new Uint8Array(1), height: 1, width: 1 }),
});

const order: EpochOrder = {
	samples: new Uint32Array(0),
	groups: [
		{ shards: [4, 1], end: 2 },
		{ shards: [0, 3, 2], end: 5 },
	],
};

function spied(fail = new Set<number>()) {
	const asked: number[] = [];
	const cache = new ShardCache(async (index) => {
		asked.push(index);
		if (fail.delete(index)) throw new Error('disk');
		return shard(index);
	});
	return { cache, asked };
}

describe('ShardCache', () => {
	it('reads a group and two shards of the next, each once', async () => {
		const { cache, asked } = spied();
		cache.enter(order, 0);
		expect(asked).toStrictEqual([4, 1, 0, 3]);
		expect(cache.ready(4)).toBeUndefined();
		expect((await cache.get(4)).samples).toBe(4);
		expect(cache.ready(4)?.samples).toBe(4);
		cache.enter(order, 0);
		await cache.get(1);
		expect(asked).toHaveLength(4);
	});

	it('lets go of what the next group does not need', async () => {
		const { cache, asked } = spied();
		cache.enter(order, 0);
		await Promise.all([4, 1, 0, 3].map((index) => cache.get(index)));
		cache.enter(order, 1);
		expect(asked).toStrictEqual([4, 1, 0, 3, 2]);
		expect(cache.ready(4)).toBeUndefined();
		expect(cache.ready(3)).toBeDefined();
		cache.clear();
		expect(cache.ready(3)).toBeUndefined();
	});

	it('tries again after a failure, and keeps nothing of a shard that was let go meanwhile', async () => {
		const { cache, asked } = spied(new Set([4]));
		cache.enter(order, 0);
		await expect(cache.get(4)).rejects.toThrow('disk');
		await expect(cache.get(4)).resolves.toBeDefined();
		expect(asked.filter((index) => index === 4)).toHaveLength(2);
		const late = cache.get(9);
		cache.clear();
		await late;
		expect(cache.ready(9)).toBeUndefined();
	});
});
