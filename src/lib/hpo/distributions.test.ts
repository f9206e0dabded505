import { describe, expect, it } from 'vitest';
import {
	categorical,
	checked,
	float,
	int,
	nearest,
	roundHalfEven,
	sameDistribution,
	SpaceError,
	toExternal,
	toInternal,
	valueCount,
	type NumericDistribution,
} from './distributions';

describe('checked', () => {
	it.each([
		['an empty range', () => float(2, 1), /the lower end must not be above the upper one/],
		['a logarithm of 0', () => float(0, 1, { log: true }), /must lie above 0 \(low 0, high 1\)/],
		['a negative logarithm', () => int(-1, 1, { log: true }), /must lie above 0/],
		['no number', () => float(NaN, 1), /finite/],
		['an infinite end', () => float(0, Infinity), /finite/],
		['a range beyond numbers', () => float(-1.7e308, 1.7e308), /wider than a number/],
		['a step of 0', () => float(0, 1, { step: 0 }), /the step must be above 0, not 0/],
		['a step and a logarithm', () => float(1, 9, { step: 1, log: true }), /cannot have a step/],
		['half an int', () => int(0.5, 2), /whole numbers/],
		['an int beyond whole numbers', () => int(0, 2 ** 60), /whole numbers/],
		['a logarithmic int with a step', () => int(1, 9, { step: 2, log: true }), /has the step 1/],
		['no choice', () => categorical([]), /nothing to choose from/],
		['a choice twice', () => categorical(['a', 'b', 'a']), /the choice a is named twice/],
		['NaN as a choice', () => categorical([1, NaN]), /NaN cannot be a choice/],
	])('refuses %s in words', (_, make, words) => {
		expect(make).toThrow(SpaceError);
		expect(make).toThrow(words);
	});

	it('names the parameter', () => {
		const wrong = { type: 'float', low: 1, high: 0, step: null, log: false } as const;
		expect(() => checked('momentum', wrong)).toThrow(/^momentum: /);
	});

	it('moves the upper end down to the grid, for decimal steps too', () => {
		expect(int(1, 10, { step: 4 })).toMatchObject({ high: 9 });
		expect(float(0, 0.3, { step: 0.1 })).toMatchObject({
			high: 0.30000000000000004 - 5.551115123125783e-17,
		});
		expect(float(0, 1, { step: 0.3 })).toMatchObject({ high: 0.8999999999999999 });
		expect(valueCount(float(0, 0.3, { step: 0.1 }))).toBe(4);
		expect(valueCount(float(0, 1))).toBe(Infinity);
		expect(valueCount(float(0.5, 0.5))).toBe(1);
	});

	it('lets equal ends fix a value, 0 too', () => {
		expect(float(0, 0)).toMatchObject({ low: 0, high: 0 });
	});
});

describe('internal and external values', () => {
	it('cross both ways, and what is not in the range is null', () => {
		const choices = categorical(['norm', 3, true, null]);
		for (const [place, value] of ['norm', 3, true, null].entries()) {
			expect(toInternal(choices, value)).toBe(place);
			expect(toExternal(choices, place)).toBe(value);
		}
		expect(toInternal(choices, 'other')).toBeNull();
		expect(toInternal(float(0, 1), 1.5)).toBeNull();
		expect(toInternal(float(0, 1), NaN)).toBeNull();
		expect(toInternal(float(0, 1), '0.5')).toBeNull();
		expect(toInternal(int(0, 3), 1.5)).toBeNull();
		expect(toInternal(int(0, 3), 3)).toBe(3);
	});

	it('tells distributions apart by every field', () => {
		const distributions = [
			float(0, 1),
			float(0, 2),
			float(0.5, 1),
			float(0, 1, { step: 0.25 }),
			float(0.5, 1, { log: true }),
			int(0, 1),
			categorical([0, 1]),
			categorical([1, 0]),
			categorical([0]),
		];
		for (const [i, a] of distributions.entries())
			for (const [j, b] of distributions.entries())
				expect(sameDistribution(a, structuredClone(b))).toBe(i === j);
	});
});

describe('nearest', () => {
	it('rounds halves to the even step, as NumPy does, and stays inside', () => {
		expect([-1.5, -0.5, 0.5, 1.5, 2.5, 2.4, 2.6].map(roundHalfEven)).toEqual([
			-2, 0, 0, 2, 2, 2, 3,
		]);
		const stepped = int(8, 128, { step: 8 }) as NumericDistribution;
		expect([4, 12, 13, 19, 20, 21, 999].map((x) => nearest(stepped, x))).toEqual([
			8, 8, 16, 16, 24, 24, 128,
		]);
		const log = float(1e-5, 1, { log: true }) as NumericDistribution;
		expect(nearest(log, Math.exp(Math.log(1e-5)))).toBe(1e-5);
	});
});
