import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tokenize } from './tokens';

const kinds = (sql: string) => tokenize(sql).map(({ kind, text }) => [kind, text]);

describe('tokenize()', () => {
	it('leaves out nothing but white space and comments, whatever the text', () => {
		const piece = fc.constantFrom(
			...["'", '"', '`', '[', ']', '--', '/*', '*/', '\n', ' ', 'a', '1', ';', '?', ':x', 'é'],
		);
		const text = fc.oneof(
			fc.string({ unit: 'binary' }),
			fc.array(piece).map((all) => all.join('')),
		);
		fc.assert(
			fc.property(text, (sql) => {
				let at = 0;
				for (const { start, end } of tokenize(sql)) {
					expect(sql.slice(at, start)).toMatch(/^$|^[ \t\n\f\r\ufeff]|^--|^\/\*/);
					expect(end).toBeGreaterThan(start);
					at = end;
				}
				expect(sql.slice(at)).toMatch(/^$|^[ \t\n\f\r\ufeff]|^--|^\/\*/);
			}),
		);
	});

	it('reads quotes and comments as SQLite does', () => {
		expect(kinds(`SELECT 'it''s' -- no; '\n, "a""b", [c d], \`e\`/* ; */;`)).toEqual([
			['word', 'SELECT'],
			['string', "it's"],
			['symbol', ','],
			['quoted', 'a"b'],
			['symbol', ','],
			['quoted', 'c d'],
			['symbol', ','],
			['quoted', 'e'],
			['symbol', ';'],
		]);
		expect(kinds("x'00' 1.5e3 .5 ?1 :name @n $n")).toEqual([
			['word', 'x'],
			['string', '00'],
			['number', '1.5e3'],
			['number', '.5'],
			['parameter', '?1'],
			['parameter', ':name'],
			['parameter', '@n'],
			['parameter', '$n'],
		]);
	});

	it('lets what is open run to the end of the text', () => {
		expect(kinds("SELECT 'a; b")).toEqual([
			['word', 'SELECT'],
			['string', 'a; b'],
		]);
		expect(kinds('SELECT /* ; ')).toEqual([['word', 'SELECT']]);
		expect(kinds('/*')).toEqual([
			['symbol', '/'],
			['symbol', '*'],
		]);
	});
});
