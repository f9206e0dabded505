/** The looks of cells: number formats, fonts and fills, and the part that lists them. */
import { XML_HEAD, attributeText } from './xml';

interface Style {
	/** a format code; General where absent */
	readonly format?: string;
	readonly font?: keyof typeof FONTS;
	readonly header?: true;
	readonly wrap?: true;
	readonly left?: true;
}

const FONTS = {
	plain: '<sz val="11"/><color theme="1"/><name val="Calibri"/><family val="2"/>',
	bold: '<b/><sz val="11"/><color theme="1"/><name val="Calibri"/><family val="2"/>',
	title: '<b/><sz val="18"/><color theme="1"/><name val="Calibri"/><family val="2"/>',
	link: '<u/><sz val="11"/><color theme="10"/><name val="Calibri"/><family val="2"/>',
} as const;

const STYLES = {
	plain: {},
	bold: { font: 'bold' },
	title: { font: 'title' },
	link: { font: 'link' },
	wrap: { wrap: true },
	header: { font: 'bold', header: true },
	whole: { format: '0' },
	count: { format: '#,##0' },
	leftCount: { format: '#,##0', left: true },
	fraction: { format: '0.0000' },
	hours: { format: '0.0000' },
	/** a number of days, shown as hours, minutes and seconds */
	clock: { format: '[h]:mm:ss' },
} as const satisfies Record<string, Style>;

export type StyleName = keyof typeof STYLES;

/** Codes that every program knows by number. */
const BUILT_IN: Readonly<Record<string, number>> = {
	General: 0,
	'0': 1,
	'#,##0': 3,
	'[h]:mm:ss': 46,
};
const FIRST_OWN_FORMAT = 164;

/** Which number a style has in a workbook: only those that are used are in its file. */
export class StyleSheet {
	readonly #names: StyleName[] = ['plain'];

	/** @returns the style's number; 'plain' is always 0 */
	index(name: StyleName): number {
		const known = this.#names.indexOf(name);
		return known >= 0 ? known : this.#names.push(name) - 1;
	}

	/** @returns `xl/styles.xml` of the styles asked for so far */
	xml(): string {
		const styles: readonly Style[] = this.#names.map((name) => STYLES[name]);
		const fonts = distinct(styles.map(({ font = 'plain' }) => font));
		const formats = distinct(
			styles.flatMap(({ format }) => (format && !(format in BUILT_IN) ? [format] : [])),
		);
		const numberOf = (format = 'General') =>
			BUILT_IN[format] ?? FIRST_OWN_FORMAT + formats.indexOf(format);
		const xfs = styles.map((style) =>
			formatElement(style, numberOf(style.format), fonts.indexOf(style.font ?? 'plain')),
		);
		return [
			`${XML_HEAD}<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">`,
			formats.length > 0
				? `<numFmts count="${formats.length}">${formats
						.map(
							(code, i) =>
								`<numFmt numFmtId="${FIRST_OWN_FORMAT + i}" formatCode="${attributeText(code)}"/>`,
						)
						.join('')}</numFmts>`
				: '',
			list(
				'fonts',
				fonts.map((font) => `<font>${FONTS[font]}</font>`),
			),
			list('fills', FILLS),
			list('borders', ['<border><left/><right/><top/><bottom/><diagonal/></border>']),
			list('cellStyleXfs', ['<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>']),
			list('cellXfs', xfs),
			list('cellStyles', ['<cellStyle name="Normal" xfId="0" builtinId="0"/>']),
			'</styleSheet>',
		].join('');
	}
}

// The first two are fixed by the format.
const FILLS = [
	'<fill><patternFill patternType="none"/></fill>',
	'<fill><patternFill patternType="gray125"/></fill>',
	'<fill><patternFill patternType="solid"><fgColor rgb="FFE3EEFB"/><bgColor indexed="64"/></patternFill></fill>',
];
const HEADER_FILL = 2;

function formatElement({ header, wrap, left }: Style, format: number, font: number): string {
	const alignment = wrap ? 'vertical="top" wrapText="1"' : left ? 'horizontal="left"' : '';
	const applied = [
		format > 0 ? ' applyNumberFormat="1"' : '',
		font > 0 ? ' applyFont="1"' : '',
		header ? ' applyFill="1"' : '',
		alignment ? ' applyAlignment="1"' : '',
	].join('');
	const attributes = `numFmtId="${format}" fontId="${font}" fillId="${header ? HEADER_FILL : 0}" borderId="0" xfId="0"${applied}`;
	return alignment ? `<xf ${attributes}><alignment ${alignment}/></xf>` : `<xf ${attributes}/>`;
}

function list(name: string, items: readonly string[]): string {
	return `<${name} count="${items.length}">${items.join('')}</${name}>`;
}

function distinct<T>(values: readonly T[]): T[] {
	return [...new Set(values)];
}
