/**
 * The rows of the current query as the table needs them: asked in chunks, one request at a time, so
 * that fast scrolling never queues. Rows of the query before stay until the new ones are there.
 */
import { isAbort } from '../../worker/rpc-error';
import type { Query } from '../../db/protocol';
import type { ColumnId } from '../../stats/fields';
import type { RowWindow } from '../../stats/window';
import { panelError, type PanelError } from '../../state/resource.svelte';
import { CHUNK, Chunks, type Place } from './chunks';
import type { Stretch } from './geometry';

/** Asks the worker for rows; a later call may reject an earlier one with an AbortError. */
export type AskRows = (
	query: Query,
	start: number,
	count: number,
	columns: readonly ColumnId[],
) => Promise<RowWindow>;

interface Source {
	readonly key: string;
	readonly query: Query;
	readonly columns: readonly ColumnId[];
}

/** Rows by position. Reading `at` inside a component follows what arrives. */
export class RowStore {
	/** rows of the query that is shown; undefined until the first answer */
	total = $state<number>();
	error = $state.raw<PanelError>();
	/** the rows shown belong to the query before */
	stale = $state(false);
	/** the first rows of the current query are here */
	ready = $derived(this.total !== undefined && !this.stale);
	#arrivals = $state(0);
	#chunks = new Chunks();
	#source: Source | undefined;
	#shown: Source | undefined;
	#turn = 0;
	#busy = false;
	#wanted: Stretch = { start: 0, end: CHUNK };
	readonly #ask: AskRows;
	readonly #onReordered: () => void;

	/** @param onReordered called when the rows of another filter or order have arrived */
	constructor(ask: AskRows, onReordered: () => void = () => undefined) {
		this.#ask = ask;
		this.#onReordered = onReordered;
	}

	/** Turns to a query; the same one again does nothing. */
	show(query: Query, columns: readonly ColumnId[], version: string): void {
		const key = JSON.stringify([query, version]);
		const source = { key, query, columns };
		if (this.#source?.key === key && this.#source.columns.join() === columns.join()) return;
		this.#source = source;
		this.#restart();
	}

	/** Tries again after a failure. */
	retry(): void {
		this.#restart();
	}

	/** Ends the work of a table that is gone: what is on its way is dropped, nothing more is asked. */
	stop(): void {
		this.#source = undefined;
		this.#turn++;
	}

	#restart(): void {
		this.#turn++;
		this.#busy = false;
		this.error = undefined;
		this.stale = this.total !== undefined;
		this.#fetch();
	}

	/** Says which rows are visible. */
	look(wanted: Stretch): void {
		this.#wanted = wanted;
		this.#fetch();
	}

	/** @returns where a row's values are; undefined while they are on their way */
	at(row: number): Place | undefined {
		void this.#arrivals;
		return this.#chunks.at(row);
	}

	#fetch(): void {
		const source = this.#source;
		if (this.#busy || !source || this.error) return;
		const missing = this.#missing(source);
		if (!missing) return;
		this.#busy = true;
		void this.#load(source, missing, this.#turn);
	}

	#missing(source: Source): Stretch | undefined {
		if (this.#shown === source) return this.#chunks.next(this.#wanted, this.total ?? 0);
		const reordered = this.#shown?.key !== source.key;
		const wanted = reordered ? { start: 0, end: CHUNK } : this.#wanted;
		return new Chunks().next(wanted, reordered ? Infinity : (this.total ?? 0));
	}

	async #load(source: Source, { start, end }: Stretch, turn: number): Promise<void> {
		try {
			const window = await this.#ask(source.query, start, end - start, source.columns);
			if (turn !== this.#turn) return;
			this.#accept(source, window);
		} catch (thrown) {
			if (turn !== this.#turn) return;
			this.#busy = false;
			// Asking again at once would abort who took the lane, and be aborted in turn, without end.
			if (!isAbort(thrown)) this.error = panelError(thrown);
			return;
		}
		this.#busy = false;
		this.#fetch();
	}

	#accept(source: Source, window: RowWindow): void {
		const before = this.#shown;
		if (before !== source) this.#chunks = new Chunks();
		this.#shown = source;
		this.#chunks.add(window);
		this.total = window.total;
		this.stale = false;
		this.#arrivals++;
		if (!before || before.key === source.key) return;
		this.#wanted = { start: 0, end: CHUNK };
		this.#onReordered();
	}
}
