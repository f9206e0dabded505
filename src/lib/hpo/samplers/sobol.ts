/**
 * Sobol's points: they fill a unit cube more evenly than chance does. Direction numbers of Joe and Kuo
 * (2008, "new-joe-kuo-6"), points in the order of the Gray code, as in SciPy.
 */

/** Bits of a coordinate. */
const BITS = 30;
const SCALE = 2 ** -BITS;

/** By dimension: a primitive polynomial over GF(2) as a bit pattern, and its first direction numbers. */
const JOE_KUO: readonly (readonly [polynomial: number, first: readonly number[]])[] = [
	[1, [1]],
	[3, [1]],
	[7, [1, 3]],
	[11, [1, 3, 1]],
	[13, [1, 1, 1]],
	[19, [1, 1, 3, 3]],
	[25, [1, 3, 5, 13]],
	[37, [1, 1, 5, 5, 17]],
	[41, [1, 1, 5, 5, 5]],
	[47, [1, 1, 7, 11, 19]],
	[55, [1, 1, 5, 1, 1]],
	[59, [1, 1, 1, 3, 11]],
	[61, [1, 3, 5, 5, 31]],
	[67, [1, 3, 3, 9, 7, 49]],
	[91, [1, 1, 1, 15, 21, 21]],
	[97, [1, 3, 1, 13, 27, 49]],
	[103, [1, 1, 1, 15, 7, 5]],
	[109, [1, 3, 1, 15, 13, 25]],
	[115, [1, 1, 5, 5, 19, 61]],
	[131, [1, 3, 7, 11, 23, 15, 103]],
	[137, [1, 3, 7, 13, 13, 15, 69]],
	[143, [1, 1, 3, 13, 7, 35, 63]],
	[145, [1, 3, 5, 9, 1, 25, 53]],
	[157, [1, 3, 1, 13, 9, 35, 107]],
	[167, [1, 3, 1, 5, 27, 61, 31]],
	[171, [1, 1, 5, 11, 19, 41, 61]],
	[185, [1, 3, 5, 3, 3, 13, 69]],
	[191, [1, 1, 7, 13, 1, 19, 1]],
	[193, [1, 3, 7, 5, 13, 19, 59]],
	[203, [1, 1, 3, 9, 25, 29, 41]],
	[211, [1, 3, 5, 13, 23, 1, 55]],
	[213, [1, 3, 7, 3, 13, 59, 17]],
];

/** How many dimensions the points have at most. */
export const SOBOL_DIMENSIONS = JOE_KUO.length;

/**
 * @param index of the point, 0 … 2³⁰ − 1; point 0 is the origin
 * @param dimension 0 … {@link SOBOL_DIMENSIONS} − 1
 * @returns the coordinate as a whole number of 30 bits
 */
export function sobolBits(index: number, dimension: number): number {
	const directions = directionsOf(dimension);
	const gray = index ^ (index >>> 1);
	let bits = 0;
	for (let bit = 0; bit < BITS; bit++) if ((gray >>> bit) & 1) bits ^= directions[bit]!;
	return bits;
}

/**
 * @param shift 30 bits that move all points of a dimension the same way and keep them even
 * @returns a number in [0, 1), in the middle of the cell that the bits name
 */
export function sobolShare(bits: number, shift: number): number {
	return ((bits ^ shift) + 0.5) * SCALE;
}

const known = new Map<number, Uint32Array>();

function directionsOf(dimension: number): Uint32Array {
	const made = known.get(dimension) ?? makeDirections(dimension);
	known.set(dimension, made);
	return made;
}

function makeDirections(dimension: number): Uint32Array {
	const row = JOE_KUO[dimension];
	if (!row) throw new RangeError(`Sobol's points have ${SOBOL_DIMENSIONS} dimensions here.`);
	const [polynomial, first] = row;
	const degree = 31 - Math.clz32(polynomial);
	const numbers = dimension === 0 ? new Array<number>(BITS).fill(1) : [...first];
	for (let i = numbers.length; i < BITS; i++) {
		let next = numbers[i - degree]! ^ (numbers[i - degree]! * 2 ** degree);
		for (let k = 1; k < degree; k++)
			if ((polynomial >>> (degree - k)) & 1) next ^= numbers[i - k]! * 2 ** k;
		numbers.push(next);
	}
	return Uint32Array.from(numbers, (number, i) => number * 2 ** (BITS - 1 - i));
}
