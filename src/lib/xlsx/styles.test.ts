import { describe, expect, it } from 'vitest';
import { StyleSheet } from './styles';
import { elementsOf } from './testing';

describe('StyleSheet', () => {
	it('holds the styles that are used, in the order of their numbers', () => {
		const styles = new StyleSheet();
		expect([
			styles.index('count'),
			styles.index('plain'),
			styles.index('hours'),
			styles.index('count'),
		]).toStrictEqual([1, 0, 2, 1]);
		const xml = styles.xml();
		const formats = elementsOf(xml, 'xf')
			.slice(1)
			.map((xf) => xf['numFmtId']);
		expect(formats).toStrictEqual(['0', '3', '164']);
		expect(elementsOf(xml, 'numFmt')).toStrictEqual([{ numFmtId: '164', formatCode: '0.0000' }]);
	});

	it('has one style and one font when nothing is used', () => {
		const xml = new StyleSheet().xml();
		expect(elementsOf(xml, 'cellXfs')[0]?.['count']).toBe('1');
		expect(elementsOf(xml, 'fonts')[0]?.['count']).toBe('1');
	});

	it('marks headers by font and fill, and wraps and aligns where asked', () => {
		const styles = new StyleSheet();
		for (const name of ['header', 'wrap', 'leftCount'] as const) styles.index(name);
		const xml = styles.xml();
		expect(elementsOf(xml, 'xf')[2]).toMatchObject({ fontId: '1', fillId: '2', applyFill: '1' });
		expect(elementsOf(xml, 'alignment')).toStrictEqual([
			{ vertical: 'top', wrapText: '1' },
			{ horizontal: 'left' },
		]);
	});
});
