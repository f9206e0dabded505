import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanName, parseViewsFile, printViewsFile } from './views-file';

describe('parseViewsFile', () => {
	const file = (views: string) => `{"format":"lemur-views","version":1,"views":${views}}`;

	it('takes hostile keys as data that it does not know', () => {
		const before = Object.keys(Object.prototype).length;
		const entry = '{"__proto__":{"polluted":1},"constructor":{},"name":"n","link":"#1","id":"x"}';
		const { views } = parseViewsFile(file(`[${entry}]`));
		expect(views).toEqual([{ name: 'n', link: '#1' }]);
		expect(Object.keys(views[0] ?? {})).toEqual(['name', 'link']);
		expect(Object.keys(Object.prototype)).toHaveLength(before);
		expect('polluted' in {}).toBe(false);
	});

	it('says which entries it refused and why', () => {
		const text = file('[{"name":"n","link":"javascript:1"},7,{"name":"ok","link":"#1"}]');
		const { views, refused } = parseViewsFile(text);
		expect(views).toHaveLength(1);
		expect(refused.map(({ index }) => index)).toEqual([0, 1]);
		expect(refused[0]?.reason).toContain('must start with #');
	});

	it.each([
		['', 'not JSON'],
		['{', 'not JSON'],
		['[]', 'Not a file of saved views'],
		['{"format":"lemur-views","version":2,"views":[]}', 'Not a file of saved views'],
		[file(`[${'{},'.repeat(2000)}{}]`), 'Not a file of saved views'],
		[' '.repeat(4_000_001), 'larger than 4 MB'],
	])('refuses a foreign file (%#)', (text, message) => {
		expect(() => parseViewsFile(text)).toThrow(message);
	});

	it('reads what it prints, for any names', () => {
		const view = fc.record({
			name: fc.string({ unit: 'grapheme', minLength: 1 }).map(cleanName),
			link: fc.base64String().map((tail) => `#${tail}`),
		});
		fc.assert(
			fc.property(fc.array(view, { maxLength: 20 }), (views) => {
				const printed = printViewsFile(views);
				expect(parseViewsFile(printed)).toEqual({ views, refused: [] });
			}),
		);
	});
});
