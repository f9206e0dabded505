import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numbered, sheetNames } from './sheet-name';

describe('sheetNames(wanted)', () => {
	it('are allowed and distinct in any case', () => {
		const name = fc.oneof(
			fc.string({ unit: 'binary', maxLength: 50 }),
			fc.constantFrom(
				'',
				"'",
				'Data',
				'data',
				'DATA',
				'history',
				'a/b',
				'x'.repeat(31),
				'x'.repeat(40),
			),
		);
		fc.assert(
			fc.property(fc.array(name, { maxLength: 12 }), (wanted) => {
				const names = sheetNames(wanted);
				expect(names).toHaveLength(wanted.length);
				expect(new Set(names.map((one) => one.toLowerCase())).size).toBe(names.length);
				for (const one of names) {
					expect(one.length).toBeLessThanOrEqual(31);
					expect(one).not.toMatch(/[\\/?*[\]:]|^'|'$|^\s*$|^history$/i);
				}
			}),
		);
	});

	it('leaves a good name as it is', () => {
		expect(sheetNames(['Raw Data', 'Top 10'])).toStrictEqual(['Raw Data', 'Top 10']);
		expect(sheetNames(['a:b', 'a:b'])).toStrictEqual(['a-b', 'a-b 2']);
	});
});

describe('numbered(name, n)', () => {
	it('makes room for the number', () => {
		expect(numbered('Raw Data', 2)).toBe('Raw Data 2');
		expect(numbered('y'.repeat(31), 12)).toBe(`${'y'.repeat(28)} 12`);
	});
});
