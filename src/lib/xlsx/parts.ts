/** The small parts of a workbook's package: what is in it, how its parts belong together, who made it. */
import { quoted } from './address';
import { tableRange } from './sheet';
import type { Properties, Sheet } from './workbook';
import { attributeText, elementText, XML_HEAD } from './xml';

const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const SPREADSHEET = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** One relation of a part: what kind, and where it leads. */
export interface Relation {
	readonly type:
		| 'officeDocument'
		| 'extended-properties'
		| 'core-properties'
		| 'worksheet'
		| 'styles'
		| 'theme'
		| 'drawing'
		| 'image'
		| 'chart'
		| 'hyperlink';
	readonly target: string;
	readonly external?: boolean;
}

/** Numbers of the parts that a package holds. */
export interface Counts {
	readonly sheets: number;
	readonly drawings: number;
	readonly charts: number;
	readonly pictures: number;
}

/** @returns relations rId1 … in the order given */
export function relationsXml(relations: readonly Relation[]): string {
	const elements = relations.map(({ type, target, external }, i) => {
		const base =
			type === 'core-properties' ? `${PACKAGE}/relationships/metadata` : `${OFFICE}/relationships`;
		const mode = external ? ' TargetMode="External"' : '';
		return `<Relationship Id="rId${i + 1}" Type="${base}/${type}" Target="${attributeText(target)}"${mode}/>`;
	});
	return `${XML_HEAD}<Relationships xmlns="${PACKAGE}/relationships">${elements.join('')}</Relationships>`;
}

/** `[Content_Types].xml` */
export function contentTypesXml({ sheets, drawings, charts, pictures }: Counts): string {
	const each = (count: number, path: string, type: string) =>
		Array.from({ length: count }, (_, i) => override(`/xl/${path}${i + 1}.xml`, type));
	return [
		`${XML_HEAD}<Types xmlns="${PACKAGE}/content-types">`,
		'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>',
		'<Default Extension="xml" ContentType="application/xml"/>',
		pictures > 0 ? '<Default Extension="png" ContentType="image/png"/>' : '',
		override('/xl/workbook.xml', `${SPREADSHEET}.sheet.main+xml`),
		override('/xl/styles.xml', `${SPREADSHEET}.styles+xml`),
		override('/xl/theme/theme1.xml', 'application/vnd.openxmlformats-officedocument.theme+xml'),
		...each(sheets, 'worksheets/sheet', `${SPREADSHEET}.worksheet+xml`),
		...each(
			drawings,
			'drawings/drawing',
			'application/vnd.openxmlformats-officedocument.drawing+xml',
		),
		...each(
			charts,
			'charts/chart',
			'application/vnd.openxmlformats-officedocument.drawingml.chart+xml',
		),
		override('/docProps/core.xml', 'application/vnd.openxmlformats-package.core-properties+xml'),
		override(
			'/docProps/app.xml',
			'application/vnd.openxmlformats-officedocument.extended-properties+xml',
		),
		'</Types>',
	].join('');
}

function override(part: string, type: string): string {
	return `<Override PartName="${part}" ContentType="${type}"/>`;
}

/** `xl/workbook.xml`; sheet i has the relation rId(i + 1) */
export function workbookXml(sheets: readonly Sheet[]): string {
	const elements = sheets.map(
		({ name }, i) =>
			`<sheet name="${attributeText(name)}" sheetId="${i + 1}" state="visible" r:id="rId${i + 1}"/>`,
	);
	// Without this name some programs show the filter's arrows and do not filter.
	const names = sheets.flatMap(({ name, table, filter }, i) =>
		filter && table
			? [
					`<definedName name="_xlnm._FilterDatabase" localSheetId="${i}" hidden="1">${elementText(`${quoted(name)}!${absolute(tableRange(table))}`)}</definedName>`,
				]
			: [],
	);
	return [
		`${XML_HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}/relationships">`,
		'<bookViews><workbookView xWindow="0" yWindow="0" windowWidth="28800" windowHeight="15000"/></bookViews>',
		`<sheets>${elements.join('')}</sheets>`,
		names.length > 0 ? `<definedNames>${names.join('')}</definedNames>` : '',
		'<calcPr calcId="191029" fullCalcOnLoad="1"/></workbook>',
	].join('');
}

function absolute(range: string): string {
	return range.replace(/([A-Z]+)(\d+)/g, '$$$1$$$2');
}

/** `docProps/core.xml`; a date that is none is left out, because programs refuse the file otherwise */
export function coreXml({ title, description, keywords, created }: Properties): string {
	const date = new Date(created);
	const seconds = Number.isNaN(date.getTime()) ? '' : `${date.toISOString().slice(0, 19)}Z`;
	const dated = (name: string) =>
		seconds && `<dcterms:${name} xsi:type="dcterms:W3CDTF">${seconds}</dcterms:${name}>`;
	return [
		`${XML_HEAD}<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties"`,
		' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"',
		' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">',
		`<dc:title>${elementText(title)}</dc:title><dc:creator>LEMUR Web</dc:creator>`,
		`<cp:keywords>${elementText(keywords)}</cp:keywords>`,
		`<dc:description>${elementText(description)}</dc:description>`,
		`${dated('created')}${dated('modified')}</cp:coreProperties>`,
	].join('');
}

/** `docProps/app.xml` */
export function appXml(): string {
	return `${XML_HEAD}<Properties xmlns="${OFFICE}/extended-properties"><Application>LEMUR Web</Application></Properties>`;
}
