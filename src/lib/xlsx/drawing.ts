/** A drawing part: pictures and charts at the corners of cells. The charts themselves are in `chart.ts`. */
import type { Chart, Picture, Place } from './workbook';
import { attributeText, XML_HEAD } from './xml';

/** English metric units in a pixel, 96 pixels to the inch. */
const EMU_PER_PIXEL = 9525;

const NAMESPACES = [
	'xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"',
	'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"',
	'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"',
].join(' ');
const CHART = 'http://schemas.openxmlformats.org/drawingml/2006/chart';

/** Pictures have the relations rId1 … in their order, charts the following ones. */
export function drawingXml(pictures: readonly Picture[], charts: readonly Chart[]): string {
	const anchors = [
		...pictures.map((picture, i) => anchor(picture, pictureElement(picture, i + 1))),
		...charts.map((chart, i) => anchor(chart, chartElement(chart, i + 1, pictures.length + i + 1))),
	];
	return `${XML_HEAD}<xdr:wsDr ${NAMESPACES}>${anchors.join('')}</xdr:wsDr>`;
}

function anchor({ row, column, width, height }: Place, content: string): string {
	return [
		`<xdr:oneCellAnchor><xdr:from><xdr:col>${column}</xdr:col><xdr:colOff>0</xdr:colOff>`,
		`<xdr:row>${row}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from>`,
		`<xdr:ext cx="${width * EMU_PER_PIXEL}" cy="${height * EMU_PER_PIXEL}"/>`,
		`${content}<xdr:clientData/></xdr:oneCellAnchor>`,
	].join('');
}

function pictureElement({ alt }: Picture, id: number): string {
	return [
		`<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="${id}" name="Image ${id}" descr="${attributeText(alt)}"/>`,
		'<xdr:cNvPicPr><a:picLocks noChangeAspect="1"/></xdr:cNvPicPr></xdr:nvPicPr>',
		`<xdr:blipFill><a:blip r:embed="rId${id}"/><a:stretch><a:fillRect/></a:stretch></xdr:blipFill>`,
		'<xdr:spPr><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr></xdr:pic>',
	].join('');
}

function chartElement({ alt }: Chart, number: number, id: number): string {
	return [
		'<xdr:graphicFrame macro=""><xdr:nvGraphicFramePr>',
		`<xdr:cNvPr id="${id}" name="Chart ${number}" descr="${attributeText(alt)}"/>`,
		'<xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr>',
		'<xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm>',
		`<a:graphic><a:graphicData uri="${CHART}">`,
		`<c:chart xmlns:c="${CHART}" r:id="rId${id}"/></a:graphicData></a:graphic></xdr:graphicFrame>`,
	].join('');
}
