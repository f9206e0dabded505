/** Turns what a visitor picked into plain files: inflates gzip, opens tar archives, both with limits. */
import { abortError } from '../../worker/rpc-error';
import { RpcError } from '../../worker/rpc-error';
import { badFile } from '../errors';
import { bytesOf, type NamedBlob } from './stream';
import { readTar, type TarLimits } from './tar';

/** Settings of `unpack`. */
export interface UnpackOptions {
	/** for each archive */
	readonly limits: TarLimits;
	readonly signal: AbortSignal;
	/** bytes of the picked files that were read so far; never goes back */
	readonly onBytes: (read: number) => void;
}

const isGzip = (head: Uint8Array) => head[0] === 0x1f && head[1] === 0x8b;
const isTar = (block: Uint8Array) =>
	new TextDecoder('latin1').decode(block.subarray(257, 262)) === 'ustar';

/** The pieces of a stream, until it ends or the visitor has enough. */
async function* piecesOf(
	stream: ReadableStream<Uint8Array>,
	signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
	const reader = stream.getReader();
	try {
		for (;;) {
			if (signal.aborted) throw abortError();
			const { done, value } = await reader.read();
			if (done) return;
			yield value;
		}
	} finally {
		reader.cancel().catch(() => undefined);
	}
}

/** Counts what passes; `limit` bytes are the most. */
async function* limited(
	pieces: AsyncIterable<Uint8Array>,
	onPiece: (total: number) => void,
): AsyncGenerator<Uint8Array> {
	let total = 0;
	for await (const piece of pieces) {
		total += piece.length;
		onPiece(total);
		yield piece;
	}
}

function toStream(pieces: AsyncIterable<Uint8Array>): ReadableStream<BufferSource> {
	const iterator = pieces[Symbol.asyncIterator]();
	return new ReadableStream({
		async pull(controller) {
			const { done, value } = await iterator.next();
			if (done) controller.close();
			else controller.enqueue(new Uint8Array(value));
		},
		cancel: async () => void (await iterator.return?.()),
	});
}

/** A file's content as it streams by, inflated where it is gzip. */
function contentOf(file: NamedBlob, gzip: boolean, options: UnpackOptions, before: number) {
	const { signal, limits, onBytes } = options;
	const raw = limited(piecesOf(file.blob.stream(), signal), (read) => onBytes(before + read));
	if (!gzip) return raw;
	const inflated = toStream(raw).pipeThrough(new DecompressionStream('gzip'));
	return limited(piecesOf(inflated, signal), (total) => {
		// Headers of a tar archive come on top of its files: 1 KiB each is enough.
		if (total > limits.bytes + limits.entries * 1024)
			throw badFile(file.name, 'it inflates to more than this dataset can be');
	});
}

/** The first piece, and all of them. */
async function peek(pieces: AsyncIterable<Uint8Array>) {
	const iterator = pieces[Symbol.asyncIterator]();
	const first: Uint8Array[] = [];
	let length = 0;
	while (length < 512) {
		const { done, value } = await iterator.next();
		if (done) break;
		first.push(value);
		length += value.length;
	}
	async function* all() {
		yield* first;
		for (;;) {
			const { done, value } = await iterator.next();
			if (done) return;
			yield value;
		}
	}
	return {
		head: new Uint8Array(await new Blob(first.map((one) => new Uint8Array(one))).arrayBuffer()),
		all: all(),
	};
}

async function unpackOne(
	file: NamedBlob,
	options: UnpackOptions,
	before: number,
): Promise<NamedBlob[]> {
	const gzip = isGzip(await bytesOf(file.blob, 0, 2));
	const tarNamed = /\.(tar|tgz|tar\.gz)$/i.test(file.name);
	if (!gzip && !tarNamed && !isTar(await bytesOf(file.blob, 0, 512))) {
		options.onBytes(before + file.blob.size);
		return [file];
	}
	const { head, all } = await peek(contentOf(file, gzip, options, before));
	if (tarNamed || isTar(head)) return readTar(file.name, all, options.limits);
	const parts: Uint8Array<ArrayBuffer>[] = [];
	for await (const piece of all) parts.push(new Uint8Array(piece));
	return [{ name: file.name.replace(/\.gz$/i, ''), blob: new Blob(parts) }];
}

/**
 * @returns all plain files in them, archives in their own order
 * @throws RpcError DATASET_FILE for one that is cut, damaged or too large; an AbortError
 */
export async function unpack(
	files: readonly NamedBlob[],
	options: UnpackOptions,
): Promise<readonly NamedBlob[]> {
	const plain: NamedBlob[] = [];
	let before = 0;
	for (const file of files) {
		try {
			plain.push(...(await unpackOne(file, options, before)));
		} catch (error) {
			if (options.signal.aborted) throw abortError();
			if (error instanceof RpcError) throw error;
			throw badFile(file.name, 'it is cut or damaged and cannot be inflated: get it again', error);
		}
		before += file.blob.size;
	}
	return plain;
}
