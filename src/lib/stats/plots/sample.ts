/** Which of many points are drawn: evenly spaced ones, always the same, never without the outermost. */

/**
 * @param items in an order that does not change, such as by name
 * @param most at least 2 for each axis
 * @param axes what each axis reads off an item; no NaN
 * @returns all items where they are few enough, else evenly spaced ones and the extremes of each axis
 */
export function sampleOf<T>(
	items: readonly T[],
	most: number,
	axes: readonly ((item: T) => number)[],
): readonly T[] {
	if (items.length <= most) return items;
	const kept = new Set(axes.flatMap((of) => extremes(items, of)));
	const room = most - kept.size;
	for (let i = 0; i < room; i++) kept.add(Math.floor((i * items.length) / room));
	return [...kept].sort((a, b) => a - b).map((i) => items[i]!);
}

function extremes<T>(items: readonly T[], of: (item: T) => number): [number, number] {
	let [low, high] = [0, 0];
	for (let i = 1; i < items.length; i++) {
		if (of(items[i]!) < of(items[low]!)) low = i;
		if (of(items[i]!) > of(items[high]!)) high = i;
	}
	return [low, high];
}
