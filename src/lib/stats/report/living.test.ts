import { describe, expect, it } from 'vitest';
import { allRows } from '../plots/bad-input';
import { columnsOf, type TestRun } from '../testing';
import { makeWorkbook, readBook, valueAt, type MadeWorkbook } from './testing';
import { planReport } from './write';

const HOUR = 3600e9;
const runs: TestRun[] = Array.from({ length: 24 }, (_, i) => ({
	nn: `Net-${String(i % 12).padStart(2, '0')}`,
	prm: i === 0 ? { lr: 0.5, rare: 1, mode: '=1+1' } : { lr: i / 100 },
	trials: [1, 2, 4].map((epoch) => [epoch, (epoch * (i + 1)) / 100, i === 3 ? null : epoch * HOUR]),
}));
const rows = allRows(columnsOf(runs));

function tableOf({ book }: MadeWorkbook, sheet: string) {
	const cells = book.Sheets[sheet]?.['!data'] ?? [];
	const [header = [], ...body] = cells;
	const titles = header.map((cell) => String(cell?.v));
	return body.map((row) =>
		Object.fromEntries(titles.map((title, i) => [title, row?.[i]?.v] as const)),
	);
}

describe('living', () => {
	it('has its sheets in order, and a cover that says what is on each', async () => {
		const made = await makeWorkbook(rows, 'living');
		const names = made.book.SheetNames;
		expect(names.filter((name) => name !== 'Pictures')).toStrictEqual([
			...['Cover', 'Charts', 'Summary', 'Top 10', 'Curves', 'Data', 'Definitions'],
		]);
		const cover = made.book.Sheets['Cover']?.['!data'] ?? [];
		const texts = cover.flatMap((row) => row?.map((cell) => cell?.v) ?? []);
		expect(texts).toEqual(
			expect.arrayContaining(['All records', 'LEMUR 0.0.0, 0123abcd', 72, 24, 12]),
		);
		const link = cover.flat().find((cell) => cell?.l?.Target.startsWith('https'));
		expect(link?.v).toBe('https://example.org/lemur#/explore');
		for (const name of names.slice(1)) expect(texts).toContain(name);
	});

	it('holds every record with its times three ways, text that looks like a formula as text', async () => {
		const data = tableOf(await makeWorkbook(rows, 'living'), 'Data');
		expect(data).toHaveLength(72);
		expect(data[0]).toMatchObject({
			Net: 'Net-00',
			Accuracy: 0.01,
			'Time so far (ns)': HOUR,
			'Time so far (hours)': 1,
			'prm.lr': 0.5,
			'prm.mode': '=1+1',
		});
		expect(data[0]?.['Time so far (h:mm:ss)']).toBeCloseTo(1 / 24, 8);
		expect(data.filter((row) => row['Time so far (ns)'] === undefined)).toHaveLength(3);
	});

	it('sums up one row for each net, and ranks the ten best', async () => {
		const made = await makeWorkbook(rows, 'living');
		const summary = tableOf(made, 'Summary');
		expect(summary).toHaveLength(12);
		expect(summary[0]).toMatchObject({
			Net: 'Net-00',
			Records: 6,
			Runs: 2,
			Best: 0.52,
			'Epoch of the best': 4,
		});
		expect(summary[0]?.['Time of the best (hours)']).toBe(4);
		const top = tableOf(made, 'Top 10');
		expect(top.map((row) => row['Net'])).toStrictEqual(
			Array.from({ length: 10 }, (_, i) => `Net-${String(11 - i).padStart(2, '0')}`),
		);
		const curves = tableOf(made, 'Curves');
		expect(curves).toHaveLength(30);
		expect(curves[0]).toMatchObject({ Net: 'Net-11', Epoch: 1, Records: 2, Mean: 0.18 });
	});

	it('draws charts from the cells of its sheets, with the values they have', async () => {
		const made = await makeWorkbook(rows, 'living');
		expect(made.plan.charts).toHaveLength(3);
		const xml = made.file.text('xl/charts/chart1.xml');
		const ranges = Array.from(xml.matchAll(/<c:f>'Curves'!\$(\w)\$(\d+):\$\w\$(\d+)<\/c:f>/g));
		expect(ranges).toHaveLength(30);
		const curves = tableOf(made, 'Curves');
		for (const [, column, first, last] of ranges) {
			const nets = curves.slice(Number(first) - 2, Number(last) - 1).map((row) => row['Net']);
			expect(new Set(nets).size).toBe(1);
			expect(nets.length).toBe(column === 'D' ? 1 : 3);
		}
		const bars = made.file.text('xl/charts/chart2.xml');
		expect(bars).toContain("<c:f>'Top 10'!$E$2:$E$11</c:f>");
		expect(bars).toContain('<c:v>Net-11</c:v>');
		expect(made.file.text('xl/charts/chart3.xml')).toContain("<c:f>'Summary'!$I$2:$I$13</c:f>");
	});

	it('explains every column and every metric', async () => {
		const made = await makeWorkbook(rows, 'living');
		const definitions = tableOf(made, 'Definitions');
		for (const { name, columns } of made.plan.sheets.filter(({ name }) => name !== 'Definitions'))
			for (const title of columns) {
				const found = definitions.find((row) => row['Sheet'] === name && row['Column'] === title);
				expect(found?.['Meaning'], `${name}: ${title}`).toBeTruthy();
			}
		expect(definitions.map((row) => row['Column'])).toContain('Accuracy where the metric is acc');
	});

	it('freezes and filters its tables, with formats for fractions, counts and times', async () => {
		const { bytes } = await makeWorkbook(rows, 'living');
		const book = readBook(bytes);
		expect(book.Sheets['Data']?.['!autofilter']).toBeDefined();
		const formats = book.Sheets['Data']?.['!data']?.[1]?.map((cell) => cell?.z) ?? [];
		expect(formats).toEqual(expect.arrayContaining(['0', '0.0000', '#,##0', '[h]:mm:ss']));
	});

	it('leaves rare hyperparameters out when there are very many, and says which', () => {
		const many = Array.from({ length: 45 }, (_, i) => [`p${i}`, i] as const);
		const wide = Array.from({ length: 120 }, (_, i): TestRun => ({
			prm: i === 0 ? Object.fromEntries(many) : { p0: 1, p1: 2 },
			trials: [[1, 0.5]],
		}));
		const plan = planReport(allRows(columnsOf(wide)), 'living');
		const data = plan.sheets.find(({ name }) => name === 'Data');
		expect(data?.columns.filter((title) => title.startsWith('prm.'))).toStrictEqual([
			'prm.p0',
			'prm.p1',
		]);
		expect(plan.notes.join()).toContain('43 of 45 hyperparameters are left out of the data sheet');
	});

	it('writes an address that is too long or no web address as text', async () => {
		for (const link of [`https://example.org/#${'x'.repeat(5000)}`, 'javascript:alert(1)']) {
			const { book } = await makeWorkbook(rows, 'living', { link });
			const cell = book.Sheets['Cover']?.['!data']?.[3]?.[1];
			expect(cell?.v).toBe(link);
			expect(cell?.l).toBeUndefined();
		}
		expect(valueAt((await makeWorkbook(rows, 'living')).book, 'Cover', 3, 1)).toContain('https');
	});

	it('writes uids where they can be told', async () => {
		const made = await makeWorkbook({ ...rows, uidText: (run) => `uid of ${run}` }, 'living');
		expect(tableOf(made, 'Data')[3]?.['Run uid']).toBe('uid of 1');
	});
});
