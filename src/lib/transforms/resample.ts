/**
 * Pillow's antialiased bilinear resize of 8-bit pictures, to the bit: the filter's support grows with
 * the reduction, weights are fixed-point numbers of 22 bits, and each of the two passes rounds to a
 * byte. Canvas and tfjs resize otherwise, which changes accuracies; so this is plain arithmetic.
 * Source: Pillow's `Resample.c` as documented, checked against Pillow 13 (oracles/nets/transforms.json).
 */

/** A picture: bytes in the order H,W,C. */
export interface Picture {
	readonly pixels: Uint8Array;
	readonly height: number;
	readonly width: number;
	readonly channels: number;
}

/** How each output position is made of input positions along one axis. */
interface Axis {
	/** weights per output position; the unused ones are 0 */
	readonly taps: number;
	/** first input position per output position */
	readonly starts: Int32Array;
	/** used weights per output position */
	readonly counts: Int32Array;
	/** outputs × taps, in units of 2^-22 */
	readonly weights: Int32Array;
}

const PRECISION = 22;
const HALF = 1 << (PRECISION - 1);

/** bilinear: 1 at the centre, 0 from a distance of 1 */
const triangle = (x: number) => Math.max(0, 1 - Math.abs(x));

function makeAxis(from: number, to: number): Axis {
	const scale = from / to;
	const support = Math.max(scale, 1);
	const taps = Math.ceil(support) * 2 + 1;
	const starts = new Int32Array(to);
	const counts = new Int32Array(to);
	const weights = new Int32Array(to * taps);
	for (let out = 0; out < to; out++) {
		const centre = (out + 0.5) * scale;
		const first = Math.max(0, Math.trunc(centre - support + 0.5));
		const end = Math.min(from, Math.trunc(centre + support + 0.5));
		const row = Float64Array.from({ length: end - first }, (_, tap) =>
			triangle((tap + first - centre + 0.5) * (1 / support)),
		);
		const sum = row.reduce((before, weight) => before + weight, 0);
		const fixed = row.map((weight) => Math.trunc(0.5 + (weight / sum) * (1 << PRECISION)));
		// Weights of 0 at the ends cost time and give nothing.
		const from0 = fixed.findIndex((weight) => weight !== 0);
		const used = fixed.slice(from0, fixed.findLastIndex((weight) => weight !== 0) + 1);
		weights.set(used, out * taps);
		starts[out] = first + from0;
		counts[out] = used.length;
	}
	return { taps, starts, counts, weights };
}

const axes = new Map<string, Axis>();

/** Datasets have few sizes; pictures of all sizes would fill the memory, so the table is bounded. */
function axisOf(from: number, to: number): Axis {
	const key = `${from}>${to}`;
	let axis = axes.get(key);
	if (!axis) {
		if (axes.size >= 256) axes.clear();
		axes.set(key, (axis = makeAxis(from, to)));
	}
	return axis;
}

const clip = (sum: number) => {
	const value = sum >> PRECISION;
	return value < 0 ? 0 : value > 255 ? 255 : value;
};

/** Along the rows: (h, from, c) → (h, to, c). */
function resizeWidth(source: Uint8Array, h: number, from: number, to: number, c: number) {
	const { taps, starts, counts, weights } = axisOf(from, to);
	const target = new Uint8Array(h * to * c);
	for (let y = 0; y < h; y++) {
		let out = y * to * c;
		for (let x = 0; x < to; x++) {
			const first = (y * from + (starts[x] ?? 0)) * c;
			const count = counts[x] ?? 0;
			const base = x * taps;
			for (let channel = 0; channel < c; channel++) {
				let sum = HALF;
				for (let tap = 0, at = first + channel; tap < count; tap++, at += c)
					sum += (source[at] ?? 0) * (weights[base + tap] ?? 0);
				target[out++] = clip(sum);
			}
		}
	}
	return target;
}

/** Down the columns: (from, row bytes) → (to, row bytes). */
function resizeHeight(source: Uint8Array, from: number, to: number, row: number) {
	const { taps, starts, counts, weights } = axisOf(from, to);
	const target = new Uint8Array(to * row);
	for (let y = 0; y < to; y++) {
		const first = (starts[y] ?? 0) * row;
		const lines = Array.from({ length: counts[y] ?? 0 }, (_, tap) =>
			source.subarray(first + tap * row, first + (tap + 1) * row),
		);
		mixLines(lines, weights.subarray(y * taps), target.subarray(y * row, (y + 1) * row));
	}
	return target;
}

/** One line of the sum of others; two are the rule when a picture grows. */
function mixLines(lines: readonly Uint8Array[], weights: Int32Array, target: Uint8Array): void {
	const [one, other] = lines;
	if (lines.length === 2 && one && other)
		return mixTwo(one, other, weights[0] ?? 0, weights[1] ?? 0, target);
	const sums = new Int32Array(target.length).fill(HALF);
	lines.forEach((line, tap) => {
		const weight = weights[tap] ?? 0;
		for (let i = 0; i < sums.length; i++) sums[i] = (sums[i] ?? 0) + (line[i] ?? 0) * weight;
	});
	for (let i = 0; i < target.length; i++) target[i] = clip(sums[i] ?? 0);
}

/** Two weights of bytes never leave the range of a byte: there is nothing to clip. */
function mixTwo(
	one: Uint8Array,
	other: Uint8Array,
	a: number,
	b: number,
	target: Uint8Array,
): void {
	const { length } = target;
	for (let i = 0; i < length; i++)
		target[i] = (HALF + Math.imul(one[i]!, a) + Math.imul(other[i]!, b)) >>> PRECISION;
}

/** @returns the picture at `height` × `width`; the same object when it has that size already */
export function resize(picture: Picture, height: number, width: number): Picture {
	if (picture.height === height && picture.width === width) return picture;
	const { channels } = picture;
	let { pixels } = picture;
	if (width !== picture.width)
		pixels = resizeWidth(pixels, picture.height, picture.width, width, channels);
	if (height !== picture.height)
		pixels = resizeHeight(pixels, picture.height, height, width * channels);
	return { pixels, height, width, channels };
}
