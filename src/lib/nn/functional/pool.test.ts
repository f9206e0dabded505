import { beforeAll, describe, expect, test } from 'vitest';
import { useCpu } from '../cpu';
import { tensor } from '../tensor';
import { avgPool2d, maxPool2d } from './pool';
import { adaptiveAvgPool2d, interpolate } from './resample';

beforeAll(useCpu);

const row = (...values: number[]) => tensor(values, [1, 1, 1, values.length]);
const list = async (x: { data(): Promise<ArrayLike<number>> }) => Array.from(await x.data());

describe('pools', () => {
	test('floor leaves the rest out, ceil takes it along', async () => {
		const x = row(1, 2, 3, 4, 5);
		expect(await list(maxPool2d(x, [1, 2], { stride: 2 }))).toEqual([2, 4]);
		expect(await list(maxPool2d(x, [1, 2], { stride: 2, ceilMode: true }))).toEqual([2, 4, 5]);
		// a window that would begin in the padding behind the image is no window
		const options = { stride: [1, 2] as const, padding: [0, 1] as const, ceilMode: true };
		expect(await list(maxPool2d(row(1, 2, 3), [1, 2], options))).toEqual([1, 3]);
	});

	test('padding never wins a maximum, and counts in a mean only where it is told to', async () => {
		const padded = { stride: 1, padding: [0, 1] as const };
		expect(await list(maxPool2d(row(-5, -3), [1, 3], padded))).toEqual([-3, -3]);
		expect(await list(avgPool2d(row(3, 6), [1, 3], padded))).toEqual([3, 3]);
		const inside = { ...padded, countIncludePad: false };
		expect(await list(avgPool2d(row(3, 6), [1, 3], inside))).toEqual([4.5, 4.5]);
	});

	test('a window that does not fit names the input and the way out', () => {
		expect(() => maxPool2d(row(1, 2), 3)).toThrow(
			'max_pool2d: a window of 3 does not fit an axis of 1 with padding 0: input (1, 1, 1, 2). Use a larger image.',
		);
	});
});

describe('resampling', () => {
	test('adaptive bins overlap where sizes do not divide', async () => {
		const x = row(0, 3, 6, 9, 12);
		expect(await list(adaptiveAvgPool2d(x, [null, 3]))).toEqual([1.5, 6, 10.5]);
		expect((await list(adaptiveAvgPool2d(x, 1)))[0]).toBeCloseTo(6);
	});

	test('nearest takes the pixel below, bilinear the corners or the centres', async () => {
		const x = row(0, 10);
		const to = (options: object) => list(interpolate(x, { size: [1, 4], ...options }));
		expect(await to({})).toEqual([0, 0, 10, 10]);
		const centres = await to({ mode: 'bilinear' });
		for (const [i, value] of [0, 2.5, 7.5, 10].entries()) expect(centres[i]).toBeCloseTo(value, 5);
		const corners = await to({ mode: 'bilinear', alignCorners: true });
		for (const [i, value] of [0, 10 / 3, 20 / 3, 10].entries())
			expect(corners[i]).toBeCloseTo(value, 5);
		expect(interpolate(x, { scaleFactor: [3, 1.6] }).shape).toEqual([1, 1, 3, 3]);
	});
});
