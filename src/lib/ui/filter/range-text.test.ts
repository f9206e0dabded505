import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printEnd, readRange, sameRange } from './range-text';

const one = { size: 1 };
const minutes = { size: 60e9, whole: true };

describe('readRange', () => {
	it('takes one end, both or none', () => {
		expect(readRange('1', ' 5 ', one)).toEqual({ ok: true, range: { min: 1, max: 5 } });
		expect(readRange('', '.5', one)).toEqual({ ok: true, range: { max: 0.5 } });
		expect(readRange(' ', '', one)).toEqual({ ok: true, range: undefined });
		expect(readRange('1.5', '', minutes)).toEqual({ ok: true, range: { min: 90e9 } });
	});

	it.each(['abc', '0x10', '1,5', 'Infinity', '1e999', '--1', '1 2'])(
		'refuses %s in words',
		(text) => {
			expect(readRange('', text, one)).toEqual({
				ok: false,
				error: `“${text}” is not a number.`,
			});
		},
	);

	it('refuses ends that are the wrong way round', () => {
		const wrong = readRange('5', '3', one);
		expect(wrong).toEqual({ ok: false, error: 'The lower end 5 is above the upper end 3.' });
	});

	it('reads back every number it prints', () => {
		fc.assert(
			fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
				expect(readRange(printEnd(value, one), '', one)).toEqual({
					ok: true,
					range: { min: value + 0 },
				});
			}),
		);
	});

	it('reads back whole nanoseconds up to twelve digits', () => {
		fc.assert(
			fc.property(fc.integer({ min: 0, max: 1e11 }), (ns) => {
				const scale = { size: 1e9, whole: true };
				expect(readRange('', printEnd(ns, scale), scale)).toEqual({ ok: true, range: { max: ns } });
			}),
		);
	});
});

describe('sameRange', () => {
	it('tells open ends from no range', () => {
		expect(sameRange({ min: 1 }, { min: 1 })).toBe(true);
		expect(sameRange({ min: 1 }, { min: 1, max: 2 })).toBe(false);
		expect(sameRange({}, undefined)).toBe(false);
		expect(sameRange(undefined, undefined)).toBe(true);
	});
});
