import { describe, expect, it } from 'vitest';
import { standing } from './rank';

describe('standing(value, values)', () => {
	it('counts the strictly greater for the rank, and half of the ties for the percentile', () => {
		expect(standing(0.5, [0.1, 0.5, 0.5, 0.9])).toEqual({ rank: 2, percentile: 0.5, of: 4 });
		expect(standing(0.9, [0.1, 0.5, 0.5, 0.9])).toEqual({ rank: 1, percentile: 0.875, of: 4 });
		expect(standing(0.1, [0.1])).toEqual({ rank: 1, percentile: 0.5, of: 1 });
	});
});
