/**
 * Writes a workbook as an .xlsx file, sheet after sheet, row after row. Everything that
 * ships is written here; a full spreadsheet library only reads it back in tests.
 */
import { chartXml } from './chart';
import { drawingXml } from './drawing';
import {
	appXml,
	contentTypesXml,
	coreXml,
	relationsXml,
	workbookXml,
	type Relation,
} from './parts';
import { sheetXml } from './sheet';
import { StyleSheet } from './styles';
import { themeXml } from './theme';
import { MEDIA_TYPE, type Cell, type Sheet, type Workbook } from './workbook';
import { ZipFile } from './zip';

export interface WriteEffects {
	/** rows of a sheet written so far */
	readonly progress?: (rows: number, total: number, sheet: string) => void;
	readonly signal?: AbortSignal;
	/** lets other work in; awaited whenever `WORK_MS` have passed */
	readonly breathe?: () => Promise<void>;
}

/** ms of work at a stretch */
const WORK_MS = 8;

/**
 * @throws RangeError for a sheet of too many rows or a chart of cells that are not there
 * @throws AbortError once the signal is aborted
 */
export async function writeWorkbook(workbook: Workbook, effects: WriteEffects = {}): Promise<Blob> {
	const zip = new ZipFile(entryDate(workbook.properties.created));
	const styles = new StyleSheet();
	const numbers = numberParts(workbook.sheets);
	zip.text('[Content_Types].xml', contentTypesXml(numbers));
	zip.text('_rels/.rels', relationsXml(ROOT));
	zip.text('docProps/app.xml', appXml());
	zip.text('docProps/core.xml', coreXml(workbook.properties));
	zip.text('xl/workbook.xml', workbookXml(workbook.sheets));
	zip.text('xl/_rels/workbook.xml.rels', relationsXml(workbookRelations(workbook.sheets.length)));
	zip.text('xl/theme/theme1.xml', themeXml());
	const pause = pacer(effects);
	for (const [i, sheet] of workbook.sheets.entries()) {
		const parts = numbers.of[i]!;
		await writeSheet(zip, sheet, `sheet${i + 1}`, { styles, parts, effects, pause });
		await writeDrawing(zip, sheet, parts, workbook.sheets, pause);
	}
	zip.text('xl/styles.xml', styles.xml());
	return zip.finish(MEDIA_TYPE);
}

const ROOT: readonly Relation[] = [
	{ type: 'officeDocument', target: 'xl/workbook.xml' },
	{ type: 'core-properties', target: 'docProps/core.xml' },
	{ type: 'extended-properties', target: 'docProps/app.xml' },
];

function workbookRelations(sheets: number): Relation[] {
	return [
		...Array.from({ length: sheets }, (_, i): Relation => ({
			type: 'worksheet',
			target: `worksheets/sheet${i + 1}.xml`,
		})),
		{ type: 'styles', target: 'styles.xml' },
		{ type: 'theme', target: 'theme/theme1.xml' },
	];
}

/** Numbers of one sheet's parts: of its drawing (absent without one), its first picture and chart. */
interface SheetParts {
	readonly drawing?: number;
	readonly picture: number;
	readonly chart: number;
}

function numberParts(sheets: readonly Sheet[]) {
	let drawings = 0;
	let pictures = 0;
	let charts = 0;
	const of = sheets.map((sheet): SheetParts => {
		const parts = { picture: pictures + 1, chart: charts + 1 };
		pictures += sheet.pictures?.length ?? 0;
		charts += sheet.charts?.length ?? 0;
		const drawn = pictures >= parts.picture || charts >= parts.chart;
		return drawn ? { ...parts, drawing: ++drawings } : parts;
	});
	return { of, sheets: sheets.length, drawings, pictures, charts };
}

interface SheetContext {
	readonly styles: StyleSheet;
	readonly parts: SheetParts;
	readonly effects: WriteEffects;
	readonly pause: () => Promise<void> | undefined;
}

async function writeSheet(
	zip: ZipFile,
	sheet: Sheet,
	part: string,
	{ styles, parts, effects, pause }: SheetContext,
): Promise<void> {
	const links = new Map<Cell, string>();
	const relations: Relation[] = [];
	const relate = (relation: Relation) => `rId${relations.push(relation)}`;
	const drawing =
		parts.drawing === undefined
			? {}
			: { drawing: relate({ type: 'drawing', target: `../drawings/drawing${parts.drawing}.xml` }) };
	for (const cell of sheet.cells ?? []) {
		if (cell.link === undefined || cell.link.startsWith('#')) continue;
		links.set(cell, relate({ type: 'hyperlink', target: cell.link, external: true }));
	}
	if (relations.length > 0)
		zip.text(`xl/worksheets/_rels/${part}.xml.rels`, relationsXml(relations));
	const total = sheet.table?.rows ?? 0;
	const push = zip.open(`xl/worksheets/${part}.xml`);
	for (const { text, rows } of sheetXml(sheet, styles, { links, ...drawing })) {
		push(text, false);
		if (rows < total) effects.progress?.(rows, total, sheet.name);
		await pause();
	}
	push('', true);
	effects.progress?.(total, total, sheet.name);
}

async function writeDrawing(
	zip: ZipFile,
	{ pictures = [], charts = [] }: Sheet,
	{ drawing, picture, chart }: SheetParts,
	sheets: readonly Sheet[],
	pause: SheetContext['pause'],
): Promise<void> {
	if (drawing === undefined) return;
	zip.text(`xl/drawings/drawing${drawing}.xml`, drawingXml(pictures, charts));
	const relations: Relation[] = [
		...pictures.map((_, i): Relation => ({
			type: 'image',
			target: `../media/image${picture + i}.png`,
		})),
		...charts.map((_, i): Relation => ({
			type: 'chart',
			target: `../charts/chart${chart + i}.xml`,
		})),
	];
	zip.text(`xl/drawings/_rels/drawing${drawing}.xml.rels`, relationsXml(relations));
	for (const [i, { png }] of pictures.entries()) {
		zip.stored(`xl/media/image${picture + i}.png`, png);
		await pause();
	}
	for (const [i, one] of charts.entries()) {
		zip.text(`xl/charts/chart${chart + i}.xml`, chartXml(one, sheets));
		await pause();
	}
}

/** @returns to be awaited after each piece of work: stops when aborted, and lets others in */
export function pacer({ signal, breathe }: WriteEffects): () => Promise<void> | undefined {
	let since = performance.now();
	return () => {
		signal?.throwIfAborted();
		if (!breathe || performance.now() - since < WORK_MS) return undefined;
		return breathe().then(() => {
			signal?.throwIfAborted();
			since = performance.now();
		});
	};
}

/** Zip entries know years 1980 to 2107 only, so a strange date becomes the first of them. */
function entryDate(text: string): Date {
	const date = new Date(text);
	const year = date.getFullYear();
	return year >= 1980 && year < 2099 ? date : new Date(1980, 0, 1);
}
