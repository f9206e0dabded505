import { expect, it } from 'vitest';
import { paletteOf } from './palette';
import { shadesOf } from './shades';

it('gives each group a colour of its own, the last the end of the scale', () => {
	for (const theme of ['light', 'dark'] as const) {
		const palette = paletteOf(theme);
		const shades = shadesOf(palette, 5);
		expect(new Set(shades).size).toBe(5);
		expect(shadesOf(palette, 1)).toEqual(shades.slice(-1));
		expect(shadesOf(palette, 0)).toEqual([]);
		expect(shades).not.toContain(palette.sequential[0]?.[1]);
	}
});
