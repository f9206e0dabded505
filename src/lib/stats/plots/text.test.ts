import fc from 'fast-check';
import { expect, it } from 'vitest';
import { plainText, plotName, plotText, shortName } from './text';

it('lets no markup from a name into a figure, and painters undo it', () => {
	fc.assert(
		fc.property(fc.string({ maxLength: 60 }), (text) => {
			expect(plotText(text)).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/);
		}),
	);
	const name = 'a<b>&amp;</b>';
	expect(plainText(plotText(name))).toBe(name);
});

it('shortens names in the middle, to as many characters as it is told', () => {
	const long = `${'a'.repeat(100)}${'z'.repeat(100)}`;
	expect(plotName(long)).toMatch(/^a{24}…z{23}$/);
	expect(shortName(long, 9)).toBe('aaaa…zzzz');
	expect(shortName('abc', 9)).toBe('abc');
	// A list's index is no length.
	expect(['abcdef', long].map(plotName)[0]).toBe('abcdef');
});
