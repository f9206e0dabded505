/** What stands in a cell and in its tooltip. Pure. */
import { metricTitle, type ColumnId } from '../../stats/fields';
import { displayName } from '../../url/display-name';
import { cell } from '../format';
import type { Place } from './chunks';

/** Text of a cell, and the full or exact value for its title. */
export interface CellText {
	readonly text: string;
	readonly exact: string;
}

const NONE: CellText = { text: '–', exact: 'not recorded' };
/** A cell whose row is on its way. */
export const WAITING: CellText = { text: '', exact: '' };

/** @returns the cell of a column at a place; WAITING while the row or the column is not here */
export function cellAt(place: Place | undefined, id: ColumnId): CellText {
	const column = place?.window.columns.get(id);
	if (!place || !column) return WAITING;
	if (column.kind === 'number') {
		const value = column.values[place.index] ?? NaN;
		return Number.isNaN(value) ? NONE : { text: cell(id, value), exact: exactNumber(id, value) };
	}
	const value = column.values[place.index] ?? '';
	if (value === '') return NONE;
	return { text: displayName(value), exact: id === 'metric' ? metricTitle(value) : value };
}

function exactNumber(id: ColumnId, value: number): string {
	return id === 'duration' || id === 'epochDuration' ? `${value} ns` : String(value);
}
