/** Collects rows as columns: typed arrays where all is numeric, so that results move, not copy. */
import type { SqlColumn } from './protocol';

/** What a row may hold: an integer beyond 2^53 comes as a bigint. */
export type Cell = number | string | bigint | Uint8Array | null;

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

function hexOf(bytes: Uint8Array): string {
	let text = '';
	for (const byte of bytes) text += HEX[byte] ?? '';
	return text;
}

/** One column in the making. */
export class ColumnBuilder {
	readonly #name: string;
	readonly #values: (number | string | null)[] = [];
	#numbers = false;
	#texts = false;
	#blobs = false;

	constructor(name: string) {
		this.#name = name;
	}

	/** @returns the bytes that the cell takes, roughly */
	add(cell: Cell): number {
		const value = this.#plain(cell);
		this.#values.push(value);
		return typeof value === 'string' ? 16 + 2 * value.length : 8;
	}

	finish(): SqlColumn {
		const name = this.#name;
		const kinds = Number(this.#numbers) + Number(this.#texts) + Number(this.#blobs);
		if (kinds > 1) return { name, kind: 'mixed', values: this.#values };
		if (this.#numbers) {
			const values = Float64Array.from(this.#values, (value) =>
				value === null ? NaN : Number(value),
			);
			return { name, kind: 'number', values };
		}
		const values = this.#values.map((value) => (value === null ? null : String(value)));
		return { name, kind: this.#blobs ? 'blob' : 'text', values };
	}

	#plain(cell: Cell): number | string | null {
		if (cell === null) return null;
		if (typeof cell === 'number') {
			this.#numbers = true;
			return cell;
		}
		if (cell instanceof Uint8Array) {
			this.#blobs = true;
			return hexOf(cell);
		}
		this.#texts = true;
		return String(cell);
	}
}
