/** Places of points side by side where they would lie on each other: a swarm around a middle line. */

/**
 * Points whose values fall into the same of some equal steps stand in one row, the first in the
 * middle and the others left and right of it in turn.
 * @param ascending sorted values
 * @param step height of a point, in the unit of the values
 * @param width of a point, in the unit of the offsets
 * @param room half the width that a row at a value may take; fuller rows are pressed together
 * @returns the offset from the middle line by point
 */
export function swarmOffsets(
	ascending: Float64Array,
	{
		step,
		width,
		room,
	}: { readonly step: number; readonly width: number; readonly room: (value: number) => number },
): Float64Array {
	const offsets = new Float64Array(ascending.length);
	for (let from = 0, to = 0; from < ascending.length; from = to) {
		const row = Math.floor(ascending[from]! / step);
		while (to < ascending.length && Math.floor(ascending[to]! / step) === row) to++;
		const most = Math.floor((to - from) / 2);
		const half = room((row + 0.5) * step);
		const gap = most * width > half ? half / most : width;
		for (let i = from; i < to; i++) {
			const place = i - from;
			const side = place % 2 === 0 ? 1 : -1;
			offsets[i] = side * Math.ceil(place / 2) * gap;
		}
	}
	return offsets;
}
