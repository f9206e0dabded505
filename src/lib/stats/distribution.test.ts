import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distributionOf, rowsBelow } from './distribution';

const anyValue = fc.oneof(
	fc.integer({ min: -3, max: 3 }),
	fc.double({ noNaN: true }),
	fc.constant(NaN),
);

describe('distributionOf(values)', () => {
	it('keeps each value once, with the rows up to it; rows without a value are left out', () => {
		const { values, upTo } = distributionOf(Float64Array.of(2, NaN, 1, 2, -1));
		expect([...values]).toEqual([-1, 1, 2]);
		expect([...upTo]).toEqual([1, 2, 4]);
		expect(rowsBelow(distributionOf(Float64Array.of(NaN)), Infinity, true)).toBe(0);
	});

	it('counts below and up to any value as a walk over all rows does', () => {
		fc.assert(
			fc.property(fc.array(anyValue), anyValue, (rows, value) => {
				const distribution = distributionOf(Float64Array.from(rows));
				expect(rowsBelow(distribution, value)).toBe(rows.filter((row) => row < value).length);
				expect(rowsBelow(distribution, value, true)).toBe(
					rows.filter((row) => row <= value).length,
				);
			}),
		);
	});
});
