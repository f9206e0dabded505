import { expect, it } from 'vitest';
import { zoomOf, zoomRange } from './zoom';

const window = { xMin: 3, xMax: 1, yMin: 2, yMax: 2 };

it('is the ends of an axis in ascending order, or nothing where they have no size', () => {
	expect(zoomOf(window, 'x')).toEqual([1, 3]);
	expect(zoomOf(window, 'y')).toBe(undefined);
	expect(zoomOf({ ...window, xMin: NaN }, 'x')).toBe(undefined);
	expect(zoomOf({ ...window, xMax: Infinity }, 'x')).toBe(undefined);
	expect(zoomOf(undefined, 'x')).toBe(undefined);
	expect(zoomRange(window, 'x')).toEqual({ range: [1, 3] });
	expect(zoomRange(window, 'y')).toEqual({});
});
