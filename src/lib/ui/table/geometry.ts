/**
 * Where rows of a very long list stand. Browsers cap an element's height, so beyond MAX_HEIGHT the
 * scrollbar is scaled: dragging it jumps in proportion, while short scrolling moves rows one to one.
 * Plain numbers in px; this knows no DOM.
 */

/** Tallest spacer that every browser lays out exactly, px. */
export const MAX_HEIGHT = 8_000_000;

/** A list and the part of the screen that shows it, px. */
export interface Extent {
	readonly rows: number;
	readonly rowHeight: number;
	readonly viewport: number;
}

/** A half-open stretch of rows. */
export interface Stretch {
	readonly start: number;
	readonly end: number;
}

/** @returns height of the element that gives the scrollbar its length */
export function spacerHeight({ rows, rowHeight }: Extent): number {
	return Math.min(rows * rowHeight, MAX_HEIGHT);
}

/** @returns the largest `top`: the last row then ends at the lower edge */
export function maxTop({ rows, rowHeight, viewport }: Extent): number {
	return Math.max(0, rows * rowHeight - viewport);
}

function maxScroll(extent: Extent): number {
	return Math.max(0, spacerHeight(extent) - extent.viewport);
}

/** @returns the scrollbar's place for a list that stands at `top` */
export function scrollTopOf(extent: Extent, top: number): number {
	const room = maxTop(extent);
	return room === 0 ? 0 : (top / room) * maxScroll(extent);
}

/** A scrollbar's place and the list's: equal unless scaled. */
export interface Position {
	readonly scrollTop: number;
	/** px of the whole list above the upper edge */
	readonly top: number;
}

/**
 * @param from the position before
 * @param scrollTop where the scrollbar is now
 * @returns the list's new top: moved as far as the scrollbar for a step of up to two screens,
 * in proportion to the whole list for a longer one
 */
export function topAfterScroll(extent: Extent, from: Position, scrollTop: number): number {
	const step = scrollTop - from.scrollTop;
	const scroll = maxScroll(extent);
	const room = maxTop(extent);
	if (scroll === 0) return 0;
	if (Math.abs(step) > 2 * extent.viewport) return Math.min(room, (scrollTop / scroll) * room);
	return Math.min(room, Math.max(0, from.top + step));
}

/** @returns the rows that are at least partly visible at `top`, with `spare` more to either side */
export function rowsAt({ rows, rowHeight, viewport }: Extent, top: number, spare: number): Stretch {
	const first = Math.floor(top / rowHeight) - spare;
	const end = Math.ceil((top + viewport) / rowHeight) + spare;
	return { start: Math.min(rows, Math.max(0, first)), end: Math.min(rows, Math.max(0, end)) };
}

/** @returns the smallest change of `top` after which `row` is wholly visible */
export function topShowing(extent: Extent, top: number, row: number): number {
	const y = row * extent.rowHeight;
	const highest = Math.max(0, y + extent.rowHeight - extent.viewport);
	return Math.min(maxTop(extent), Math.max(highest, Math.min(top, y)));
}

/** @returns the row that slot `slot` of `slots` shows when the first row is `first` */
export function rowOfSlot(slot: number, slots: number, first: number): number {
	return first + ((((slot - first) % slots) + slots) % slots);
}
