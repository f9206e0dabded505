/** The zoomed box of the scatter: as ranges of the filter, and from two corners on the picture. */
import { isPrmColumn, prmName, type ColumnId } from '../../stats/fields';
import type { Filter, Range } from '../../stats/filter';
import type { Viewport } from '../../stats/scatter';
import type { Axis } from '../chart/axis';

/** @returns whether a filter can bound this column */
export function canBound(column: ColumnId): boolean {
	return isPrmColumn(column) || ['accuracy', 'duration', 'epoch'].includes(column);
}

function bounded(filter: Filter, column: ColumnId, range: Range): Filter {
	if (isPrmColumn(column)) return { ...filter, prm: { ...filter.prm, [prmName(column)]: range } };
	if (column === 'accuracy' || column === 'duration' || column === 'epoch')
		return { ...filter, [column]: range };
	return filter;
}

/** @returns the filter with both axes' ranges set to the box; an axis that no filter bounds is left */
export function filterToBox(filter: Filter, x: ColumnId, y: ColumnId, box: Viewport): Filter {
	const withX = bounded(filter, x, { min: box.xMin, max: box.xMax });
	return bounded(withX, y, { min: box.yMin, max: box.yMax });
}

/** Two corners of a drag in px. */
export interface Drag {
	readonly x0: number;
	readonly y0: number;
	readonly x1: number;
	readonly y1: number;
}

/** A drag shorter than this, in px, is a click. */
export const MIN_DRAG = 6;

/** @returns the box in data units; undefined when the drag is too small to be one */
export function boxOf({ x0, y0, x1, y1 }: Drag, x: Axis, y: Axis): Viewport | undefined {
	if (Math.abs(x1 - x0) < MIN_DRAG || Math.abs(y1 - y0) < MIN_DRAG) return undefined;
	return {
		xMin: x.invert(Math.min(x0, x1)),
		xMax: x.invert(Math.max(x0, x1)),
		// the y axis of a picture points down
		yMin: y.invert(Math.max(y0, y1)),
		yMax: y.invert(Math.min(y0, y1)),
	};
}
