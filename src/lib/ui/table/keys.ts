/** What the keys do while the table has the focus. */
import { HEADER, type TableState } from './table.svelte';

type Action = (table: TableState, event: KeyboardEvent) => unknown;

const ACTIONS: Readonly<Record<string, Action>> = {
	j: (table) => table.goTo(table.row + 1),
	ArrowDown: (table) => table.goTo(table.row + 1),
	k: (table) => table.goTo(table.row - 1),
	ArrowUp: (table) => table.goTo(table.row - 1),
	ArrowLeft: (table) => table.goToColumn(table.column - 1),
	ArrowRight: (table) => table.goToColumn(table.column + 1),
	Home: (table) => table.goTo(0),
	End: (table) => table.goTo(Infinity),
	PageDown: (table) => table.goTo(table.row + table.scroll.page),
	PageUp: (table) => table.goTo(Math.max(0, table.row - table.scroll.page)),
	Enter: (table, event) => {
		const column = table.columns[table.column];
		if (table.row !== HEADER) return table.open(table.row);
		if (column) table.sortBy(column, event.shiftKey);
	},
	x: (table) => table.row !== HEADER && table.togglePin(table.row),
	c: (table) => (table.choosing = true),
	m: (table) => (table.menu = table.columns[table.column]?.id),
};

/** Acts on a key. @returns whether it was one of the table's */
export function pressKey(table: TableState, event: KeyboardEvent): boolean {
	if (event.ctrlKey || event.metaKey || event.altKey) return false;
	const action = ACTIONS[event.key];
	if (!action) return false;
	void action(table, event);
	return true;
}
