import { read, type WorkBook } from '@e965/xlsx';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anchorsOf, bytesOf, cellsOf, packageProblems, unpack } from './testing';
import type { Column, Sheet, Workbook } from './workbook';
import { writeWorkbook as writeFile } from './write';

const PROPERTIES = { title: 'T', description: 'D', keywords: 'K', created: '2026-01-02T03:04:05Z' };

const textColumn = (texts: readonly string[]): Column => ({
	title: 'text',
	style: 'plain',
	kind: 'text',
	at: (row) => texts[row] ?? '',
});
const numberColumn = (numbers: ArrayLike<number>): Column => ({
	title: 'number',
	style: 'plain',
	kind: 'number',
	at: (row) => numbers[row] ?? NaN,
});

function sheetOf(columns: readonly Column[], rows: number, more: Partial<Sheet> = {}): Sheet {
	return { name: 'S', table: { columns, rows, headerStyle: 'plain' }, blank: 'empty', ...more };
}

/** The file's bytes. */
const writeWorkbook = async (...asked: Parameters<typeof writeFile>) =>
	bytesOf(await writeFile(...asked));
const bookOf = (...sheets: Sheet[]): Workbook => ({ sheets, properties: PROPERTIES });
const readBack = (bytes: Uint8Array): WorkBook => read(bytes, { dense: true });
const cellAt = (book: WorkBook, row: number, column: number, sheet = 'S') =>
	book.Sheets[sheet]?.['!data']?.[row]?.[column];

const HEADS = ['=', '+', '-', '@', '\t=', "'", '"', '_x0041_', ' ', '\n', '<b>', '&amp;', ''];
const nasty = fc
	.tuple(fc.constantFrom(...HEADS), fc.string({ unit: 'binary', maxLength: 30 }))
	.map(([head, rest]) => head + rest);

describe('writeWorkbook(workbook, effects)', () => {
	it('keeps 5,000 nasty texts as they are, none of them a formula', async () => {
		const texts = fc.sample(nasty, { numRuns: 5000, seed: 7 });
		texts.push(
			'=cmd|calc!A1',
			'=HYPERLINK("x")',
			'@SUM(A1)',
			'-1+1',
			'x'.repeat(200),
			'<a href="x">',
		);
		const bytes = await writeWorkbook(bookOf(sheetOf([textColumn(texts)], texts.length)));
		expect(packageProblems(bytes)).toStrictEqual([]);
		const book = readBack(bytes);
		// XML's readers turn nothing else but \r\n into \n, and that is escaped.
		const wrong = texts.filter((text, row) => (cellAt(book, row + 1, 0)?.v ?? '') !== text);
		expect(wrong).toStrictEqual([]);
		const cells = Array.from(cellsOf(unpack(bytes).text('xl/worksheets/sheet1.xml')));
		expect(cells.length).toBeGreaterThan(4900);
		expect(cells.filter(({ formula, type }) => formula || type !== 'inlineStr')).toStrictEqual([]);
	});

	it('gives every finite number back exactly; others are empty cells', async () => {
		const numbers = fc.sample(fc.double(), { numRuns: 3000, seed: 3 });
		numbers.push(
			5e-324,
			Number.MAX_VALUE,
			0.1 + 0.2,
			1e21,
			-1e-7,
			2 ** 53,
			NaN,
			Infinity,
			-Infinity,
		);
		const bytes = await writeWorkbook(bookOf(sheetOf([numberColumn(numbers)], numbers.length)));
		const book = readBack(bytes);
		const read = numbers.map((_, row) => cellAt(book, row + 1, 0)?.v);
		expect(read).toStrictEqual(
			numbers.map((value) => (Number.isFinite(value) ? value + 0 || 0 : undefined)),
		);
		const xml = unpack(bytes).text('xl/worksheets/sheet1.xml');
		expect(xml).toContain(`<c r="A${numbers.length}" t="n"><v></v></c>`);
	});

	it('leaves missing numbers out where cells are to be absent', async () => {
		const sheet = sheetOf([numberColumn([1, NaN, 3])], 3, { blank: 'absent' });
		const cells = cellsOf(
			unpack(await writeWorkbook(bookOf(sheet))).text('xl/worksheets/sheet1.xml'),
		);
		expect(Array.from(cells, ({ ref }) => ref)).toStrictEqual(['A1', 'A2', 'A4']);
	});

	it('writes number formats, widths, a frozen header, filters, links and properties', async () => {
		const hours: Column = { title: 'h', style: 'hours', kind: 'number', at: () => 1.5 };
		const clock: Column = { title: 'c', style: 'clock', kind: 'number', at: () => 0.5 };
		const bytes = await writeWorkbook(
			bookOf(
				sheetOf([hours, clock], 2, {
					filter: true,
					widths: new Map([[1, 30]]),
					cells: [
						{
							row: 0,
							column: 3,
							value: 'out',
							style: 'link',
							link: 'https://example.org/?a=1&b="2"',
						},
						{ row: 5, column: 0, value: 'in', style: 'link', link: "#'S'!A1" },
					],
				}),
			),
		);
		expect(packageProblems(bytes)).toStrictEqual([]);
		const book = read(bytes, { dense: true, cellNF: true, cellStyles: true });
		expect(cellAt(book, 1, 0)).toMatchObject({ v: 1.5, z: '0.0000' });
		expect(cellAt(book, 1, 1)).toMatchObject({ v: 0.5, z: '[h]:mm:ss' });
		expect(cellAt(book, 0, 3)?.l?.Target).toBe('https://example.org/?a=1&b="2"');
		expect(cellAt(book, 5, 0)?.l?.Target).toBe("#'S'!A1");
		expect(book.Sheets['S']?.['!autofilter']).toStrictEqual({ ref: 'A1:B3' });
		expect(book.Sheets['S']?.['!cols']?.[1]?.width).toBe(30);
		expect(book.Props).toMatchObject({ Title: 'T', Comments: 'D', Keywords: 'K' });
		const xml = unpack(bytes).text('xl/worksheets/sheet1.xml');
		expect(xml).toContain(
			'<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>',
		);
	});

	it('writes a date of making that programs read, and none that is no date', async () => {
		const core = async (created: string) => {
			const properties = { ...PROPERTIES, created };
			const bytes = await writeWorkbook({ sheets: [{ name: 'S', blank: 'absent' }], properties });
			return unpack(bytes).text('docProps/core.xml');
		};
		expect(await core('2026-01-02T03:04:05.678+01:00')).toContain(
			'>2026-01-02T02:04:05Z</dcterms:created>',
		);
		expect(await core('soon')).not.toContain('dcterms:created');
	});

	it('refuses a cell inside the table', async () => {
		const cells = [{ row: 1, column: 0, value: 1, style: 'plain' as const }];
		const book = bookOf(sheetOf([numberColumn([1, 2])], 2, { cells }));
		await expect(writeWorkbook(book)).rejects.toThrow('S: the cell A2 lies inside the table.');
	});

	it('numbers pictures and charts through all sheets', async () => {
		const place = { row: 3, column: 2, width: 400, height: 300 };
		const picture = { ...place, png: new Uint8Array([1, 2, 3]), alt: 'a "b" <c>' };
		const span = { sheet: 'S', column: 0, first: 0, last: 1 };
		const series = [{ name: { ...span, last: 0 }, x: span, y: span, color: '#112233' }];
		const words = { title: 'A & B', alt: 'alt', xTitle: 'x', yTitle: 'y' };
		const charts = (['lines', 'points', 'bars'] as const).map((kind) => ({
			...place,
			...words,
			kind,
			series,
		}));
		const bytes = await writeWorkbook(
			bookOf(
				sheetOf([numberColumn([1, 2])], 2, {
					pictures: [picture, picture],
					charts: charts.slice(0, 2),
				}),
				{ name: 'none', blank: 'absent' },
				{ name: 'more', blank: 'absent', pictures: [picture], charts },
			),
		);
		expect(packageProblems(bytes)).toStrictEqual([]);
		const file = unpack(bytes);
		const anchors = anchorsOf(file, 'xl/drawings/drawing2.xml');
		expect(anchors.map(({ target }) => target)).toStrictEqual([
			'xl/media/image3.png',
			...['xl/charts/chart3.xml', 'xl/charts/chart4.xml', 'xl/charts/chart5.xml'],
		]);
		expect(anchors[0]).toMatchObject({
			column: 2,
			row: 3,
			size: [3_810_000, 2_857_500],
			name: 'Image 1',
		});
		expect(file.bytes('xl/media/image3.png')).toStrictEqual(picture.png);
	});

	it('writes the same bytes for the same workbook', async () => {
		const book = () => bookOf(sheetOf([textColumn(['a', 'b']), numberColumn([1, 2])], 2));
		expect(await writeWorkbook(book())).toStrictEqual(await writeWorkbook(book()));
	});

	it('reports rows that only grow, up to all, and lets others in', async () => {
		const rows = 60_000;
		const told: [number, number, string][] = [];
		let breaths = 0;
		await writeWorkbook(bookOf(sheetOf([numberColumn(new Float64Array(rows))], rows)), {
			progress: (...progress) => told.push(progress),
			breathe: () => Promise.resolve(void breaths++),
		});
		expect(told.length).toBeGreaterThan(10);
		expect(told.at(-1)).toStrictEqual([rows, rows, 'S']);
		expect(told.every(([done], i) => i === 0 || done >= told[i - 1]![0])).toBe(true);
		expect(breaths).toBeGreaterThan(0);
	});

	it('stops soon after it is cancelled', async () => {
		const controller = new AbortController();
		let last = 0;
		const writing = writeWorkbook(bookOf(sheetOf([numberColumn(new Float64Array(1e6))], 1e6)), {
			progress: (done) => {
				last = done;
				if (done > 1000) controller.abort();
			},
			signal: controller.signal,
		});
		await expect(writing).rejects.toMatchObject({ name: 'AbortError' });
		expect(last).toBeLessThan(5000);
	});
});
