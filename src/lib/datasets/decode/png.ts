/**
 * Reads PNG pictures of 8 bits per channel without interlace, which is what datasets hold: the
 * browser's own decoder takes a millisecond for a picture of 32 × 32 pixels, this one some
 * microseconds, and it runs in Node. Others are left to the browser.
 */
import { unzlibSync } from 'fflate';
import type { RgbPicture } from './stream';

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** True for bytes that begin as a PNG does. */
export function isPng(bytes: Uint8Array): boolean {
	return SIGNATURE.every((byte, i) => bytes[i] === byte);
}

/** The picture is damaged; the message is a clause. */
export class PngError extends Error {
	override readonly name = 'PngError';
}

interface Parts {
	readonly width: number;
	readonly height: number;
	/** bytes per pixel in the file */
	readonly channels: 1 | 2 | 3 | 4;
	readonly palette: Uint8Array | undefined;
	readonly packed: Uint8Array;
}

const CHANNELS: ReadonlyMap<number, Parts['channels']> = new Map([
	[0, 1], // grey
	[2, 3], // red, green, blue
	[3, 1], // palette
	[4, 2], // grey and alpha
	[6, 4], // red, green, blue, alpha
]);

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
	let value = n;
	for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
	return value;
});

function crc32(bytes: Uint8Array): number {
	let crc = 0xffffffff;
	for (const byte of bytes) crc = (CRC_TABLE[(crc ^ byte) & 255] ?? 0) ^ (crc >>> 8);
	return (crc ^ 0xffffffff) >>> 0;
}

/** The file's chunks. @throws PngError for one that is cut or damaged */
function* chunksOf(bytes: Uint8Array): Generator<{ type: string; data: Uint8Array }> {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
	for (let at = 8; at < bytes.length;) {
		const length = at + 12 <= bytes.length ? view.getUint32(at) : Infinity;
		if (at + 12 + length > bytes.length) throw new PngError('a picture ends too early');
		const body = bytes.subarray(at + 4, at + 8 + length);
		if (crc32(body) !== view.getUint32(at + 8 + length)) throw new PngError('a picture is damaged');
		const type = String.fromCharCode(...body.subarray(0, 4));
		yield { type, data: body.subarray(4) };
		if (type === 'IEND') return;
		at += 12 + length;
	}
	throw new PngError('a picture ends too early');
}

function join(pieces: readonly Uint8Array[]): Uint8Array {
	const [only] = pieces;
	if (only && pieces.length === 1) return only;
	const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
	let at = 0;
	for (const piece of pieces) {
		whole.set(piece, at);
		at += piece.length;
	}
	return whole;
}

/** @returns undefined for kinds that are left to the browser */
function partsOf(bytes: Uint8Array, maxPixels: number): Parts | undefined {
	const packed: Uint8Array[] = [];
	let palette: Uint8Array | undefined;
	let head: Omit<Parts, 'palette' | 'packed'> | undefined;
	for (const { type, data } of chunksOf(bytes)) {
		if (type === 'IHDR') {
			const view = new DataView(data.buffer, data.byteOffset, data.length);
			if (data.length !== 13) throw new PngError('a picture is damaged');
			const [width, height] = [view.getUint32(0), view.getUint32(4)];
			const channels = CHANNELS.get(data[9] ?? -1);
			if (data[8] !== 8 || data[12] !== 0 || !channels) return undefined;
			if (width === 0 || height === 0 || width * height > maxPixels)
				throw new PngError(`a picture of ${width} × ${height} pixels is too large`);
			head = { width, height, channels };
		} else if (type === 'PLTE') palette = data;
		else if (type === 'IDAT') packed.push(data);
	}
	return head && { ...head, palette, packed: join(packed) };
}

function paeth(left: number, up: number, corner: number): number {
	const guess = left + up - corner;
	const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
	return a <= b && a <= c ? left : b <= c ? up : corner;
}

/** Undoes the filters of the lines, in place, and returns them without their first bytes. */
function unfilter(raw: Uint8Array, height: number, row: number, step: number): Uint8Array {
	const out = new Uint8Array(height * row);
	for (let y = 0; y < height; y++) {
		const filter = raw[y * (row + 1)] ?? 0;
		if (filter > 4) throw new PngError('a picture is damaged');
		const line = y * row;
		for (let i = 0; i < row; i++) {
			const left = i < step ? 0 : (out[line + i - step] ?? 0);
			const up = y === 0 ? 0 : (out[line - row + i] ?? 0);
			const corner = y === 0 || i < step ? 0 : (out[line - row + i - step] ?? 0);
			const value = raw[y * (row + 1) + 1 + i] ?? 0;
			const guess =
				filter === 0
					? 0
					: filter === 1
						? left
						: filter === 2
							? up
							: filter === 3
								? (left + up) >> 1
								: paeth(left, up, corner);
			out[line + i] = value + guess;
		}
	}
	return out;
}

function toRgb(lines: Uint8Array, channels: number, palette: Uint8Array | undefined): Uint8Array {
	if (channels === 3) return lines;
	const count = lines.length / channels;
	const pixels = new Uint8Array(count * 3);
	for (let i = 0; i < count; i++) {
		const first = lines[i * channels] ?? 0;
		for (let c = 0; c < 3; c++)
			pixels[3 * i + c] = palette
				? (palette[3 * first + c] ?? 0)
				: channels === 4
					? (lines[4 * i + c] ?? 0)
					: first;
	}
	return pixels;
}

/**
 * @param maxPixels width × height at most; looked at before anything is inflated
 * @returns RGB without alpha, as Pillow's convert('RGB') gives it; undefined for what is left to the
 * browser (16 bits, fewer than 8 bits, interlace)
 * @throws PngError for one that is damaged or too large
 */
export function decodePng(bytes: Uint8Array, maxPixels: number): RgbPicture | undefined {
	const parts = partsOf(bytes, maxPixels);
	if (!parts) return undefined;
	const { width, height, channels, palette, packed } = parts;
	const row = width * channels;
	const wanted = (row + 1) * height;
	let raw: Uint8Array;
	try {
		raw = unzlibSync(packed, { out: new Uint8Array(wanted) });
	} catch {
		throw new PngError('a picture is damaged');
	}
	if (raw.length !== wanted) throw new PngError('a picture is damaged');
	const isPalette = channels === 1 && palette !== undefined;
	const lines = unfilter(raw, height, row, channels);
	return { pixels: toRgb(lines, channels, isPalette ? palette : undefined), height, width };
}
