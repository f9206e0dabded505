/** Which of many points are drawn: evenly spaced ones, always the same, never without the outermost. */

/**
 * @param items indices of points, in an order that does not change
 * @param most at least 2 for each axis
 * @param axes what each axis holds, by index; no NaN
 * @returns all items where they are few enough, else evenly spaced ones and the extremes of each axis
 */
export function sampleOf(
	items: Uint32Array,
	most: number,
	axes: readonly Float64Array[],
): Uint32Array {
	if (items.length <= most) return items;
	const kept = new Set(axes.flatMap((values) => extremes(items, values)));
	const room = most - kept.size;
	for (let i = 0; i < room; i++) kept.add(Math.floor((i * items.length) / room));
	return Uint32Array.from(
		[...kept].sort((a, b) => a - b),
		(place) => items[place]!,
	);
}

/** Places in `items` of the lowest and the highest value. */
function extremes(items: Uint32Array, values: Float64Array): [number, number] {
	let [low, high] = [0, 0];
	for (let i = 1; i < items.length; i++) {
		if (values[items[i]!]! < values[items[low]!]!) low = i;
		if (values[items[i]!]! > values[items[high]!]!) high = i;
	}
	return [low, high];
}
