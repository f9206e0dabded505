import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { epochOrder } from './order';

const base = { window: 3, shuffle: true, seed: 5, epoch: 1 };

describe('epochOrder()', () => {
	it('takes every sample once, and only from the shards of its group', () => {
		const counts = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 9 });
		fc.assert(
			fc.property(counts, fc.integer({ min: 1, max: 5 }), fc.boolean(), (of, window, shuffle) => {
				const { samples, groups } = epochOrder({ ...base, counts: of, window, shuffle });
				const total = of.reduce((a, b) => a + b, 0);
				expect([...samples].sort((a, b) => a - b)).toStrictEqual([...Array(total).keys()]);
				const starts = of.map((_, i) => of.slice(0, i).reduce((a, b) => a + b, 0));
				let at = 0;
				for (const { shards, end } of groups) {
					expect(shards.length).toBeLessThanOrEqual(window);
					const allowed = new Set(
						shards.flatMap((s) =>
							Array.from({ length: of[s] ?? 0 }, (_, i) => (starts[s] ?? 0) + i),
						),
					);
					for (; at < end; at++) expect(allowed.has(samples[at] ?? -1)).toBe(true);
				}
				expect(at).toBe(total);
				if (!shuffle) expect([...samples]).toStrictEqual([...Array(total).keys()]);
			}),
		);
	});

	it('is the same for the same seed and epoch, and another otherwise', () => {
		const of = (change: object) => [...epochOrder({ ...base, counts: [500], ...change }).samples];
		expect(of({})).toStrictEqual(of({}));
		expect(of({ epoch: 2 })).not.toStrictEqual(of({}));
		expect(of({ seed: 6 })).not.toStrictEqual(of({}));
	});

	it('is even: every sample comes first about equally often, and neighbours are torn apart', () => {
		const first = new Array<number>(10).fill(0);
		for (let epoch = 1; epoch <= 4000; epoch++) {
			const [sample = 0] = epochOrder({ ...base, counts: [10], epoch }).samples;
			first[sample] = (first[sample] ?? 0) + 1;
		}
		const chiSquare = first.reduce((sum, n) => sum + (n - 400) ** 2 / 400, 0);
		expect(chiSquare).toBeLessThan(27.9); // 0.1 % of 9 degrees of freedom
		const { samples } = epochOrder({ ...base, counts: [1000] });
		const neighbours = [...samples].filter((one, i) => samples[i + 1] === one + 1).length;
		expect(neighbours).toBeLessThan(8); // 1 is expected
	});
});
