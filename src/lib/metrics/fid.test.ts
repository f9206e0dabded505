import { describe, expect, it } from 'vitest';
import { FidAccumulator, frechetDistance } from './fid';

const rows = (...list: number[][]) => list.map((row) => Float64Array.from(row));

describe('fid', () => {
	it('is the squared shift of clouds of one shape, and 0 for the same cloud', () => {
		const cloud = rows([0, 1], [2, 0], [4, 5], [1, 1]);
		const shifted = cloud.map((row) => row.map((x) => x + 3));
		expect(frechetDistance(cloud, shifted)).toBeCloseTo(18, 9);
		expect(frechetDistance(cloud, cloud)).toBeCloseTo(0, 9);
	});

	it('sees another spread: (σ₁ − σ₂)² on one axis', () => {
		expect(frechetDistance(rows([-1], [0], [1]), rows([-3], [0], [3]))).toBeCloseTo(4, 9);
	});

	it('says what is missing', () => {
		const one = { data: [1, 2], shape: [1, 2] };
		const metric = new FidAccumulator();
		metric.update({ real: one, fake: one });
		expect(() => metric.value()).toThrow('at least two real images, and has 1');
		expect(() => metric.update({ real: { data: [1], shape: [1, 1] }, fake: one })).toThrow(
			'shape (images, 2)',
		);
	});
});
