/** The points that nothing cheaper equals: the frontier of accuracy over duration. */

/**
 * @param duration any unit; NaN = not recorded
 * @param accuracy of the same points
 * @returns indices of the frontier by rising duration: ordered by duration, then by accuracy
 * downwards, a point joins when its accuracy is strictly higher than of all before it. Of equal points
 * the first joins.
 */
export function paretoFrontier(
	duration: ArrayLike<number>,
	accuracy: ArrayLike<number>,
): Uint32Array {
	const order: number[] = [];
	for (let i = 0; i < duration.length; i++)
		if (!Number.isNaN(duration[i]!) && !Number.isNaN(accuracy[i]!)) order.push(i);
	const known = Uint32Array.from(order);
	known.sort((a, b) => duration[a]! - duration[b]! || accuracy[b]! - accuracy[a]! || a - b);
	let highest = -Infinity;
	return known.filter((i) => {
		const joins = accuracy[i]! > highest;
		if (joins) highest = accuracy[i]!;
		return joins;
	});
}
