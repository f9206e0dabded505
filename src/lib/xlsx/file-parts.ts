/**
 * A file that grows: its bytes go over to the browser part by part, which may keep them on disk. In
 * the memory of a tab a large workbook would lie twice, in pieces and whole.
 */

/** Bytes that wait to become a part. */
const PART = 4 * 2 ** 20;

export class FileParts {
	readonly #parts: Blob[] = [];
	#waiting: Uint8Array<ArrayBuffer>[] = [];
	#waitingBytes = 0;
	#size = 0;

	/** @returns bytes so far */
	get size(): number {
		return this.#size;
	}

	/** @param piece is copied */
	add(piece: Uint8Array): void {
		this.#size += piece.length;
		this.#waitingBytes += piece.length;
		this.#waiting.push(new Uint8Array(piece));
		if (this.#waitingBytes >= PART) this.#close();
	}

	/** @returns everything added so far */
	file(mediaType: string): Blob {
		this.#close();
		return new Blob(this.#parts, { type: mediaType });
	}

	#close(): void {
		if (this.#waiting.length > 0) this.#parts.push(new Blob(this.#waiting));
		this.#waiting = [];
		this.#waitingBytes = 0;
	}
}
