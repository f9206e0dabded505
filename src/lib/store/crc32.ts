/** CRC-32 as zip and gzip have it: tells a damaged line from a whole one. No protection from people. */

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
	let value = byte;
	for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
	return value;
});

/** @returns the checksum as an unsigned number */
export function crc32(bytes: Uint8Array): number {
	let sum = 0xffffffff;
	for (let i = 0; i < bytes.length; i++) sum = TABLE[(sum ^ bytes[i]!) & 255]! ^ (sum >>> 8);
	return (sum ^ 0xffffffff) >>> 0;
}
