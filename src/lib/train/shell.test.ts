import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ShellError, shellQuote, shellWords } from './shell';

describe('shell words', () => {
	it('come back as they were, whatever they hold', () => {
		const word = fc.string({ unit: 'binary', maxLength: 20 });
		const odd = fc.string({
			unit: fc.constantFrom("'", '"', '\\', '$', '#', ' ', '\n', '\r', 'a'),
		});
		fc.assert(
			fc.property(fc.array(fc.oneof(word, odd)), (words) => {
				expect(shellWords(words.map(shellQuote).join(' '))).toEqual(words);
			}),
		);
	});

	it('are read as a shell does', () => {
		expect(shellWords(`a  b'c d'"e \\" \\x"\\ f '' # rest`)).toEqual(['a', 'bc de " \\x f', '']);
		expect(shellWords('a \\\n  b \\\r\n c\n\n')).toEqual(['a', 'b', 'c']);
		expect(shellWords('a#b')).toEqual(['a#b']);
	});

	it.each([
		["a 'b", "no second '"],
		['a "b', 'no second "'],
		['a \\', 'nothing follows'],
		['a; b', 'goes on after ;'],
		['a | b', 'goes on after |'],
		['a $HOME', 'replace what follows $'],
		['a "`b`"', 'replace what follows `'],
		['a\nb', 'second line'],
	])('%j is refused in words', (text, words) => {
		expect(() => shellWords(text)).toThrow(ShellError);
		expect(() => shellWords(text)).toThrow(words);
	});
});
