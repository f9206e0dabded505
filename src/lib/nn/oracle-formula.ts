/** Reading of the reference vectors: arrays given as formulas, and comparison in single precision. */
import * as v from 'valibot';
import { expectClose, expectEqual } from '../../../scripts/oracles/expect';
import { uniforms } from './formula';
import type { Tensor } from './tensor';

/** An array as {stream, shape, range} of `formula.ts`. */
export const formulaSchema = v.object({
	j: v.number(),
	shape: v.array(v.number()),
	lo: v.number(),
	hi: v.number(),
});
export type Formula = v.InferOutput<typeof formulaSchema>;

/** Numbers in which NaN is null or the text nan. */
export const numbersSchema = v.array(
	v.union([
		v.number(),
		v.pipe(
			v.union([v.null(), v.literal('nan')]),
			v.transform(() => NaN),
		),
	]),
);

/** Single precision: sums of a hundred products are off by a few units in the seventh digit. */
const TOLERANCE = { relative: 2e-5, absolute: 5e-6 };

export function valuesOf({ j, shape, lo, hi }: Formula, seed: number): Float32Array {
	const size = shape.reduce((product, n) => product * n, 1);
	return uniforms(j, size, { low: lo, high: hi, seed });
}

/** @throws Mismatch naming the first element that is off */
export async function compare(
	actual: Tensor,
	expected: readonly number[],
	what: string,
	tolerance = TOLERANCE,
): Promise<void> {
	const values = await actual.data();
	expectEqual(values.length, expected.length, `${what}: elements`);
	for (const [i, value] of expected.entries())
		expectClose(values[i] ?? NaN, value, tolerance, `${what}[${i}]`);
}
