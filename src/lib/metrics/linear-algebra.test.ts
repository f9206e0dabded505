import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { singularValues, timesTransposed, triangular } from './linear-algebra';

const matrix = (rows: number, columns: number) =>
	fc.array(
		fc
			.array(fc.integer({ min: -9, max: 9 }), { minLength: columns, maxLength: columns })
			.map((row) => Float64Array.from(row)),
		{ minLength: rows, maxLength: rows },
	);

function transposed(a: readonly Float64Array[]): Float64Array[] {
	return Array.from(a[0]!, (_, c) => Float64Array.from(a, (row) => row[c]!));
}

describe('linear algebra', () => {
	it('keeps AᵀA in the triangular factor', () => {
		fc.assert(
			fc.property(matrix(7, 3), (a) => {
				const square = (m: readonly Float64Array[]) =>
					timesTransposed(transposed(m), transposed(m)).flatMap((row) => [...row]);
				const own = square(triangular(a));
				for (const [i, expected] of square(a).entries()) expect(own[i]).toBeCloseTo(expected, 8);
			}),
		);
	});

	it('finds singular values whose squares sum to those of the matrix, also of its transpose', () => {
		fc.assert(
			fc.property(matrix(4, 3), (a) => {
				const sorted = (values: number[]) => values.sort((x, y) => y - x);
				const values = sorted(singularValues(a));
				const total = a.flatMap((row) => [...row]).reduce((sum, x) => sum + x * x, 0);
				expect(values.reduce((sum, x) => sum + x * x, 0)).toBeCloseTo(total, 8);
				for (const [i, value] of sorted(singularValues(transposed(a))).entries())
					expect(value).toBeCloseTo(values[i]!, 8);
			}),
		);
	});

	it('knows the singular values of a diagonal and of a matrix of zeros', () => {
		expect(singularValues([Float64Array.of(3, 0), Float64Array.of(0, 4)])).toEqual([3, 4]);
		expect(singularValues([Float64Array.of(0, 0), Float64Array.of(0, 0)])).toEqual([0, 0]);
	});
});
