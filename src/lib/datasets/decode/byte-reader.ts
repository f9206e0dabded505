/** Takes a stream in pieces of one's own length. */

export class ByteReader {
	readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
	#rest = new Uint8Array(0);

	constructor(stream: ReadableStream<Uint8Array>) {
		this.#reader = stream.getReader();
	}

	/** @throws RangeError when the stream ends before that */
	async read(length: number): Promise<Uint8Array> {
		const bytes = new Uint8Array(length);
		let at = 0;
		await this.#take(length, (piece) => {
			bytes.set(piece, at);
			at += piece.length;
		});
		return bytes;
	}

	/** Lets so many bytes pass. @throws RangeError when the stream ends before that */
	skip(length: number): Promise<void> {
		return this.#take(length, () => undefined);
	}

	/** Stops the stream; what it still had is lost. */
	close(): void {
		this.#reader.cancel().catch(() => undefined);
	}

	async #take(length: number, hear: (piece: Uint8Array) => void): Promise<void> {
		for (let left = length; left > 0;) {
			if (this.#rest.length === 0) {
				const { done, value } = await this.#reader.read();
				if (done) throw new RangeError(`The stream ends ${left} bytes too early.`);
				this.#rest = new Uint8Array(value);
			}
			const piece = this.#rest.subarray(0, left);
			hear(piece);
			left -= piece.length;
			this.#rest = this.#rest.subarray(piece.length);
		}
	}
}
