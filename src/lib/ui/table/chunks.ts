/** The rows of one query that are here, in chunks, and what to ask for next. Plain TypeScript. */
import type { RowWindow } from '../../stats/window';
import type { Stretch } from './geometry';

/** Rows are asked and kept in multiples of this many. */
export const CHUNK = 64;
/** Chunks kept; the oldest are dropped first (the visible ones are the newest). */
const KEPT = 256;
/** Chunks asked for ahead of and behind the visible ones. */
const AHEAD = 2;

/** A row inside the window that brought it. */
export interface Place {
	readonly window: RowWindow;
	readonly index: number;
}

/** Windows by chunk. */
export class Chunks {
	readonly #windows = new Map<number, RowWindow>();

	/** Keeps a window that begins at a chunk's first row. */
	add(window: RowWindow): void {
		const end = window.start + window.trials.length;
		for (let row = window.start; row < end; row += CHUNK) {
			const chunk = row / CHUNK;
			this.#windows.delete(chunk);
			this.#windows.set(chunk, window);
		}
		for (const chunk of this.#windows.keys()) {
			if (this.#windows.size <= KEPT) break;
			this.#windows.delete(chunk);
		}
	}

	/** @returns where a row is; undefined while it is not here */
	at(row: number): Place | undefined {
		const window = this.#windows.get(Math.floor(row / CHUNK));
		return window && { window, index: row - window.start };
	}

	/**
	 * @param wanted the visible rows
	 * @param rows of the whole query
	 * @returns the rows to ask for: the missing visible ones, else those about to be visible
	 */
	next(wanted: Stretch, rows: number): Stretch | undefined {
		const first = Math.floor(wanted.start / CHUNK);
		const end = Math.ceil(Math.min(wanted.end, rows) / CHUNK);
		const last = Math.ceil(rows / CHUNK);
		const missing =
			this.#missing(first, end) ??
			this.#missing(Math.max(0, first - AHEAD), Math.min(last, end + AHEAD));
		return missing && { start: missing.start * CHUNK, end: Math.min(rows, missing.end * CHUNK) };
	}

	#missing(first: number, end: number): Stretch | undefined {
		let start = first;
		while (start < end && this.#windows.has(start)) start++;
		let stop = end;
		while (stop > start && this.#windows.has(stop - 1)) stop--;
		return start < stop ? { start, end: stop } : undefined;
	}
}
