/** The pinned rows of the link: found in the open snapshot, with the values that the table shows. */
import { data } from '$lib/state/data.svelte';
import type { ColumnId } from '$lib/stats/fields';
import { EVERYTHING } from '$lib/stats/filter';
import type { RowWindow } from '$lib/stats/window';
import type { RowIdentity } from '$lib/url/view';

/** Most pinned rows that stand above the table. */
export const SHOWN_PINS = 8;

/** A pin; without a window the snapshot has no such row. */
export interface PinnedRow {
	readonly key: string;
	readonly row: RowIdentity;
	readonly window?: RowWindow;
}

/** What the link pins, as far as it is found. */
export class Pins {
	rows = $state.raw<readonly PinnedRow[]>([]);
	/** indices of all pinned trials, for marking them in the list */
	trials = $state.raw<readonly number[]>([]);
	#turn = 0;

	/** Finds the pins; a later call wins. A failing worker leaves them as they are. */
	async load(pins: readonly RowIdentity[], columns: readonly ColumnId[]): Promise<void> {
		const turn = ++this.#turn;
		try {
			const found = await Promise.all(pins.map((pin) => data.client.find(pin)));
			const shown = pins.slice(0, SHOWN_PINS);
			const rows = await Promise.all(shown.map((pin, i) => pinned(pin, found[i] ?? -1, columns)));
			if (turn !== this.#turn) return;
			this.trials = found.filter((trial) => trial >= 0);
			this.rows = rows;
		} catch {
			// The table says what is wrong with the worker; pins come back with it.
		}
	}
}

/** Unfiltered and unsorted, a trial's position is its index. */
async function pinned(
	row: RowIdentity,
	trial: number,
	columns: readonly ColumnId[],
): Promise<PinnedRow> {
	const key = JSON.stringify(row);
	if (trial < 0) return { key, row };
	const query = { filter: EVERYTHING, sort: [] };
	return { key, row, window: await data.client.window(query, trial, 1, columns) };
}
