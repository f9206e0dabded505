/**
 * Reads a tar archive as it streams by. Names are only ever compared, never used as paths of files.
 * ustar, GNU long names and pax names; everything else that is no plain file is passed over.
 */
import { badFile } from '../errors';
import type { NamedBlob } from './stream';
import { joinBytes } from '../../bytes';

/** What an archive may hold at most. */
export interface TarLimits {
	readonly entries: number;
	/** of all entries together */
	readonly bytes: number;
}

const BLOCK = 512;
const LONGEST_NAME = 64 * 1024;

/** Hands out exact amounts of a stream of pieces. */
class ByteQueue {
	readonly #source: AsyncIterator<Uint8Array>;
	#piece: Uint8Array = new Uint8Array(0);

	constructor(source: AsyncIterable<Uint8Array>) {
		this.#source = source[Symbol.asyncIterator]();
	}

	/** @returns pieces of together `count` bytes; fewer only at the end of the stream */
	async take(count: number): Promise<Uint8Array[]> {
		const pieces: Uint8Array[] = [];
		for (let left = count; left > 0;) {
			if (this.#piece.length === 0) {
				const { done, value } = await this.#source.next();
				if (done) break;
				this.#piece = value;
				continue;
			}
			const part = this.#piece.subarray(0, left);
			pieces.push(part);
			this.#piece = this.#piece.subarray(part.length);
			left -= part.length;
		}
		return pieces;
	}

	/** Reads to the end, so that a checksum behind the archive is seen. */
	async drain(): Promise<void> {
		this.#piece = new Uint8Array(0);
		while (!(await this.#source.next()).done);
	}
}

const utf8 = new TextDecoder();

function textOf(bytes: Uint8Array): string {
	const end = bytes.indexOf(0);
	return utf8.decode(end < 0 ? bytes : bytes.subarray(0, end));
}

/** Octal digits, or GNU's base 256 for what is too large. */
function numberOf(bytes: Uint8Array): number {
	if ((bytes[0] ?? 0) & 0x80)
		return bytes.reduce((sum, byte, i) => sum * 256 + (i === 0 ? byte & 0x7f : byte), 0);
	const text = textOf(bytes).trim();
	return /^[0-7]*$/.test(text) ? Number.parseInt(text || '0', 8) : NaN;
}

interface Header {
	readonly name: string;
	readonly size: number;
	readonly type: string;
}

/** @returns undefined for a block that is no header */
function headerOf(block: Uint8Array): Header | undefined {
	const sum = block.reduce((before, byte, i) => before + (i >= 148 && i < 156 ? 32 : byte), 0);
	if (sum !== numberOf(block.subarray(148, 156))) return undefined;
	const name = textOf(block.subarray(0, 100));
	const ustar = textOf(block.subarray(257, 262)) === 'ustar';
	const prefix = ustar ? textOf(block.subarray(345, 500)) : '';
	const size = numberOf(block.subarray(124, 136));
	const type = String.fromCharCode(block[156] ?? 0);
	return { name: prefix ? `${prefix}/${name}` : name, size, type };
}

/** The `path` of a pax header: lines of "length key=value". */
function paxPath(text: string): string | undefined {
	return /(?:^|\n)\d+ path=([^\n]*)\n/.exec(text)?.[1];
}

/**
 * @param archive its name, for messages
 * @returns every plain file, in the archive's order
 * @throws RpcError DATASET_FILE when it is cut, damaged or too large
 */
export async function readTar(
	archive: string,
	source: AsyncIterable<Uint8Array>,
	limits: TarLimits,
): Promise<NamedBlob[]> {
	const queue = new ByteQueue(source);
	const files: NamedBlob[] = [];
	let bytes = 0;
	let longName: string | undefined;
	for (let entries = 0; ; entries++) {
		const block = joinBytes(await queue.take(BLOCK));
		if (block.length === 0 && files.length > 0) break;
		if (block.length < BLOCK) throw cut(archive);
		if (block.every((byte) => byte === 0)) break;
		const header = headerOf(block);
		if (!header || !Number.isSafeInteger(header.size)) throw damaged(archive);
		bytes += header.size;
		if (entries >= limits.entries || bytes > limits.bytes) throw tooLarge(archive, limits);
		const pieces = await body(queue, header.size, archive);
		if (header.type === 'L' || header.type === 'x') {
			if (header.size > LONGEST_NAME) throw damaged(archive);
			const text =
				header.type === 'L' ? textOf(joinBytes(pieces)) : paxPath(utf8.decode(joinBytes(pieces)));
			longName = text ?? longName;
			continue;
		}
		if (header.type === '0' || header.type === '\0')
			files.push({ name: longName ?? header.name, blob: blobOf(pieces) });
		longName = undefined;
	}
	await queue.drain();
	return files;
}

async function body(queue: ByteQueue, size: number, archive: string): Promise<Uint8Array[]> {
	const pieces = await queue.take(size);
	const rest = (BLOCK - (size % BLOCK)) % BLOCK;
	const padding = joinBytes(await queue.take(rest));
	const got = pieces.reduce((sum, { length }) => sum + length, 0);
	if (got < size || padding.length < rest) throw cut(archive);
	return pieces;
}

/** Copies, because a piece may share its memory with the next entry. */
function blobOf(pieces: readonly Uint8Array[]): Blob {
	return new Blob(pieces.map((piece) => new Uint8Array(piece)));
}

const cut = (archive: string) => badFile(archive, 'the archive ends too early: get it again');
const damaged = (archive: string) => badFile(archive, 'the archive is damaged: get it again');
const tooLarge = (archive: string, { entries, bytes }: TarLimits) =>
	badFile(
		archive,
		`the archive holds more than this dataset can be (${entries.toLocaleString('en')} files, ${Math.round(bytes / 2 ** 20).toLocaleString('en')} MiB)`,
	);
