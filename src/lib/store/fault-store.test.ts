import { describe, expect, it } from 'vitest';
import { createFaultStore } from './fault-store';
import { createMemoryStore } from './memory';

const memory = () => createMemoryStore({ name: 'lemur::v1', collections: ['a'] });

/** A small seeded generator: the same seed, the same faults. */
function seeded(seed: number): () => number {
	let state = seed;
	return () => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return state / 2 ** 32;
	};
}

describe('createFaultStore', () => {
	it('counts the points of a call and does nothing without a fault', async () => {
		const store = createFaultStore(memory());
		await store.put('a', 'k', 1);
		expect(store.points).toBe(4); // begin, put, commit, acknowledgement
		expect(await store.get('a', 'k')).toBe(1);
		expect(store.points).toBe(5);
	});

	it('fails once, or from then on', async () => {
		const once = createFaultStore(memory(), { kind: 'quota', at: 1 });
		await expect(once.get('a', 'k')).rejects.toMatchObject({ code: 'STORE_QUOTA' });
		await expect(once.get('a', 'k')).resolves.toBeUndefined();
		const sticky = createFaultStore(memory(), { kind: 'fail', at: 2, sticky: true });
		await expect(sticky.get('a', 'k')).resolves.toBeUndefined();
		await expect(sticky.get('a', 'k')).rejects.toMatchObject({ code: 'STORE_FAILED' });
		await expect(sticky.flush()).rejects.toMatchObject({ code: 'STORE_FAILED' });
	});

	it('throws everything away after a crash: the store behind keeps what was committed', async () => {
		const inner = memory();
		const store = createFaultStore(inner, { kind: 'crash', at: 6 });
		await store.put('a', 'k', 1); // points 1 to 4
		await expect(store.put('a', 'k', 2)).rejects.toThrow(); // 5 begins, 6 crashes
		await expect(store.put('a', 'other', 3)).rejects.toThrow();
		expect(await inner.scan('a')).toEqual([{ key: 'k', value: 1 }]);
	});

	it('delays without failing', async () => {
		const store = createFaultStore(memory(), { kind: 'delay', at: 1, delayMs: 30, sticky: true });
		const start = performance.now();
		await store.put('a', 'k', 1);
		expect(performance.now() - start).toBeGreaterThan(50); // before and after the transaction
	});

	it('strikes by chance the same way for the same seed', async () => {
		const outcomes = async (seed: number) => {
			const store = createFaultStore(memory(), { kind: 'fail', at: 0, chance: 0.3 }, seeded(seed));
			const all = [];
			for (let n = 0; n < 40; n++) {
				all.push(
					await store.get('a', 'k').then(
						() => 'ok',
						() => 'failed',
					),
				);
			}
			return all.join();
		};
		expect(await outcomes(1)).toBe(await outcomes(1));
		expect(await outcomes(1)).not.toBe(await outcomes(2));
		expect(await outcomes(1)).toContain('failed');
	});
});
