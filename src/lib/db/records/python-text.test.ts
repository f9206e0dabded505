import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { floatRepr, pythonRepr, type PyValue } from './python-text';

describe('floatRepr()', () => {
	it.each([
		[0, '0.0'],
		[-0, '-0.0'],
		[1, '1.0'],
		[1e-5, '1e-05'],
		[0.0001, '0.0001'],
		[1.2549105493956923e-5, '1.2549105493956923e-05'],
		[1e16, '1e+16'],
		[9999999999999998, '9999999999999998.0'],
		[1.5e300, '1.5e+300'],
		[5e-324, '5e-324'],
		[NaN, 'nan'],
		[-Infinity, '-inf'],
	])('prints %d as %s', (x, text) => {
		expect(floatRepr(x)).toBe(text);
	});

	it('reads back to the same double', () => {
		fc.assert(
			fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (x) => {
				expect(Number(floatRepr(x))).toBe(x);
			}),
		);
	});

	it("has JavaScript's digits in Python's layout", () => {
		fc.assert(
			fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (x) => {
				const text = floatRepr(x);
				expect(digitsOf(text)).toBe(digitsOf(String(x)));
				expect(text).toMatch(/^-?(\d+\.\d+|\d(\.\d+)?e[+-]\d{2,3})$/);
				const isPlain = x === 0 || (Math.abs(x) >= 1e-4 && Math.abs(x) < 1e16);
				expect(text.includes('e')).toBe(!isPlain);
			}),
		);
	});

	it("differs from JavaScript's own text (control)", () => {
		expect(String(1e-5)).not.toBe(floatRepr(1e-5));
		expect(String(1)).not.toBe(floatRepr(1));
	});
});

describe('pythonRepr()', () => {
	it('prints a dict in insertion order', () => {
		const dict = new Map<string, PyValue>([
			['lr', 1e-5],
			['batch', 4n],
			['flags', [true, null, 1]],
		]);
		expect(pythonRepr(dict)).toBe("{'lr': 1e-05, 'batch': 4, 'flags': [True, None, 1.0]}");
	});

	it.each([
		['plain', "'plain'"],
		["it's", '"it\'s"'],
		['say "hi"', `'say "hi"'`],
		[`it's "x"`, `'it\\'s "x"'`],
		['a\\b\n\t\r', "'a\\\\b\\n\\t\\r'"],
		['\u0000\u007f\u0085\u00a0', "'\\x00\\x7f\\x85\\xa0'"],
		['é\u3000\u200b', "'é\\u3000\\u200b'"],
		['\u{1f600}\u{e0001}\ud800', "'\u{1f600}\\U000e0001\\ud800'"],
	])('quotes %j', (text, printed) => {
		expect(pythonRepr(text)).toBe(printed);
	});
});

/** Significant digits of a decimal text. */
function digitsOf(text: string): string {
	const mantissa = (text.split('e')[0] ?? '').replace(/[-.]/g, '');
	return mantissa.replace(/^0+/, '').replace(/0+$/, '');
}
