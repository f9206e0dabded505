/** A zip archive that is written while its entries are made. Only its compressed bytes are kept. */
import { strToU8, Zip, ZipDeflate } from 'fflate';
import { FileParts } from './file-parts';

/** Of 9: half the time of 6 for files a tenth larger, measured on all rows. */
export const LEVEL = 2;

/** Adds entries one after another; `finish` gives the archive. */
export class ZipFile {
	readonly #parts = new FileParts();
	readonly #zip: Zip;
	readonly #date: Date;
	#failure: Error | undefined;

	/** @param date written for every entry */
	constructor(date: Date) {
		this.#date = date;
		this.#zip = new Zip((error, piece) => {
			if (error) this.#failure = error;
			else this.#parts.add(piece);
		});
	}

	/** @returns compressed bytes so far */
	get size(): number {
		return this.#parts.size;
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
	finish(mediaType = 'application/zip'): Blob {
		this.#zip.end();
		if (this.#failure) throw this.#failure;
		return this.#parts.file(mediaType);
	}

	#add(name: string, level: 0 | typeof LEVEL): ZipDeflate {
		const entry = new ZipDeflate(name, { level });
		entry.mtime = this.#date;
		this.#zip.add(entry);
		return entry;
	}
}
