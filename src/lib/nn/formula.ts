/**
 * Numbers from a counter: the same everywhere, whatever the order they are asked for. Reference
 * figures of the nets are made with it, and so are reproducible weights and images.
 */

/** @returns in [0, 1): a hash of stream, index and seed on 32 bits */
export function uniform(stream: number, index: number, seed = 0): number {
	let h =
		(Math.imul(index, 0x9e3779b1) +
			Math.imul(stream, 0x85ebca77) +
			Math.imul(seed, 0xc2b2ae3d) +
			0x27d4eb2f) |
		0;
	h ^= h >>> 15;
	h = Math.imul(h, 0x2c1b3c6d);
	h ^= h >>> 12;
	h = Math.imul(h, 0x297a2d39);
	h ^= h >>> 15;
	return (h >>> 0) / 4294967296;
}

/** @returns `count` values from low to high of one stream, rounded once to single precision */
export function uniforms(
	stream: number,
	count: number,
	{ low = 0, high = 1, seed = 0 }: { low?: number; high?: number; seed?: number } = {},
): Float32Array {
	return Float32Array.from(
		{ length: count },
		(_, index) => low + (high - low) * uniform(stream, index, seed),
	);
}
