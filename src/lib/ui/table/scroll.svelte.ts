/**
 * The scrolling of the table: the DOM's scrollbar on one side, the place in the list on the other.
 * The mathematics is in `geometry.ts`.
 */
import {
	maxTop,
	rowsAt,
	scrollTopOf,
	spacerHeight,
	topAfterScroll,
	topShowing,
	type Extent,
} from './geometry';

/** Rows drawn beyond either edge. */
const SPARE = 4;
/** Sideways scrolling is told apart in steps of this many px. */
const STEP = 64;

/** Follows one scrolling element whose head (header and pins) covers `head` px of it. */
export class TableScroll {
	/** px of the list above the upper edge of the rows */
	top = $state(0);
	/** what a row's place in the list lacks to its place in the spacer, px; 0 unless scaled */
	offset = $state(0);
	/** scrolled sideways, px, in steps */
	left = $state(0);
	width = $state(0);
	height = $state(0);
	head = $state(0);
	#element: HTMLElement | undefined;
	#scrollTop = 0;
	readonly #rows: () => number;
	readonly #rowHeight: () => number;

	/** @param rows of the list; @param rowHeight px; both may change */
	constructor(rows: () => number, rowHeight: () => number) {
		this.#rows = rows;
		this.#rowHeight = rowHeight;
	}

	readonly rows = $derived.by(() => this.#rows());
	readonly rowHeight = $derived.by(() => this.#rowHeight());
	readonly extent: Extent = $derived({
		rows: this.rows,
		rowHeight: this.rowHeight,
		viewport: Math.max(this.rowHeight, this.height - this.head),
	});
	readonly spacer = $derived(spacerHeight(this.extent));
	/** how many rows are drawn */
	readonly slots = $derived(
		Math.min(this.rows, Math.ceil(this.extent.viewport / this.rowHeight) + 1 + 2 * SPARE),
	);
	readonly first = $derived(
		Math.max(0, Math.min(rowsAt(this.extent, this.top, SPARE).start, this.rows - this.slots)),
	);
	/** the drawn rows */
	readonly drawn = $derived({ start: this.first, end: this.first + this.slots });

	/** Use as `{@attach}` of the scrolling element. */
	attach = (element: HTMLElement): (() => void) => {
		this.#element = element;
		const follow = () => this.#follow(element);
		const settle = () => this.#settle();
		element.addEventListener('scroll', follow, { passive: true });
		element.addEventListener('scrollend', settle);
		return () => {
			element.removeEventListener('scroll', follow);
			element.removeEventListener('scrollend', settle);
			this.#element = undefined;
		};
	};

	#follow(element: HTMLElement): void {
		this.left = Math.floor(element.scrollLeft / STEP) * STEP;
		const { scrollTop } = element;
		if (Math.abs(scrollTop - this.#scrollTop) < 0.5) return;
		const from = { scrollTop: this.#scrollTop, top: this.top };
		this.#place(topAfterScroll(this.extent, from, scrollTop), scrollTop);
	}

	#place(top: number, scrollTop: number): void {
		this.#scrollTop = scrollTop;
		// Whole pixels: rows at fractions of one are drawn blurred.
		this.top = Math.round(top);
		this.offset = Math.round(scrollTop) - this.top;
	}

	/** Brings the scrollbar back to the place in proportion that short scrolling has left. */
	#settle(): void {
		if (this.spacer >= this.rows * this.rowHeight) return;
		// Setting the scrollbar lays the page out at once, so it is not done for nothing.
		if (Math.abs(scrollTopOf(this.extent, this.top) - this.#scrollTop) >= 1) this.go(this.top);
	}

	/** Moves the list to `top`, px. */
	go(top: number): void {
		const element = this.#element;
		if (!element) return;
		const next = Math.max(0, Math.min(maxTop(this.extent), top));
		element.scrollTop = scrollTopOf(this.extent, next);
		this.#place(next, element.scrollTop);
	}

	/** Moves the list as little as shows the row. */
	show(row: number): void {
		const top = topShowing(this.extent, this.top, row);
		if (top !== this.top) this.go(top);
	}

	/** Puts the row in the middle. */
	centre(row: number): void {
		this.go((row + 0.5) * this.rowHeight - this.extent.viewport / 2);
	}

	/** Rows that fit on the screen, for Page Up and Page Down. */
	get page(): number {
		return Math.max(1, Math.floor(this.extent.viewport / this.rowHeight) - 1);
	}

	/** Moves sideways as little as shows a column. @param kept px that the sticky columns cover */
	showColumn(left: number, width: number, kept: number): void {
		const element = this.#element;
		if (!element) return;
		const room = element.clientWidth - kept;
		const least = left + width - room;
		element.scrollLeft = Math.min(left, Math.max(least, element.scrollLeft));
	}
}
