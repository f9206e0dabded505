import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { guardCell, unguardCell } from './guard';
import { nasty } from './testing';

describe('guardCell(text)', () => {
	it('marks what would run, also behind blanks and after a line break', () => {
		for (const text of ['=1+1', '+1', '-x', '@SUM(A1)', '\tx', '\rx', '＝1', '＋1', '－1', '＠x'])
			expect(guardCell(text)).toBe(`'${text}`);
		expect(guardCell(' \u00A0=1')).toBe("' \u00A0=1");
		expect(guardCell('\u200B=1')).toBe("'\u200B=1");
		expect(guardCell('a\n=1')).toBe("a\n'=1");
		expect(guardCell('a\r\n +1')).toBe("a\r\n' +1");
	});

	it('leaves everything else alone', () => {
		for (const text of ['', 'AlexNet', 'ga-1', 'a=b', 'img-classification', '1e-5', 'x@y'])
			expect(guardCell(text)).toBe(text);
	});

	it('is taken back exactly', () => {
		fc.assert(
			fc.property(fc.oneof(nasty, fc.string({ unit: 'binary' })), (text) => {
				expect(unguardCell(guardCell(text))).toBe(text);
			}),
			{ numRuns: 2000 },
		);
	});
});
