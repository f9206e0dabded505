import { expect, it } from 'vitest';
import { dashOf, widthOf } from './brush';
import { brushOn, recordingSurface } from './samples';

it('dashOf() grows with thick lines and never shrinks', () => {
	expect(dashOf(undefined, 2)).toEqual([]);
	expect(dashOf('dash', 1)).toEqual([6, 3]);
	expect(dashOf('dash', 4)).toEqual([18, 9]);
});

it('widthOf() is thicker in a preview', () => {
	const surface = recordingSurface();
	expect([widthOf(2, brushOn(surface)), widthOf(2, brushOn(surface, true))]).toEqual([2, 2.6]);
});
