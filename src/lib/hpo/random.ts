/** Seeded random numbers for everything in this folder: same seed, same numbers, on every machine. */

/** @returns the next number of a stream, uniform in [0, 1) */
export type Random = () => number;

const TWO_32 = 2 ** 32;

/**
 * A "small fast chaotic" generator (Doty-Humphrey's sfc32): 128 bits of state, 32 bits a step.
 * @param seed any integer; different ones give unrelated streams
 */
export function seededRandom(seed: number): Random {
	let a = seed | 0;
	let b = Math.floor(seed / TWO_32) | 0;
	let c = 0x9e3779b9 | 0;
	let counter = 1;
	const next = () => {
		const mixed = (((a + b) | 0) + counter) | 0;
		counter = (counter + 1) | 0;
		a = b ^ (b >>> 9);
		b = (c + (c << 3)) | 0;
		c = (((c << 21) | (c >>> 11)) + mixed) | 0;
		return (mixed >>> 0) / TWO_32;
	};
	// The first outputs still resemble the seed.
	for (let i = 0; i < 16; i++) next();
	return next;
}

/** @returns a whole number in 0 … below − 1 */
export function randomIndex(random: Random, below: number): number {
	return Math.floor(random() * below);
}

/**
 * A stream of its own for every path, so that what one consumer draws does not depend on how much
 * another one drew before: suggestion 17 of a study is the same after a resumption.
 * @param path numbers and names that tell the consumer apart, e.g. trial and parameter
 */
export function streamOf(seed: number, ...path: readonly (number | string)[]): Random {
	let low = 0x811c9dc5;
	let high = 0x9e3779b9;
	const absorb = (code: number) => {
		low = Math.imul(low ^ code, 0x01000193);
		low ^= low >>> 15;
		high = Math.imul(high ^ code, 0x85ebca6b) + low;
		high ^= high >>> 13;
	};
	absorb(seed | 0);
	absorb(Math.floor(seed / TWO_32) | 0);
	for (const part of path) {
		const text = typeof part === 'number' ? `#${part}` : part;
		for (let i = 0; i < text.length; i++) absorb(text.charCodeAt(i));
		absorb(0x10000 + text.length);
	}
	// 53 bits at most, as a number holds no more.
	return seededRandom((low >>> 0) + ((high >>> 11) & 0x1fffff) * TWO_32);
}
