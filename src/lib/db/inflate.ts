/** Inflates a gzip stream that came in pieces: the browser's own decoder, or fflate without it. */
import { Gunzip } from 'fflate';

/**
 * @param pieces one gzip stream, in order
 * @param size bytes of the inflated file, as promised; nothing beyond it is ever allocated
 * @returns undefined when the stream is broken or its content is not of that size
 */
export async function inflate(
	pieces: readonly Uint8Array[],
	size: number,
	Decoder: typeof DecompressionStream | undefined = globalThis.DecompressionStream,
): Promise<Uint8Array | undefined> {
	const target = new Target(size);
	try {
		if (Decoder) await inflateNatively(pieces, new Decoder('gzip'), target);
		else inflateByHand(pieces, target);
	} catch {
		return undefined;
	}
	return target.full;
}

class Target {
	readonly #bytes: Uint8Array;
	#filled = 0;

	constructor(size: number) {
		this.#bytes = new Uint8Array(size);
	}

	/** @throws RangeError when more comes than was promised */
	add(piece: Uint8Array): void {
		this.#bytes.set(piece, this.#filled);
		this.#filled += piece.length;
	}

	get full(): Uint8Array | undefined {
		return this.#filled === this.#bytes.length ? this.#bytes : undefined;
	}
}

async function inflateNatively(
	pieces: readonly Uint8Array[],
	decoder: DecompressionStream,
	target: Target,
): Promise<void> {
	const stream = new Blob(pieces.map((piece) => new Uint8Array(piece))).stream();
	const reader = stream.pipeThrough(decoder).getReader();
	for (;;) {
		const { done, value } = await reader.read();
		if (done) return;
		target.add(value);
	}
}

function inflateByHand(pieces: readonly Uint8Array[], target: Target): void {
	const gunzip = new Gunzip((piece) => target.add(piece));
	pieces.forEach((piece, i) => gunzip.push(piece, i === pieces.length - 1));
}
