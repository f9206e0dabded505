/** A zip archive that is written while its entries are made. Only its compressed bytes are kept. */
import { strToU8, Zip, ZipDeflate } from 'fflate';

/** Of 9: half the time of 6 for files a tenth larger, measured on all rows. */
export const LEVEL = 2;

/** Adds entries one after another; `finish` gives the archive. */
export class ZipFile {
	readonly #pieces: Uint8Array[] = [];
	readonly #zip: Zip;
	readonly #date: Date;
	#size = 0;
	#failure: Error | undefined;

	/** @param date written for every entry */
	constructor(date: Date) {
		this.#date = date;
		this.#zip = new Zip((error, piece) => {
			if (error) this.#failure = error;
			else this.#keep(piece);
		});
	}

	/** @returns compressed bytes so far */
	get size(): number {
		return this.#size;
	}

	/** Compressed text, whole. */
	text(name: string, text: string): void {
		this.open(name)(text, true);
	}

	/** Bytes that are compressed already. */
	stored(name: string, bytes: Uint8Array): void {
		// Deflate's own uncompressed blocks: many readers cannot find the end of an entry that is
		// merely stored, because its size stands behind it.
		this.#add(name, 0).push(bytes, true);
	}

	/** @returns takes the text of a compressed entry piece by piece, `last` with the last one */
	open(name: string): (text: string, last: boolean) => void {
		const entry = this.#add(name, LEVEL);
		return (text, last) => entry.push(strToU8(text), last);
	}

	/** @returns the whole archive; nothing may be added afterwards */
	finish(): Uint8Array {
		this.#zip.end();
		if (this.#failure) throw this.#failure;
		const bytes = new Uint8Array(this.#size);
		let at = 0;
		for (let i = 0; i < this.#pieces.length; i++) {
			bytes.set(this.#pieces[i]!, at);
			at += this.#pieces[i]!.length;
			// Let go at once: both copies of a large archive would be too much.
			this.#pieces[i] = EMPTY;
		}
		return bytes;
	}

	#add(name: string, level: 0 | typeof LEVEL): ZipDeflate {
		const entry = new ZipDeflate(name, { level });
		entry.mtime = this.#date;
		this.#zip.add(entry);
		return entry;
	}

	#keep(piece: Uint8Array): void {
		this.#pieces.push(piece);
		this.#size += piece.length;
	}
}

const EMPTY = new Uint8Array();
