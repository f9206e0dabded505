import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText } from './testing';
import {
	escapeForUrl,
	MAX_INFLATED,
	printList,
	printNumber,
	printRange,
	printText,
	printValue,
	readList,
	readNumber,
	readRange,
	readText,
	unpackValue,
} from './text';

const unpack = (value: string, bytes = MAX_INFLATED) => unpackValue(value, { bytes });
const number = fc.double({ noNaN: true, noDefaultInfinity: true });

describe('numbers and ranges', () => {
	it('read back exactly, with their signs', () => {
		fc.assert(fc.property(number, (value) => Object.is(readNumber(printNumber(value)), value)));
		const range = fc.record({ min: number, max: number }, { requiredKeys: [] });
		fc.assert(
			fc.property(range, (value) => {
				expect(readRange(printRange(value))).toEqual(value);
			}),
		);
	});

	it.each(['', ' 1', '1 ', '+1', '0x1', 'Infinity', 'NaN', '1e999', '1.', '1_0', '1'.repeat(41)])(
		'%j is no number',
		(text) => {
			expect(readNumber(text)).toBeUndefined();
		},
	);

	it('a lone number is both ends, and what is half a range is none', () => {
		expect(readRange('5')).toEqual({ min: 5, max: 5 });
		expect(readRange('..')).toEqual({});
		for (const text of ['a..1', '1..b', '1....2', '']) expect(readRange(text)).toBeUndefined();
	});
});

describe('texts and lists', () => {
	it('read back whatever they hold, and use no character that links are cut at', () => {
		fc.assert(
			fc.property(fc.array(anyText), (items) => {
				const printed = printList(items, escapeForUrl);
				expect(printed).toMatch(/^[\w.~,%-]*$/);
				expect(readList(printed)).toEqual(items.map((item) => item.toWellFormed()));
			}),
		);
	});

	it('cannot be mistaken for a number, a range or nothing', () => {
		for (const text of ['', '5', '1..2', '~x']) {
			const printed = printText(text, escapeForUrl);
			expect(printed).toMatch(/^~/);
			expect(readText(printed)).toBe(text);
		}
	});
});

describe('packed values', () => {
	const long = (words: number) => Array.from({ length: words }, (_, i) => `net-${i}`);

	it('are used where they are shorter, and read back', () => {
		const items = long(200);
		const value = printValue((escape) => printList(items, escape));
		expect(value).toMatch(/^![\w-]+$/);
		expect(value.length).toBeLessThan(printList(items, escapeForUrl).length);
		expect(readList(unpack(value))).toEqual(items);
		expect(printValue(() => 'short')).toBe('short');
	});

	it('share one budget of inflated bytes', () => {
		const value = printValue(() => 'x'.repeat(1000));
		const budget = { bytes: 1500 };
		unpackValue(value, budget);
		expect(budget.bytes).toBe(500);
		expect(() => unpackValue(value, budget)).toThrow('too large');
		expect(() => unpack(printValue(() => 'x'.repeat(MAX_INFLATED + 1)))).toThrow('too large');
	});

	it('that are cut or changed are refused, not half read', () => {
		const value = printValue((escape) => printList(long(60), escape));
		for (let cut = 1; cut < value.length; cut += 7)
			expect(() => unpack(value.slice(0, cut)), value.slice(0, cut)).toThrow('packed value');
		expect(() => unpack('!a b')).toThrow('damaged');
	});
});
