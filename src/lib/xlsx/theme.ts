/** The colours and fonts of a workbook's theme, which its styles and charts refer to. */
import { XML_HEAD } from './xml';

const COLOURS = {
	dk1: '<a:sysClr val="windowText" lastClr="000000"/>',
	lt1: '<a:sysClr val="window" lastClr="FFFFFF"/>',
	dk2: '<a:srgbClr val="17202B"/>',
	lt2: '<a:srgbClr val="E3EEFB"/>',
	accent1: '<a:srgbClr val="0B62A8"/>',
	accent2: '<a:srgbClr val="B34700"/>',
	accent3: '<a:srgbClr val="00775A"/>',
	accent4: '<a:srgbClr val="9C3F78"/>',
	accent5: '<a:srgbClr val="7A6400"/>',
	accent6: '<a:srgbClr val="4B4BA8"/>',
	hlink: '<a:srgbClr val="0B62A8"/>',
	folHlink: '<a:srgbClr val="9C3F78"/>',
};

const FILL = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>';
const LINE = `<a:ln w="9525">${FILL}<a:prstDash val="solid"/></a:ln>`;
const EFFECT = '<a:effectStyle><a:effectLst/></a:effectStyle>';

/** `xl/theme/theme1.xml` */
export function themeXml(): string {
	const colours = Object.entries(COLOURS).map(
		([name, colour]) => `<a:${name}>${colour}</a:${name}>`,
	);
	return [
		`${XML_HEAD}<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="LEMUR">`,
		`<a:themeElements><a:clrScheme name="LEMUR">${colours.join('')}</a:clrScheme>`,
		`<a:fontScheme name="LEMUR">${font('major')}${font('minor')}</a:fontScheme>`,
		// The format asks for three of each.
		`<a:fmtScheme name="LEMUR"><a:fillStyleLst>${FILL.repeat(3)}</a:fillStyleLst>`,
		`<a:lnStyleLst>${LINE.repeat(3)}</a:lnStyleLst>`,
		`<a:effectStyleLst>${EFFECT.repeat(3)}</a:effectStyleLst>`,
		`<a:bgFillStyleLst>${FILL.repeat(3)}</a:bgFillStyleLst></a:fmtScheme>`,
		'</a:themeElements></a:theme>',
	].join('');
}

function font(kind: 'major' | 'minor'): string {
	return `<a:${kind}Font><a:latin typeface="Calibri"/><a:ea typeface=""/><a:cs typeface=""/></a:${kind}Font>`;
}
