import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { argmax } from './argmax';
import { MetricError } from './metric';

describe('argmax', () => {
	it('takes the first of equal values, and the first NaN before everything', () => {
		const data = [1, 3, 3, NaN, Infinity, NaN];
		expect([...argmax({ data, shape: [2, 3] }, 1).data]).toEqual([1, 0]);
	});

	it('is the same along any axis of the same numbers', () => {
		fc.assert(
			fc.property(
				fc.array(fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 4, maxLength: 4 }), {
					minLength: 1,
					maxLength: 6,
				}),
				(rows) => {
					const last = argmax({ data: rows.flat(), shape: [rows.length, 4] }, 1);
					const columns = Array.from({ length: 4 }, (_, c) => rows.map((row) => row[c]!));
					const first = argmax({ data: columns.flat(), shape: [4, rows.length] }, 0);
					expect([...first.data]).toEqual([...last.data]);
				},
			),
		);
	});

	it('says which axis has no classes', () => {
		expect(() => argmax({ data: [1, 2], shape: [2] }, 1)).toThrow(MetricError);
		expect(() => argmax({ data: [1, 2, 3], shape: [2, 2] }, 1)).toThrow('3 values');
	});
});
