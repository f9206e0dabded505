import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textWidth } from './text-width';

describe('textWidth(text, size)', () => {
	it('grows with the text and in proportion to the size', () => {
		fc.assert(
			fc.property(fc.string(), fc.string({ unit: 'grapheme' }), (a, b) => {
				expect(textWidth(a + b, 12)).toBeCloseTo(textWidth(a, 12) + textWidth(b, 12), 6);
				expect(textWidth(a, 24)).toBeCloseTo(2 * textWidth(a, 12), 6);
				expect(textWidth(a, 12, true)).toBeGreaterThanOrEqual(textWidth(a, 12));
			}),
		);
	});

	it('knows narrow and wide letters, and squares of East Asia', () => {
		expect(textWidth('iii', 10)).toBeLessThan(textWidth('WWW', 10) / 2);
		expect(textWidth('漢字', 10)).toBe(20);
		expect(textWidth('🐾', 10)).toBe(10);
		expect(textWidth('', 10)).toBe(0);
	});
});
