/** Shades of a palette's scale for a few ordered groups: all of them stand out from the paper. */
import { colourAt } from '../../picture/colour';
import type { Palette } from './palette';

/** The first part of the scale is too near to the paper for lines and points. */
const FIRST = 0.3;

/** @returns `count` colours, from few to many */
export function shadesOf({ sequential }: Palette, count: number): string[] {
	return Array.from({ length: count }, (_, i) =>
		colourAt(sequential, count === 1 ? 1 : FIRST + ((1 - FIRST) * i) / (count - 1)),
	);
}
