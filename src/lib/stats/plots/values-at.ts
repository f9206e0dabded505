/** The values of some trials, in a loop: `Float64Array.from` with a function takes several times as long. */

/** @returns one value a trial, in the order of `ids` */
export function valuesAt(values: Float64Array, ids: Uint32Array): Float64Array {
	const taken = new Float64Array(ids.length);
	for (let i = 0; i < taken.length; i++) taken[i] = values[ids[i]!]!;
	return taken;
}
