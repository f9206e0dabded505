import { expect, it } from 'vitest';
import { valuesAt } from './values-at';

it('takes the values in the order asked for', () => {
	const values = Float64Array.of(0.5, NaN, 0.25);
	expect(valuesAt(values, Uint32Array.of(2, 1, 2))).toEqual(Float64Array.of(0.25, NaN, 0.25));
	expect(valuesAt(values, new Uint32Array(0))).toHaveLength(0);
});
