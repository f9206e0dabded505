import { describe, expect, it } from 'vitest';
import { slotsOf, type Stander } from './slots';

const at = (positions: number[], place = 0, width?: Stander['width']): Stander => ({
	positions: Float64Array.from(positions),
	place,
	width,
});
const sides = (standers: Stander[], places: number, gap: number, inner = 0) =>
	slotsOf(standers, places, gap, inner).map(({ starts, ends }) =>
		Array.from(starts, (start, i) => [start, ends[i]].map((x) => Math.round(x! * 1e9) / 1e9)),
	);

describe('slotsOf()', () => {
	it('puts a group side by side around its position, with a gap to the next', () => {
		expect(sides([at([0, 1], 0), at([0, 1], 1)], 2, 0.2)).toEqual([
			[
				[-0.4, 0],
				[0.6, 1],
			],
			[
				[0, 0.4],
				[1, 1.4],
			],
		]);
	});

	it('takes the least distance of all that stand there, equal positions apart', () => {
		expect(sides([at([0, 10]), at([0, 2])], 1, 0)).toEqual([
			[
				[-1, 1],
				[9, 11],
			],
			[
				[-1, 1],
				[1, 3],
			],
		]);
		expect(sides([at([5])], 1, 0.5)).toEqual([[[4.75, 5.25]]]);
	});

	it('keeps widths of their own, one for all or one each', () => {
		expect(sides([at([0, 1], 0, [0.5, 2])], 1, 0)).toEqual([
			[
				[-0.25, 0.25],
				[0, 2],
			],
		]);
		expect(sides([at([0], 0, 4)], 1, 0, 0.5)).toEqual([[[-2, 2]]]);
	});
});
