/** The state of the table view: its rows, columns, place and active cell, and what its keys do. */
import { data } from '$lib/state/data.svelte';
import { link } from '$lib/state/link.svelte';
import { panelError } from '$lib/state/resource.svelte';
import { toasts } from '$lib/state/toast.svelte';
import { isAbort } from '$lib/worker/rpc-error';
import type { ColumnId } from '$lib/stats/fields';
import type { RowIdentity } from '$lib/url/view';
import { HeaderBars } from './bars.svelte';
import { identityAt } from './identity';
import {
	CARD_BELOW,
	CARD_COLUMNS,
	CARD_HEIGHT,
	IDENTITY_COLUMNS,
	layOut,
	RAIL_WIDTH,
	ROW_HEIGHT,
	shownColumns,
	togglePin,
	type Column,
} from './layout';
import { Pins } from './pins.svelte';
import { RowStore } from './rows.svelte';
import { TableScroll } from './scroll.svelte';
import { nextSort } from './sorting';

/** Columns drawn beyond the right edge, px. */
const BESIDE = 96;
/** The row number of the header among the active cells. */
export const HEADER = -1;

export class TableState {
	readonly rows = new RowStore(
		(query, start, count, columns) =>
			data.client.window(query, start, count, columns, { lane: 'window' }),
		() => {
			this.row = 0;
			this.scroll.go(0);
		},
	);
	readonly scroll: TableScroll = new TableScroll(
		() => this.rows.total ?? 0,
		() => this.rowHeight,
	);
	readonly pins = new Pins();
	readonly bars = new HeaderBars();
	/** active cell: a row of the list or HEADER, and an index into `columns` */
	row = $state(0);
	column = $state(0);
	/** the column chooser is open */
	choosing = $state(false);
	/** the column whose menu is open */
	menu = $state<ColumnId>();

	readonly cards = $derived(this.scroll.width > 0 && this.scroll.width < CARD_BELOW);
	readonly rowHeight = $derived(this.cards ? CARD_HEIGHT : ROW_HEIGHT);
	readonly columns: readonly Column[] = $derived.by(() => {
		if (!data.catalogue) return [];
		const { columns, filter } = link.view;
		return layOut(shownColumns(columns, filter, data.catalogue), filter, data.catalogue);
	});
	/** columns asked of the worker */
	readonly asked: readonly ColumnId[] = $derived(
		this.cards ? CARD_COLUMNS : this.columns.map((column) => column.id),
	);
	/** px of the sticky rail and first column */
	readonly kept = $derived(RAIL_WIDTH + (this.columns[0]?.width ?? 0));
	/** px of all columns together */
	readonly wide = $derived(
		this.kept + this.columns.slice(1).reduce((sum, { width }) => sum + width, 0),
	);
	/** the columns right of the first one that are in sight */
	readonly beside: readonly Column[] = $derived.by(() => {
		const { left, width } = this.scroll;
		const end = left + width + BESIDE;
		return this.columns.slice(1).filter((one) => one.left + one.width > left && one.left < end);
	});

	/** whether the active cell is in the page: rows out of sight are not */
	readonly activeDrawn: boolean = $derived.by(() => {
		const { start, end } = this.scroll.drawn;
		const last = Math.min(end, this.rows.total ?? 0);
		return this.row === HEADER || (this.row >= start && this.row < last);
	});

	/** Moves the active cell to a row of the list. */
	goTo(row: number): void {
		this.row = Math.max(HEADER, Math.min((this.rows.total ?? 0) - 1, row));
		if (this.row > HEADER) this.scroll.show(this.row);
	}

	/** Moves the active cell sideways. */
	goToColumn(index: number): void {
		this.column = Math.max(0, Math.min(this.columns.length - 1, index));
		const column = this.columns[this.column];
		if (column && this.column > 0) this.scroll.showColumn(column.left, column.width, this.kept);
	}

	sortBy(column: Column, add: boolean): void {
		link.set({ sort: nextSort(link.view.sort, column.id, column.kind, add) });
	}

	/** Shows the row's drawer. */
	async open(row: number): Promise<void> {
		const identity = await this.#identify(row);
		if (identity) link.set({ row: identity });
	}

	/** Pins a row of the list, or takes its pin away. */
	async togglePin(row: number): Promise<void> {
		const identity = await this.#identify(row);
		if (identity) link.set({ pins: togglePin(link.view.pins, identity) });
	}

	hide(id: ColumnId): void {
		const columns = this.columns.map((column) => column.id).filter((one) => one !== id);
		if (columns.length > 0) link.set({ columns });
	}

	async #identify(row: number): Promise<RowIdentity | undefined> {
		const { filter, sort } = link.view;
		const lane = { lane: 'identity' };
		try {
			const query = { filter, sort };
			return identityAt(await data.client.window(query, row, 1, IDENTITY_COLUMNS, lane), 0);
		} catch (thrown) {
			if (!isAbort(thrown)) toasts.show(panelError(thrown).message);
			return undefined;
		}
	}
}
