import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attributeText, cellText, elementText, MAX_TEXT, textElement } from './xml';

/** What a reader of OOXML makes of an element's content. */
function decode(xml: string): string {
	const entities: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };
	return xml
		.replace(/&(?:amp|lt|gt);/g, (entity) => entities[entity] ?? entity)
		.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
}

const anyText = fc.string({ unit: 'binary', maxLength: 40 });
const escapes = fc
	.array(
		fc.constantFrom(
			'_x0041_',
			'_x',
			'_',
			'x00',
			'_x005F_',
			'\r',
			'\n',
			'\0',
			'\ud800',
			'\u{1F43E}',
			'<b>',
			'&amp;',
		),
	)
	.map((parts) => parts.join(''));

describe('cellText(text)', () => {
	it('is read back exactly, and holds nothing that XML forbids', () => {
		fc.assert(
			fc.property(fc.oneof(anyText, escapes), (text) => {
				const xml = cellText(text);
				expect(decode(xml)).toBe(text);
				// eslint-disable-next-line no-control-regex
				expect(xml).not.toMatch(/[<\0-\x08\x0b-\x1f\ufffe\uffff]/);
				expect(xml.isWellFormed()).toBe(true);
			}),
			{ numRuns: 2000 },
		);
	});

	it('escapes control characters, and what looks like an escape', () => {
		expect(cellText('a\x07b\rc')).toBe('a_x0007_b_x000D_c');
		expect(cellText('_x0041_')).toBe('_x005F_x0041_');
		expect(cellText('tab\tnewline\n_x')).toBe('tab\tnewline\n_x');
		expect(cellText('\ud83d')).toBe('_xD83D_');
	});
});

describe('textElement(text)', () => {
	it('keeps blanks at the ends, and cuts what is longer than a cell may be', () => {
		expect(textElement(' a')).toBe('<t xml:space="preserve"> a</t>');
		expect(textElement('a b')).toBe('<t>a b</t>');
		expect(textElement('x'.repeat(MAX_TEXT + 5))).toHaveLength(MAX_TEXT + '<t></t>'.length);
	});
});

describe('attributeText(text), elementText(text)', () => {
	it('drop what XML cannot hold', () => {
		expect(attributeText('a"b<\0>\n')).toBe('a&quot;b&lt;&gt;&#10;');
		expect(elementText('a\x01&b')).toBe('a&amp;b');
	});
});
