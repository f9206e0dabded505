/**
 * A shard: some thousand samples as one run of bytes, the unit of storing, checking and reading.
 * Little-endian: magic, samples, height, width, channels (u32 each; height and width 0 when pictures
 * differ), labels (u16 each, padded to 4 bytes), sizes (u16 pairs, only when they differ), pixels
 * (H,W,C, one sample after the other). The length follows from the head, so a cut is always noticed.
 */

/** What a shard holds, with views into its bytes. */
export interface Shard {
	readonly samples: number;
	readonly channels: number;
	readonly labels: Uint16Array;
	/** of sample `i` */
	picture(i: number): { pixels: Uint8Array; height: number; width: number };
}

/** Samples on their way into a shard. */
export interface Samples {
	/** H,W,C, one after the other */
	readonly pixels: Uint8Array;
	readonly labels: ArrayLike<number>;
	readonly height: number;
	readonly width: number;
	readonly channels: number;
}

const MAGIC = 0x3148534c; // 'LSH1'
const HEAD = 20;

/** bytes at which a shard is closed; 4 to 16 MiB read fastest (one request, no long waits) */
export const SHARD_BYTES = 8 * 2 ** 20;

const padded = (bytes: number) => Math.ceil(bytes / 4) * 4;

/** Bytes of labels and sizes for `samples` samples. */
const tableBytes = (samples: number, differ: boolean) =>
	padded(samples * 2) + (differ ? samples * 4 : 0);

/** @returns how many samples of this size a shard takes; at least one */
export function samplesPerShard(
	height: number,
	width: number,
	channels: number,
	bytes = SHARD_BYTES,
): number {
	return Math.max(1, Math.floor((bytes - HEAD) / (height * width * channels + 2)));
}

/**
 * @param parts samples in order; of one size when `size` is given
 * @param size height and width of all pictures; null when they differ
 */
export function encodeShard(
	parts: readonly Samples[],
	size: readonly [height: number, width: number] | null,
): Uint8Array<ArrayBuffer> {
	const samples = parts.reduce((sum, { labels }) => sum + labels.length, 0);
	const pixels = parts.reduce((sum, part) => sum + part.pixels.length, 0);
	const table = tableBytes(samples, size === null);
	const bytes = new Uint8Array(HEAD + table + pixels);
	const view = new DataView(bytes.buffer);
	const [height, width] = size ?? [0, 0];
	[MAGIC, samples, height, width, parts[0]?.channels ?? 0].forEach((one, i) =>
		view.setUint32(4 * i, one, true),
	);
	let label = HEAD;
	let sizes = HEAD + padded(samples * 2);
	let at = HEAD + table;
	for (const part of parts) {
		for (let i = 0; i < part.labels.length; i++, label += 2) {
			view.setUint16(label, part.labels[i] ?? 0, true);
			if (size) continue;
			view.setUint16(sizes, part.height, true);
			view.setUint16(sizes + 2, part.width, true);
			sizes += 4;
		}
		bytes.set(part.pixels, at);
		at += part.pixels.length;
	}
	return bytes;
}

/** @returns undefined when the bytes are no whole shard */
export function decodeShard(bytes: Uint8Array): Shard | undefined {
	if (bytes.length < HEAD) return undefined;
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
	const head = (i: number) => view.getUint32(4 * i, true);
	const [magic, samples, height, width, channels] = [head(0), head(1), head(2), head(3), head(4)];
	const differ = height === 0;
	const start = HEAD + tableBytes(samples, differ);
	if (magic !== MAGIC || start > bytes.length) return undefined;
	const labels = new Uint16Array(samples);
	for (let i = 0; i < samples; i++) labels[i] = view.getUint16(HEAD + 2 * i, true);
	const sizes = differ ? readSizes(view, samples) : undefined;
	const offsets = sizes && offsetsOf(sizes, channels);
	const total = offsets ? (offsets[samples] ?? 0) : samples * height * width * channels;
	if (start + total !== bytes.length) return undefined;
	const each = height * width * channels;
	return {
		samples,
		channels,
		labels,
		picture(i) {
			const from = start + (offsets ? (offsets[i] ?? 0) : i * each);
			const h = sizes ? (sizes[2 * i] ?? 0) : height;
			const w = sizes ? (sizes[2 * i + 1] ?? 0) : width;
			return { pixels: bytes.subarray(from, from + h * w * channels), height: h, width: w };
		},
	};
}

function readSizes(view: DataView, samples: number): Uint16Array {
	const from = HEAD + padded(samples * 2);
	return Uint16Array.from({ length: 2 * samples }, (_, i) => view.getUint16(from + 2 * i, true));
}

/** Where each picture begins among the pixels, and where the last one ends. */
function offsetsOf(sizes: Uint16Array, channels: number): Float64Array {
	const offsets = new Float64Array(sizes.length / 2 + 1);
	for (let i = 0; i + 1 < offsets.length; i++)
		offsets[i + 1] = (offsets[i] ?? 0) + (sizes[2 * i] ?? 0) * (sizes[2 * i + 1] ?? 0) * channels;
	return offsets;
}
