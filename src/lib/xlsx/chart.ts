/**
 * A chart part that a spreadsheet program draws from the workbook's cells. The values are also kept
 * inside, as the format wants, so that a viewer can draw it before it has read the sheets.
 */
import { columnRange } from './address';
import type { Chart, ChartSeries, Column, Sheet, Span } from './workbook';
import { elementText, XML_HEAD } from './xml';

const NAMESPACES =
	'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';
const X_AXIS = 111;
const Y_AXIS = 222;
const DASHES = { solid: 'solid', dash: 'dash', dot: 'sysDot', dashdot: 'dashDot' } as const;
/** EMU: 1.5 points */
const LINE_WIDTH = 19_050;

/** @throws RangeError when a series names a sheet or column that is not there */
export function chartXml(chart: Chart, sheets: readonly Sheet[]): string {
	return [
		`${XML_HEAD}<c:chartSpace ${NAMESPACES}><c:roundedCorners val="0"/><c:chart>`,
		`${titleElement(chart.title, 1400)}<c:autoTitleDeleted val="0"/><c:plotArea><c:layout/>`,
		chart.kind === 'bars' ? bars(chart, sheets) : numbers(chart, sheets),
		'</c:plotArea>',
		chart.kind === 'lines' && chart.series.length > 1
			? '<c:legend><c:legendPos val="r"/><c:overlay val="0"/></c:legend>'
			: '',
		'<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart></c:chartSpace>',
	].join('');
}

function numbers(chart: Chart, sheets: readonly Sheet[]): string {
	const series = chart.series.map((one, i) => {
		const look =
			chart.kind === 'lines' ? lineLook(one) : '<c:spPr><a:ln><a:noFill/></a:ln></c:spPr>';
		const marker = markerElement(one.color, chart.kind === 'lines' ? 4 : 6);
		return [
			`<c:ser><c:idx val="${i}"/><c:order val="${i}"/>${nameElement(one, sheets)}${look}${marker}`,
			`<c:xVal>${reference(one.x, sheets)}</c:xVal><c:yVal>${reference(one.y, sheets)}</c:yVal>`,
			'<c:smooth val="0"/></c:ser>',
		].join('');
	});
	return [
		`<c:scatterChart><c:scatterStyle val="lineMarker"/><c:varyColors val="0"/>${series.join('')}`,
		`<c:axId val="${X_AXIS}"/><c:axId val="${Y_AXIS}"/></c:scatterChart>`,
		valueAxis(X_AXIS, Y_AXIS, 'b', chart.xTitle),
		valueAxis(Y_AXIS, X_AXIS, 'l', chart.yTitle),
	].join('');
}

/** Horizontal, the first row on top. */
function bars(chart: Chart, sheets: readonly Sheet[]): string {
	const series = chart.series.map(
		(one, i) =>
			`<c:ser><c:idx val="${i}"/><c:order val="${i}"/>${nameElement(one, sheets)}<c:spPr>${fill(one.color)}</c:spPr><c:invertIfNegative val="0"/><c:cat>${reference(one.y, sheets)}</c:cat><c:val>${reference(one.x, sheets)}</c:val></c:ser>`,
	);
	return [
		'<c:barChart><c:barDir val="bar"/><c:grouping val="clustered"/><c:varyColors val="0"/>',
		`${series.join('')}<c:gapWidth val="40"/><c:axId val="${Y_AXIS}"/><c:axId val="${X_AXIS}"/></c:barChart>`,
		`<c:catAx><c:axId val="${Y_AXIS}"/><c:scaling><c:orientation val="maxMin"/></c:scaling><c:delete val="0"/>`,
		`<c:axPos val="l"/>${chart.yTitle && titleElement(chart.yTitle, 1000)}<c:numFmt formatCode="General" sourceLinked="0"/>`,
		`<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/><c:crossAx val="${X_AXIS}"/>`,
		'<c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="1"/></c:catAx>',
		valueAxis(X_AXIS, Y_AXIS, 'b', chart.xTitle, true),
	].join('');
}

function valueAxis(
	id: number,
	crosses: number,
	position: 'b' | 'l',
	title: string,
	bar = false,
): string {
	// A bar is read by its length, so its axis begins at 0.
	const minimum = bar ? '<c:min val="0"/>' : '';
	return [
		`<c:valAx><c:axId val="${id}"/><c:scaling><c:orientation val="minMax"/>${minimum}</c:scaling><c:delete val="0"/>`,
		`<c:axPos val="${position}"/><c:majorGridlines><c:spPr><a:ln w="6350">${fill('#d5dce5')}</a:ln></c:spPr></c:majorGridlines>`,
		`${title && titleElement(title, 1000)}<c:numFmt formatCode="General" sourceLinked="0"/>`,
		`<c:majorTickMark val="out"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>`,
		`<c:crossAx val="${crosses}"/><c:crosses val="${bar ? 'max' : 'autoZero'}"/>`,
		`<c:crossBetween val="${bar ? 'between' : 'midCat'}"/></c:valAx>`,
	].join('');
}

/** @param size hundredths of a point */
function titleElement(text: string, size: number): string {
	return [
		'<c:title><c:tx><c:rich><a:bodyPr/><a:lstStyle/>',
		`<a:p><a:pPr><a:defRPr sz="${size}" b="0"/></a:pPr><a:r><a:rPr lang="en-US" sz="${size}" b="0"/>`,
		`<a:t>${elementText(text)}</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title>`,
	].join('');
}

function nameElement({ name }: ChartSeries, sheets: readonly Sheet[]): string {
	return `<c:tx>${reference({ ...name, last: name.first }, sheets)}</c:tx>`;
}

function lineLook({ color, dash = 'solid' }: ChartSeries): string {
	return `<c:spPr><a:ln w="${LINE_WIDTH}">${fill(color)}<a:prstDash val="${DASHES[dash]}"/></a:ln></c:spPr>`;
}

function markerElement(color: string, size: number): string {
	return `<c:marker><c:symbol val="circle"/><c:size val="${size}"/><c:spPr>${fill(color)}<a:ln><a:noFill/></a:ln></c:spPr></c:marker>`;
}

function fill(color: string): string {
	return `<a:solidFill><a:srgbClr val="${color.slice(1).toUpperCase()}"/></a:solidFill>`;
}

/** The cells and what is in them now. */
function reference({ sheet, column, first, last }: Span, sheets: readonly Sheet[]): string {
	const source = sheets.find(({ name }) => name === sheet)?.table?.columns[column];
	if (!source) throw new RangeError(`A chart refers to column ${column} of the sheet ${sheet}.`);
	// The table's rows begin below its header.
	const formula = `<c:f>${elementText(columnRange(sheet, column, first + 1, last + 1))}</c:f>`;
	const points = cached(source, first, last);
	const cache = `<c:ptCount val="${last - first + 1}"/>${points}`;
	return source.kind === 'text'
		? `<c:strRef>${formula}<c:strCache>${cache}</c:strCache></c:strRef>`
		: `<c:numRef>${formula}<c:numCache><c:formatCode>General</c:formatCode>${cache}</c:numCache></c:numRef>`;
}

function cached(column: Column, first: number, last: number): string {
	let points = '';
	for (let row = first; row <= last; row++) {
		const value = column.at(row);
		if (typeof value === 'number' && !Number.isFinite(value)) continue;
		points += `<c:pt idx="${row - first}"><c:v>${elementText(String(value))}</c:v></c:pt>`;
	}
	return points;
}
