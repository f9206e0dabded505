/** What a PNG says about itself: its density and texts, in chunks before the pixels. It decodes no pixels. */

export interface PngText {
	/** such as Title */
	readonly keyword: string;
	readonly text: string;
}

export interface PngMetadata {
	/** pixels per inch; undefined where the file does not say */
	readonly dpi: number | undefined;
	readonly texts: readonly PngText[];
}

const SIGNATURE = [137, 80, 78, 71, 13, 10, 26, 10];
const INCH = 0.0254;

/** @returns one chunk: length, type, data, CRC-32 of type and data */
export function pngChunk(type: string, data: Uint8Array): Uint8Array {
	const chunk = new Uint8Array(12 + data.length);
	const view = new DataView(chunk.buffer);
	view.setUint32(0, data.length);
	for (let i = 0; i < 4; i++) chunk[4 + i] = type.charCodeAt(i);
	chunk.set(data, 8);
	view.setUint32(8 + data.length, crc32(chunk.subarray(4, 8 + data.length)));
	return chunk;
}

/** @returns a PNG file of these chunks */
export function pngFile(chunks: readonly Uint8Array[]): Uint8Array {
	const file = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, SIGNATURE.length));
	file.set(SIGNATURE);
	let at = SIGNATURE.length;
	for (const chunk of chunks) {
		file.set(chunk, at);
		at += chunk.length;
	}
	return file;
}

/** @returns pHYs for the density and an iTXt per text that is not empty */
export function metadataChunks(dpi: number, texts: readonly PngText[]): Uint8Array[] {
	const density = new Uint8Array(9);
	const view = new DataView(density.buffer);
	view.setUint32(0, Math.round(dpi / INCH));
	view.setUint32(4, Math.round(dpi / INCH));
	density[8] = 1; // per metre
	const written = texts.filter(({ text }) => text !== '');
	return [pngChunk('pHYs', density), ...written.map((text) => pngChunk('iTXt', textData(text)))];
}

/** Keyword, then uncompressed, without language or translated keyword, then UTF-8. */
function textData({ keyword, text }: PngText): Uint8Array {
	// A zero character would end the text for some readers.
	return new TextEncoder().encode(`${keyword}\0\0\0\0\0${text.replaceAll('\0', '')}`);
}

/** @throws when the bytes are no PNG or a checksum is wrong */
export function pngChunks(bytes: Uint8Array): { type: string; data: Uint8Array }[] {
	if (SIGNATURE.some((byte, i) => bytes[i] !== byte)) throw new Error('These bytes are no PNG.');
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const chunks: { type: string; data: Uint8Array }[] = [];
	for (let at = SIGNATURE.length; at < bytes.length;) {
		const length = view.getUint32(at);
		const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
		if (crc32(bytes.subarray(at + 4, at + 8 + length)) !== view.getUint32(at + 8 + length))
			throw new Error(`The checksum of the PNG's ${type} is wrong.`);
		chunks.push({ type, data: bytes.subarray(at + 8, at + 8 + length) });
		at += 12 + length;
	}
	return chunks;
}

/** @returns what `metadataChunks` wrote; @throws as `pngChunks` */
export function readMetadata(bytes: Uint8Array): PngMetadata {
	let dpi: number | undefined;
	const texts: PngText[] = [];
	for (const { type, data } of pngChunks(bytes)) {
		if (type === 'pHYs') dpi = new DataView(data.buffer, data.byteOffset).getUint32(0) * INCH;
		if (type !== 'iTXt') continue;
		const end = data.indexOf(0);
		const [keyword, text] = [data.subarray(0, end), data.subarray(end + 5)];
		const decoder = new TextDecoder();
		texts.push({ keyword: decoder.decode(keyword), text: decoder.decode(text) });
	}
	return { dpi, texts };
}

const CRC = Uint32Array.from({ length: 256 }, (_, n) => {
	let crc = n;
	for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1;
	return crc >>> 0;
});

function crc32(bytes: Uint8Array): number {
	let crc = 0xffffffff;
	for (let i = 0; i < bytes.length; i++) crc = CRC[(crc ^ bytes[i]!) & 255]! ^ (crc >>> 8);
	return (crc ^ 0xffffffff) >>> 0;
}
