/**
 * SHA-256 of bytes: the browser's own, or the same in plain arithmetic where the page is not a secure
 * context (a site opened over http from another machine), because there `crypto.subtle` is missing.
 */

/** @returns 64 lower-case hex digits */
export async function sha256(
	bytes: Uint8Array,
	subtle: Pick<SubtleCrypto, 'digest'> | undefined = globalThis.crypto?.subtle,
): Promise<string> {
	if (!subtle) return hex(digest(bytes));
	return hex(new Uint8Array(await subtle.digest('SHA-256', asBufferSource(bytes))));
}

/** WebCrypto takes no view of shared memory; ours never is one. */
function asBufferSource(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
	const { buffer } = bytes;
	if (!(buffer instanceof ArrayBuffer)) return new Uint8Array(bytes);
	return new Uint8Array(buffer, bytes.byteOffset, bytes.byteLength);
}

function hex(bytes: Uint8Array): string {
	return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** FIPS 180-4: the first 32 bits of the fractional parts of `root`-th roots of the first primes. */
function rootBits(count: number, root: (prime: number) => number): Uint32Array {
	const bits = new Uint32Array(count);
	for (let candidate = 2, found = 0; found < count; candidate++) {
		let prime = true;
		for (let divisor = 2; divisor * divisor <= candidate; divisor++) {
			if (candidate % divisor === 0) prime = false;
		}
		if (prime) bits[found++] = (root(candidate) % 1) * 2 ** 32;
	}
	return bits;
}

const START = rootBits(8, Math.sqrt);
const ROUND = rootBits(64, Math.cbrt);

function digest(bytes: Uint8Array): Uint8Array {
	const padded = new Uint8Array(Math.ceil((bytes.length + 9) / 64) * 64);
	padded.set(bytes);
	padded[bytes.length] = 0x80;
	const view = new DataView(padded.buffer);
	view.setUint32(padded.length - 8, Math.floor(bytes.length / 2 ** 29));
	view.setUint32(padded.length - 4, (bytes.length << 3) >>> 0);
	const state = START.slice();
	const words = new Uint32Array(64);
	for (let offset = 0; offset < padded.length; offset += 64) {
		for (let i = 0; i < 16; i++) words[i] = view.getUint32(offset + 4 * i);
		mix(state, words);
	}
	const out = new DataView(new ArrayBuffer(32));
	state.forEach((word, i) => out.setUint32(4 * i, word));
	return new Uint8Array(out.buffer);
}

const rotate = (word: number, by: number) => (word >>> by) | (word << (32 - by));

/** One block: `words` has its 16 words and room for the schedule's other 48. */
function mix(state: Uint32Array, words: Uint32Array): void {
	for (let i = 16; i < 64; i++) {
		const x = words[i - 15] ?? 0;
		const y = words[i - 2] ?? 0;
		const s0 = rotate(x, 7) ^ rotate(x, 18) ^ (x >>> 3);
		const s1 = rotate(y, 17) ^ rotate(y, 19) ^ (y >>> 10);
		words[i] = (words[i - 16] ?? 0) + s0 + (words[i - 7] ?? 0) + s1;
	}
	let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
	for (let i = 0; i < 64; i++) {
		const s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
		const t1 = (h + s1 + ((e & f) ^ (~e & g)) + (ROUND[i] ?? 0) + (words[i] ?? 0)) | 0;
		const s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
		const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
		[h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + t2) | 0];
	}
	[a, b, c, d, e, f, g, h].forEach((word, i) => (state[i] = (state[i] ?? 0) + word));
}
