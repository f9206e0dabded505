/**
 * Excel reports on the built site: from a filtered view to a file whose cells are those that SQLite
 * counts; progress, Cancel, what an empty filter says. How fast is the benchmark's business, and every
 * address of LEMUR's layouts is tested beside their sources.
 */
import { readFile } from 'node:fs/promises';
import { utils, type CellObject, type WorkBook } from '@e965/xlsx';
import type { Filter } from '../src/lib/stats/filter';
import { toSql } from '../src/lib/stats/print/sql';
import { readBook } from '../src/lib/stats/report/testing';
import { REPORT_MEDIA_TYPE, type ReportKind } from '../src/lib/stats/report/report';
import { unpack } from '../src/lib/xlsx/testing';
import { violations } from './support/axe';
import { askSql, chips, heading, openExplore, PATIENCE, ready, settled } from './support/explore';
import { LEMUR, words } from './support/golden';
import { expect as base, test, type Page } from './support/watch';

const expect = base.configure({ timeout: PATIENCE.timeout });
const CAPTIONS: Filter = { task: ['img-captioning'] };
const CAPTIONS_LINK = '#v=1&task=img-captioning&z=1';
/** a whole workbook is made and read back */
const LONG_MS = 180_000;

async function openReports(page: Page, fragment = ''): Promise<void> {
	await page.goto('about:blank');
	await page.goto(`/reports/${fragment}`);
	await ready(page);
	await settled(page);
}

const preview = (page: Page) => page.getByRole('region', { name: 'Preview of the report' });
const create = (page: Page) => page.getByRole('button', { name: /^Create / });
const bar = (page: Page) => page.getByRole('progressbar', { name: 'Report' });

/** Rows of a sheet by the preview. */
async function plannedRows(page: Page, sheet: string): Promise<number> {
	const row = preview(page)
		.getByRole('row')
		.filter({
			has: page.getByRole('rowheader', { name: sheet, exact: true }),
		});
	return Number((await row.getByRole('cell').first().innerText()).replaceAll(',', ''));
}

/** Presses the button and keeps the file. */
async function createFile(page: Page): Promise<{ name: string; bytes: Uint8Array }> {
	const [download] = await Promise.all([
		page.waitForEvent('download', { timeout: LONG_MS }),
		create(page).click(),
	]);
	const bytes = new Uint8Array(await readFile(await download.path()));
	return { name: download.suggestedFilename(), bytes };
}

/** A report by script: its media type and bytes. */
async function scriptReport(page: Page, kind: ReportKind, filter: Filter) {
	const [type, text] = await page.evaluate(
		async ([one, rows]) => {
			const blob = await lemur.report(one, rows);
			const bytes = new Uint8Array(await blob.arrayBuffer());
			let binary = '';
			for (const byte of bytes) binary += String.fromCharCode(byte);
			return [blob.type, btoa(binary)] as const;
		},
		[kind, filter] as const,
	);
	return { type, bytes: new Uint8Array(Buffer.from(text, 'base64')) };
}

/** The rows below the header of a sheet, by column. */
function columnsOf(book: WorkBook, name: string): Map<string, unknown[]> {
	const sheet = book.Sheets[name];
	if (!sheet) throw new Error(`There is no sheet ${name}, but ${book.SheetNames.join(', ')}.`);
	const [header = [], ...rows] = utils.sheet_to_json<unknown[]>(sheet, { header: 1 });
	return new Map(Array.from(header, (title, at) => [String(title), rows.map((row) => row[at])]));
}

const numbers = (values: readonly unknown[] = []) =>
	values.filter((value): value is number => typeof value === 'number');
const sum = (values: readonly unknown[] = []) =>
	numbers(values).reduce((total, value) => total + value, 0);

/** Two ways to add up many numbers, whose last digits may differ. */
function expectSum(values: readonly unknown[] | undefined, expected: unknown, what: string): void {
	const found = sum(values);
	const off = Math.abs(found - Number(expected));
	expect(off, `${what}: ${found} and ${String(expected)}`).toBeLessThanOrEqual(
		1e-9 * Math.abs(Number(expected)),
	);
}

/** All cells of a sheet. */
const cellsOf = (book: WorkBook, name: string): readonly CellObject[] =>
	(book.Sheets[name]?.['!data'] ?? []).flatMap((row) => (row ?? []).filter(Boolean));

/** Every formula that a spreadsheet program would compute. */
const formulas = (book: WorkBook) =>
	book.SheetNames.flatMap((name) => cellsOf(book, name).flatMap(({ f }) => f ?? []));

test('from a filtered view to a workbook whose numbers are those of SQLite', async ({
	page,
	fresh,
}) => {
	test.setTimeout(LONG_MS);
	await openExplore(page, CAPTIONS_LINK);
	const sentence = await heading(page).innerText();
	await page.getByRole('link', { name: 'Report', exact: true }).click();
	await expect(page).toHaveURL(/\/reports\/?#.*task=img-captioning/);
	await settled(page);
	await expect(heading(page)).toHaveText(sentence);
	const rows = Number(await askSql(page, `SELECT count(*) FROM (${toSql(CAPTIONS)})`));
	expect(rows).toBeGreaterThan(10_000);
	expect(await plannedRows(page, 'Data')).toBe(rows);
	await expect(preview(page).getByRole('heading', { name: /^\d+ native charts$/ })).toBeVisible();

	const { name, bytes } = await createFile(page);
	expect(name).toMatch(/^lemur-2\.1\.2-\d{4}-\d\d-\d\d\.xlsx$/);
	await expect(page.getByText(`Saved ${name}:`)).toBeVisible();
	const book = readBook(bytes);
	expect(book.SheetNames.slice(0, 3)).toEqual(['Cover', 'Charts', 'Summary']);
	expect(book.SheetNames).toContain('Definitions');
	expect(book.Sheets['Data']?.['!ref']).toMatch(new RegExp(`^A1:[A-Z]+${rows + 1}$`));
	expect(formulas(book)).toEqual([]);
	const parts = unpack(bytes).names;
	expect(parts.filter((path) => /media\/.*\.png$/.test(path)).length).toBeGreaterThan(3);
	expect(parts.filter((path) => /charts\/chart\d+\.xml$/.test(path)).length).toBeGreaterThan(1);

	const data = columnsOf(book, 'Data');
	const totals = `SELECT total(accuracy), total(epoch), total(duration) FROM (${toSql(CAPTIONS)})`;
	const [asked] = await page.evaluate(async (sql) => (await lemur.sql(sql)).rows, totals);
	expectSum(data.get('Accuracy'), asked?.[0], 'accuracy');
	expectSum(data.get('Epoch'), asked?.[1], 'epoch');
	expectSum(data.get('Time so far (ns)'), asked?.[2], 'duration');
	const prm = await page.evaluate(
		async (sql) => (await lemur.sql(sql, [], { timeout: 60_000 })).rows,
		`SELECT p.name, total(p.value) FROM (${toSql(CAPTIONS)}) AS s JOIN prm AS p ON p.uid = s.prm
		WHERE typeof(p.value) IN ('integer', 'real') GROUP BY p.name`,
	);
	const shown = prm.filter(([title]) => data.has(`prm.${String(title)}`));
	expect(shown.length).toBeGreaterThan(2);
	for (const [title, expected] of shown)
		expectSum(data.get(`prm.${String(title)}`), expected, String(title));

	const links = cellsOf(book, 'Cover').flatMap((cell) => cell.l?.Target ?? []);
	const link = links.find((target) => target.startsWith('http')) ?? '';
	const other = await fresh();
	await other.goto(link);
	await ready(other);
	await settled(other);
	await expect(heading(other)).toHaveText(sentence);
	await expect(chips(other)).toHaveText(await chips(page).allInnerTexts());
});

test('progress never goes back, the site stays usable, Cancel ends it', async ({ page }) => {
	test.setTimeout(LONG_MS);
	await openReports(page);
	await expect(create(page)).toHaveText(/^Create lemur-.*\.xlsx, about \d+\.\d MB$/);
	let downloads = 0;
	page.on('download', () => downloads++);
	await create(page).click();
	await expect(bar(page)).toBeVisible();
	const shares: number[] = [];
	const look = async () => shares.push(Number(await bar(page).getAttribute('value')));

	await test.step('another preview meanwhile', async () => {
		await expect.poll(look).toBeGreaterThan(0);
		await page.getByRole('radio', { name: /raw_data\.xlsx/ }).check();
		await look();
		await expect
			.poll(() => plannedRows(page, 'Raw Data'), { timeout: PATIENCE.timeout })
			.toBe(LEMUR.trials);
		await look();
	});
	await test.step('another page meanwhile', async () => {
		const nav = page.getByRole('navigation', { name: 'Pages' });
		await nav.getByRole('link', { name: 'Explore' }).click();
		await expect(page.locator('[data-row="3"]')).toBeVisible();
		await nav.getByRole('link', { name: 'Reports' }).click();
		await expect(bar(page)).toBeVisible();
		await look();
	});
	expect(shares).toEqual([...shares].sort((a, b) => a - b));
	expect(Math.max(...shares)).toBeLessThan(1);
	await page.getByRole('button', { name: 'Cancel' }).click();
	await expect(page.getByText(/^Cancelled: nothing was saved of lemur-/)).toBeVisible();
	await expect(bar(page)).toHaveCount(0);
	expect(downloads).toBe(0);

	await test.step('and again', async () => {
		await openReports(page, '#v=1&report=lemur-raw&task=txt-generation&z=1');
		expect((await createFile(page)).name).toBe('raw_data.xlsx');
	});
});

test('LEMUR’s layouts by script: sheets, columns and sums', async ({ page }) => {
	test.setTimeout(LONG_MS);
	await openReports(page);
	await test.step('raw_data.xlsx', async () => {
		const filter: Filter = { task: ['txt-generation'] };
		const { type, bytes } = await scriptReport(page, 'lemur-raw', filter);
		expect(type).toBe(REPORT_MEDIA_TYPE);
		const book = readBook(bytes);
		expect(book.SheetNames).toEqual(['Raw Data']);
		const data = columnsOf(book, 'Raw Data');
		expect([...data.keys()].slice(0, 7)).toEqual([
			...['task', 'dataset', 'metric', 'epoch', 'duration', 'accuracy', 'nn'],
		]);
		const sql = `SELECT count(*), total(epoch), total(duration), total(accuracy) FROM (${toSql(filter)})`;
		const [asked] = await page.evaluate(async (text) => (await lemur.sql(text)).rows, sql);
		expect(numbers(data.get('epoch')).length).toBe(asked?.[0]);
		for (const [i, column] of ['epoch', 'duration', 'accuracy'].entries())
			expectSum(data.get(column), asked?.[i + 1], column);
	});
	await test.step('statistics.xlsx', async () => {
		const filter: Filter = { dataset: ['svhn'], epoch: { max: 3 } };
		const { bytes } = await scriptReport(page, 'lemur-statistics', filter);
		const book = readBook(bytes);
		expect(book.SheetNames).toEqual(['Statistics']);
		const data = columnsOf(book, 'Statistics');
		const groups = `SELECT avg(accuracy) AS mean FROM (${toSql(filter)}) WHERE metric = 'acc'
			GROUP BY task, dataset, nn, epoch`;
		const sql = `SELECT count(*), total(mean) FROM (${groups})`;
		const [asked] = await page.evaluate(async (text) => (await lemur.sql(text)).rows, sql);
		expect(numbers(data.get('accuracy_mean')).length).toBe(asked?.[0]);
		expectSum(data.get('accuracy_mean'), asked?.[1], 'accuracy_mean');
	});
	await expect(page.evaluate(() => Reflect.apply(lemur.report, lemur, ['pie']))).rejects.toThrow(
		/lemur\.report/,
	);
});

test('a filter that leaves nothing says why, and the page goes on from there', async ({ page }) => {
	await openReports(page, '#v=1&nn=no-such-net&z=1');
	await expect(preview(page)).toContainText('No training record passes this filter.');
	await expect(create(page)).toBeDisabled();
	await page.getByRole('button', { name: /^Drop “/ }).click();
	await expect(chips(page)).toHaveCount(0);
	await expect(create(page)).toBeEnabled();
	expect(await plannedRows(page, 'Data')).toBe(LEMUR.trials);

	await openReports(page, '#v=1&report=lemur-statistics&task=img-captioning&z=1');
	await expect(preview(page)).toContainText('There is nothing to write.');
	await expect(create(page)).toBeDisabled();
	await page.getByRole('radio', { name: /^Living workbook/ }).check();
	await expect(create(page)).toBeEnabled();
	await expect(page).toHaveURL(/#(?!.*report=)/);
});

test('names with markup and formulas are text; a report without pictures has none', async ({
	page,
}) => {
	const names = ['AlexNet', '=cmd|’/C calc’!A0', '<b onclick=x>&amp;</b>', '@SUM(A1)'];
	const filter: Filter = { nn: names, dataset: ['mnist'] };
	await openReports(page);
	const fragment = await page.evaluate((rows) => lemur.link({ filter: rows }), filter);
	await openReports(page, fragment);
	await page.getByRole('checkbox', { name: /pictures/ }).uncheck();
	await expect(page).toHaveURL(/reportPictures=0/);
	await expect(preview(page).getByRole('heading', { name: 'No pictures' })).toBeVisible();
	const { bytes } = await createFile(page);
	const book = readBook(bytes);
	expect(formulas(book)).toEqual([]);
	const cover = JSON.stringify(utils.sheet_to_json(book.Sheets['Cover'] ?? {}, { header: 1 }));
	for (const name of names) expect(cover).toContain(name);
	const parts = unpack(bytes).names;
	expect(parts.filter((path) => path.endsWith('.png'))).toEqual([]);
});

test('data that does not arrive is said in words and asked for again', async ({ page, watch }) => {
	watch.allow(/ERR_FAILED|Failed to load/); // the test cuts the way to the data
	let cut = true;
	await page.route(/stat-db\/[^/]*-[0-9a-f]{16}\.bin$/, (route) =>
		cut && !route.request().url().includes('summary') ? route.abort() : route.continue(),
	);
	await page.goto('/reports/');
	const alert = preview(page).getByRole('alert');
	await expect(alert).toContainText(/not arrive|offline/);
	await expect(create(page)).toBeDisabled();
	cut = false;
	await alert.getByRole('button', { name: /Fetch|again/ }).click();
	await ready(page);
	await expect(create(page)).toBeEnabled();
	await expect(heading(page)).toContainText(words(LEMUR.trials));
});

test('axe finds nothing, in light and dark, wide and at 360 px; nothing scrolls sideways', async ({
	page,
}) => {
	for (const fragment of [CAPTIONS_LINK, '#v=1&report=lemur-statistics&nn=no-such-net&z=1']) {
		await page.setViewportSize({ width: 1440, height: 900 });
		await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
		await openReports(page, fragment);
		expect.soft(await violations(page), fragment).toEqual([]);
		await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
		expect.soft(await violations(page), `${fragment}, dark`).toEqual([]);
		await page.setViewportSize({ width: 360, height: 740 });
		await settled(page);
		expect.soft(await violations(page), `${fragment} at 360 px`).toEqual([]);
		const over = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
		await expect.poll(over, fragment).toBeLessThanOrEqual(0);
	}
	await openReports(page);
	await create(page).click();
	await expect(bar(page)).toBeVisible();
	expect.soft(await violations(page), 'while it is made').toEqual([]);
	await page.getByRole('button', { name: 'Cancel' }).click();
});
