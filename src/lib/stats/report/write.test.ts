import { describe, expect, it } from 'vitest';
import { cellsOf, packageProblems, unpack } from '../../xlsx/testing';
import { BAD_INPUTS, allRows } from '../plots/bad-input';
import { columnsOf } from '../testing';
import { REPORT_KINDS } from './report';
import { effectsOf, makeWorkbook, OPTIONS, PIXEL } from './testing';
import { planReport, writeReport } from './write';

const runs = Array.from({ length: 8 }, (_, i) => ({
	nn: `Net-${i % 3}`,
	dataset: i < 4 ? 'cifar-10' : 'mnist',
	prm: { lr: 0.1 * i, batch: 2 ** i },
	trials: [1, 2, 3, 5].map((epoch) => [epoch, (epoch + i) / 20, epoch * 1e12 + i] as const),
}));
const rows = allRows(columnsOf(runs));

describe.each(REPORT_KINDS)('%s', (kind) => {
	it.each(BAD_INPUTS)(
		'makes a sound workbook of $name, and plans the same sheets',
		async (input) => {
			const plan = planReport(input.rows, kind);
			const made = await makeWorkbook(input.rows, kind);
			expect(packageProblems(made.bytes)).toStrictEqual([]);
			expect(made.book.SheetNames).toStrictEqual(made.plan.sheets.map(({ name }) => name));
			const sized = (sheets: typeof plan.sheets) =>
				sheets.filter(({ name }) => !['Cover', 'Charts', 'Pictures'].includes(name));
			expect(sized(plan.sheets)).toStrictEqual(sized(made.plan.sheets));
			expect(plan.empty).toBe(made.plan.empty);
			expect(plan.empty === undefined).toBe(input.rows.ids.length > 0);
			for (const name of made.file.names.filter((part) => part.startsWith('xl/worksheets/sheet')))
				for (const cell of cellsOf(made.file.text(name))) expect(cell.formula).toBe(false);
		},
	);

	it('says what it holds, and how large it is about', async () => {
		const plan = planReport(rows, kind);
		const { plan: written, bytes } = await makeWorkbook(rows, kind, { pictures: false });
		expect(written.bytes).toBe(bytes.length);
		expect(written.pictures).toStrictEqual([]);
		expect(written.charts).toStrictEqual(plan.charts);
		expect(plan.files).toHaveLength(plan.pictures.length);
		expect(plan.notes.length).toBeGreaterThan(0);
	});

	it('writes the same bytes again', async () => {
		const [one, two] = [await makeWorkbook(rows, kind), await makeWorkbook(rows, kind)];
		expect(one.bytes).toStrictEqual(two.bytes);
	});

	it('goes on in further sheets where one is full', async () => {
		const rowLimit = 10;
		const { book, plan } = await makeWorkbook(rows, kind, {}, { rowLimit });
		const [name = ''] = {
			'lemur-statistics': ['Statistics'],
			'lemur-raw': ['Raw Data'],
			living: ['Data'],
		}[kind];
		const parts = plan.sheets.filter((sheet) => sheet.name.startsWith(name));
		const total = kind === 'lemur-statistics' ? 24 : 32;
		expect(parts.map((sheet) => sheet.name)).toStrictEqual(
			Array.from({ length: Math.ceil(total / 9) }, (_, i) => (i === 0 ? name : `${name} ${i + 1}`)),
		);
		expect(parts.reduce((sum, sheet) => sum + sheet.rows, 0)).toBe(total);
		expect(plan.notes.join(' ')).toContain(`${name} goes on in ${name} 2`);
		expect(planReport(rows, kind, rowLimit).sheets.map((sheet) => sheet.name)).toStrictEqual(
			book.SheetNames,
		);
	});

	it('reports pictures and rows that only grow, each part up to its end', async () => {
		const told = new Map<string, [number, number]>();
		await makeWorkbook(
			rows,
			kind,
			{},
			{
				progress: (done, total, unit, part) => {
					const [before = 0] = told.get(`${unit} ${part}`) ?? [];
					expect(done).toBeGreaterThanOrEqual(before);
					expect(done).toBeLessThanOrEqual(total);
					told.set(`${unit} ${part}`, [done, total]);
				},
			},
		);
		const rowParts = [...told].filter(([part]) => part.startsWith('rows'));
		expect(rowParts.length).toBeGreaterThan(0);
		expect(rowParts.every(([, [done, total]]) => done === total)).toBe(true);
		expect([...told.keys()].some((part) => part.startsWith('pictures'))).toBe(true);
	});

	it('stops when it is cancelled, before, at a picture, at a row', async () => {
		const aborted = AbortSignal.abort();
		await expect(
			writeReport(rows, kind, OPTIONS, effectsOf({ signal: aborted })),
		).rejects.toMatchObject({ name: 'AbortError' });
		for (const unit of ['pictures', 'rows']) {
			const controller = new AbortController();
			const effects = effectsOf({
				signal: controller.signal,
				progress: (_done, _total, of) => {
					if (of === unit) controller.abort();
				},
			});
			await expect(writeReport(rows, kind, OPTIONS, effects)).rejects.toMatchObject({
				name: 'AbortError',
			});
		}
	});

	it('paints at the inches of the plots, and keeps the sentence, link and source', async () => {
		const asked: unknown[] = [];
		const { file } = await makeWorkbook(
			rows,
			kind,
			{},
			{
				paint: (figure, options) => {
					asked.push(options);
					expect(figure.data.length).toBeGreaterThan(0);
					return Promise.resolve({ bytes: PIXEL });
				},
			},
		);
		expect(asked.length).toBeGreaterThan(0);
		const { sentence, link, source } = OPTIONS;
		for (const options of asked)
			expect(options).toMatchObject({ format: 'png', sentence, link, source });
		expect(file.names.filter((name) => name.endsWith('.png'))).toHaveLength(asked.length);
		expect(file.text('docProps/core.xml')).toContain(`${sentence} (${source})`);
	});
});

describe('writeReport(rows, kind, options, effects)', () => {
	it('reads as zip with nothing of another report in it', async () => {
		const [raw, living] = [
			await makeWorkbook(rows, 'lemur-raw'),
			await makeWorkbook(rows, 'living'),
		];
		expect(unpack(raw.bytes).names.some((name) => name.includes('chart'))).toBe(false);
		expect(unpack(living.bytes).names.filter((name) => name.includes('charts/chart'))).toHaveLength(
			6,
		);
	});
});
