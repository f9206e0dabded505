import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareText, distinctSorted } from './text-order';

describe('compareText(a, b)', () => {
	it('orders as the bytes of UTF-8 do', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }), (a, b) => {
				const bytes = Buffer.compare(Buffer.from(a), Buffer.from(b));
				expect(Math.sign(compareText(a, b))).toBe(bytes);
			}),
		);
	});

	it('puts a paw after a full-width letter, unlike JavaScript', () => {
		expect(compareText('\u{1F43E}', '\uFF21')).toBeGreaterThan(0);
		expect('\u{1F43E}' < '\uFF21').toBe(true);
	});

	it('puts upper case before lower case and a start before its longer text', () => {
		expect(distinctSorted(['ab', 'b', 'a', 'B', 'a'])).toEqual(['B', 'a', 'ab', 'b']);
	});
});
