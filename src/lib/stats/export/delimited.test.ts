import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeDelimited } from './delimited';
import { unguardCell } from './guard';
import type { ExportOptions } from './table';
import { nasty, readDelimited, textTable } from './testing';

const nothing = () => undefined;
const decode = (bytes: Uint8Array) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
const SEPARATORS = [',', ';', '\t'] as const;

/** Independent of the guard: what a spreadsheet sees once blanks and invisible characters are gone. */
function isActive(cell: string): boolean {
	return cell.split(/[\r\n]/).some((line) => {
		const seen = [...line].find((c) => c.trim() !== '' && !/\p{C}/u.test(c)) ?? '';
		return '=+-@＝＋－＠'.includes(seen) && seen !== '';
	});
}

describe('writeDelimited(table, options)', () => {
	it('quotes what needs it, leaves missing cells empty and ends lines with CRLF', () => {
		const text = decode(writeDelimited(textTable(['a', 'b,c', 'say "x"', '']), {}, nothing));
		expect(text).toBe('nn,accuracy\r\na,-0.5\r\n"b,c",-0.5\r\n"say ""x""",-0.5\r\n,-0.5\r\n');
	});

	it('starts with a byte order mark on request only', () => {
		expect([...writeDelimited(textTable([]), { bom: true }, nothing).subarray(0, 3)]).toEqual([
			0xef, 0xbb, 0xbf,
		]);
		expect(writeDelimited(textTable([]), {}, nothing)[0]).toBe('n'.charCodeAt(0));
	});

	it('brings every text back, with any separator, guarded or not', () => {
		fc.assert(
			fc.property(
				fc.array(nasty, { minLength: 1, maxLength: 20 }),
				fc.constantFrom(...SEPARATORS),
				fc.boolean(),
				(texts, separator, safe) => {
					const options: ExportOptions = { separator, safe };
					const text = decode(writeDelimited(textTable(texts), options, nothing));
					const [, ...records] = readDelimited(text, separator);
					const back = records.map(([nn = '']) => (safe ? unguardCell(nn) : nn));
					expect(back).toEqual(texts);
					expect(records.every(([, accuracy]) => accuracy === '-0.5')).toBe(true);
				},
			),
		);
	});

	it('leaves 0 active cells among 500 nasty texts; unguarded there are many', () => {
		const texts = fc.sample(nasty, { numRuns: 500, seed: 7 });
		const cells = (safe: boolean) =>
			readDelimited(decode(writeDelimited(textTable(texts), { safe }, nothing)), ',')
				.slice(1)
				.map(([nn = '']) => nn);
		expect(cells(true)).toHaveLength(500);
		expect(cells(true).filter(isActive)).toEqual([]);
		expect(cells(true).filter((cell) => /^[\t\r\n]/.test(cell))).toEqual([]);
		expect(cells(false).filter(isActive).length).toBeGreaterThan(100);
	});
});
