/**
 * All values of one numeric column, ascending and each once: how many rows lie below a value is two
 * binary searches, whatever the number of rows. What does not depend on a filter is counted with it.
 */

export interface Distribution {
	/** distinct values, ascending, without NaN */
	readonly values: Float64Array;
	/** rows with at most the value beside it */
	readonly upTo: Uint32Array;
}

/** @param values in any order, NaN where there is none; sorted in place */
export function distributionOf(values: Float64Array): Distribution {
	values.sort(); // NaN goes last
	let present = values.length;
	while (present > 0 && Number.isNaN(values[present - 1])) present--;
	const distinct = new Float64Array(present);
	const upTo = new Uint32Array(present);
	let n = 0;
	for (let i = 0; i < present; i++) {
		if (n === 0 || distinct[n - 1] !== values[i]) distinct[n++] = values[i]!;
		upTo[n - 1] = i + 1;
	}
	return { values: distinct.slice(0, n), upTo: upTo.slice(0, n) };
}

/** @returns rows with a value below `value`, or at most `value` where it is `included` */
export function rowsBelow({ values, upTo }: Distribution, value: number, included = false): number {
	let from = 0;
	let to = values.length;
	while (from < to) {
		const middle = (from + to) >>> 1;
		const below = included ? values[middle]! <= value : values[middle]! < value;
		if (below) from = middle + 1;
		else to = middle;
	}
	return from === 0 ? 0 : upTo[from - 1]!;
}
