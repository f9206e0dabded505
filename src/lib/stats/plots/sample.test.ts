import { describe, expect, it } from 'vitest';
import { sampleOf } from './sample';

const each = (n: number) => Uint32Array.from({ length: n }, (_, i) => i);

describe('sampleOf(items, most, axes)', () => {
	it('is all of them where they are few', () => {
		const items = each(5);
		expect(sampleOf(items, 5, [new Float64Array(5)])).toBe(items);
	});

	it('spreads over the whole, always the same, with the extremes of every axis', () => {
		const x = Float64Array.from(each(1_000), (i) => (i === 333 ? -1 : i === 667 ? 5 : 0));
		const sample = sampleOf(each(1_000), 100, [x]);
		expect(sample.length).toBeLessThanOrEqual(100);
		expect(sample.length).toBeGreaterThan(95);
		expect([...sample]).toEqual([...sample].sort((a, b) => a - b));
		expect(sample).toContain(333);
		expect(sample).toContain(667);
		for (let tenth = 0; tenth < 10; tenth++)
			expect(sample.filter((i) => Math.floor(i / 100) === tenth).length).toBeGreaterThan(8);
		expect(sampleOf(each(1_000), 100, [x])).toEqual(sample);
	});
});
