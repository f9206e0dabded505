/**
 * What people complain about in such tools, one test each. Those that need no browser are beside their
 * sources (a group's numbers do not depend on others: curves.test.ts; links: codec.test.ts); links and
 * reloads of everything at once are in share.e2e.ts, damaged and missing data in failures.e2e.ts.
 */
import { readFile } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { parquetReadObjects } from 'hyparquet';
import initSqlJs from 'sql.js';
import type { ExportFormat } from '../src/lib/stats/export/registry';
import type { Filter } from '../src/lib/stats/filter';
import { toSql } from '../src/lib/stats/print/sql';
import {
	chips,
	expectSameSeen,
	fragment,
	heading,
	holdData,
	openExplore,
	PATIENCE,
	ready,
	settled,
	total,
} from './support/explore';
import { CIFAR10, words } from './support/golden';
import { expect, test, type Page } from './support/watch';

const CIFAR_LINK = '#v=1&dataset=cifar-10&metric=acc&task=img-classification&z=1';
const FORMATS: readonly ExportFormat[] = ['csv', 'tsv', 'json', 'ndjson', 'parquet', 'sqlite'];
const IDENTITY = ['task', 'dataset', 'metric', 'nn', 'epoch', 'accuracy', 'uid'] as const;

/** Filters of every kind of condition, small enough to be written six times. */
const anyFilter: fc.Arbitrary<Filter> = fc.record(
	{
		nnFamily: fc.subarray(['AlexNet', 'GoogLeNet', 'ResNet', 'VGG'], {
			minLength: 1,
			maxLength: 2,
		}),
		dataset: fc.subarray(['cifar-10', 'mnist', 'svhn', 'coco'], { minLength: 1 }),
		epoch: fc.constantFrom({ max: 5 }, { min: 2, max: 30 }, { min: 7 }),
		accuracy: fc.constantFrom({ min: 0.5 }, { max: 0.9 }, { min: 0.2, max: 0.95 }),
		prm: fc.constantFrom({ batch: { min: 8, max: 128 } }, { lr: { max: 0.01 } }),
		not: fc.constantFrom([{ metric: ['iou'] }], [{ epoch: { min: 1, max: 1 } }]),
		any: fc.constantFrom([{ dataset: ['svhn'] }, { accuracy: { min: 0.6 } }]),
		best: fc.constantFrom('configuration', 'net', 'run', 'epoch'),
	} as const,
	{ requiredKeys: ['nnFamily'], noNullPrototype: true },
);

type Row = Readonly<Record<string, unknown>>;

async function readBack(format: ExportFormat, bytes: Buffer): Promise<readonly Row[]> {
	const text = bytes.toString('utf8');
	if (format === 'json') return JSON.parse(text) as Row[];
	if (format === 'ndjson') return lines(text).map((line) => JSON.parse(line) as Row);
	if (format === 'csv' || format === 'tsv') return delimited(text, format === 'csv' ? ',' : '\t');
	if (format === 'parquet') {
		const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
		return parquetReadObjects({ file: file as ArrayBuffer, columns: [...IDENTITY] });
	}
	const sqlite = await initSqlJs();
	const db = new sqlite.Database(bytes);
	const rows = db.exec(`SELECT ${IDENTITY.join(', ')} FROM rows`)[0]?.values ?? [];
	db.close();
	return rows.map((values) => Object.fromEntries(IDENTITY.map((id, i) => [id, values[i]])));
}

function lines(text: string): string[] {
	return text.split(/\r?\n/).filter((line) => line !== '');
}

/** The identity columns hold no quotes or separators; they stand first, so the rest may. */
function delimited(text: string, separator: string): Row[] {
	const [head = '', ...body] = lines(text);
	const names = head.split(separator);
	return body.map((line) => {
		const values = line.split(separator);
		return Object.fromEntries(names.map((name, i) => [name, values[i]]));
	});
}

/** The rows as a set that can be compared, whatever their order. */
function asSet(rows: readonly Row[]): string[] {
	return rows
		.map((row) =>
			IDENTITY.map((id) =>
				id === 'epoch' || id === 'accuracy' ? Number(row[id]) : String(row[id]),
			).join(' | '),
		)
		.sort();
}

test('1: an export is what the filter says, in every format', async ({ page }) => {
	test.setTimeout(400_000); // many page loads; minutes on a busy machine
	await openExplore(page, CIFAR_LINK);
	const filters = fc.sample(anyFilter, { seed: 20_251_115, numRuns: 6 });
	let written = 0;
	for (const [i, filter] of filters.entries()) {
		const sql = `SELECT task, dataset, metric, nn, epoch, accuracy, prm AS uid FROM (${toSql(filter)})`;
		const answer = await page.evaluate(
			(text) => lemur.sql(text, [], { limit: 200_000, timeout: 60_000 }),
			sql,
		);
		const expected = asSet(
			answer.rows.map((row) =>
				Object.fromEntries(answer.columns.map((name, at) => [name, row[at]])),
			),
		);
		written += expected.length;
		for (const format of [FORMATS[i], FORMATS[(i + 1) % FORMATS.length]]) {
			if (!format) continue;
			const base64 = await page.evaluate(exported, { format, filter });
			const rows = await readBack(format, Buffer.from(base64, 'base64'));
			expect(asSet(rows), `${format} of ${JSON.stringify(filter)}`).toEqual(expected);
		}
	}
	expect(written).toBeGreaterThan(1_000);

	await test.step('the dialog saves the rows, the columns and the order that are shown', async () => {
		await page.goto(
			`/explore/#v=1&best=net&dataset=mnist&metric=acc&columns=nn,epoch,accuracy&z=1`,
		);
		const shown = await total(page);
		await page.getByRole('button', { name: 'Export' }).click();
		const [download] = await Promise.all([
			page.waitForEvent('download'),
			page.getByRole('button', { name: 'Save file' }).click(),
		]);
		const rows = lines(await readFile(await download.path(), 'utf8'));
		expect(rows[0]).toBe('nn,epoch,accuracy');
		expect(rows.length - 1).toBe(shown);
		const accuracies = rows.slice(1).map((line) => Number(line.split(',').at(-1)));
		expect(accuracies).toEqual([...accuracies].sort((a, b) => b - a));
	});
});

/** Runs in the page. */
async function exported({ format, filter }: { format: ExportFormat; filter: Filter }) {
	const blob = await lemur.export(format, filter);
	const bytes = new Uint8Array(await blob.arrayBuffer());
	let text = '';
	for (let i = 0; i < bytes.length; i += 8192)
		text += String.fromCharCode(...bytes.subarray(i, i + 8192));
	return btoa(text);
}

test('2: a curve keeps its numbers when others come, go or stand out', async ({ page }) => {
	await openExplore(page, CIFAR_LINK.replace('&z=1', '&view=curves&z=1'));
	const numbers = async () => {
		await settled(page);
		const rows = await page
			.getByRole('region', { name: 'Data table of the curves' })
			.locator('tbody tr')
			.evaluateAll((all) =>
				all.map((tr) => [...tr.children].map((td) => td.getAttribute('title') ?? td.textContent)),
			);
		return new Map(rows.map((row) => [`${row[0]} ${row[3]}`, row]));
	};
	await page.getByText('Data table', { exact: true }).click();
	const five = await numbers();
	expect(five.size).toBeGreaterThan(20);
	await page.getByRole('button', { name: 'MoEv7', exact: true }).click();
	expect(await numbers()).toEqual(five);
	await page.getByLabel('How many (1–50)').fill('9');
	await expect.poll(async () => (await numbers()).size, PATIENCE).toBeGreaterThan(five.size);
	const nine = await numbers();
	for (const [key, row] of five) expect(nine.get(key), key).toEqual(row);
});

/** One change each, on top of the one before; after it, the page shows something else. */
const CONTROLS: readonly (readonly [string, (page: Page) => Promise<unknown>])[] = [
	['net pattern', (page) => addNet(page, 'nnRegex', '^(ast|alt)-')],
	['net prefix', (page) => addNet(page, 'nnPrefix', 'ast-')],
	['epochs', (page) => page.getByLabel('Epoch, to').fill('4')],
	['a hyperparameter', async (page) => addHyperparameter(page)],
	['not', (page) => chipMenu(page, 'epochs', 'Negate: everything but this')],
	['best rows', (page) => page.getByLabel('Rows', { exact: true }).selectOption('run')],
	['order', (page) => columnMenu(page, 'Epoch', /Highest first/)],
	['column hidden', (page) => columnMenu(page, 'Transform', 'Hide column')],
	['column moved', (page) => columnMenu(page, 'Epoch', /Move left/)],
	['pin', (page) => page.getByRole('grid').press('x')],
	['view', (page) => page.getByRole('tab', { name: 'Summary' }).click()],
	['groups', (page) => page.getByRole('checkbox', { name: 'Dataset', exact: true }).uncheck()],
	['curves', (page) => page.getByRole('tab', { name: 'Learning curves' }).click()],
	['one curve per', (page) => page.getByLabel('One curve per').selectOption('transform')],
	['band', (page) => page.getByLabel('Line and band').selectOption('quantiles')],
	['scatter', (page) => page.getByRole('tab', { name: 'Scatter' }).click()],
	['y axis', (page) => page.getByRole('combobox', { name: 'y axis' }).selectOption('epoch')],
	['logarithmic x', (page) => page.getByLabel('logarithmic x').uncheck()],
	['zoom', async (page) => zoom(page)],
];

async function addNet(page: Page, mode: string, text: string): Promise<void> {
	await page.getByLabel('Net name').selectOption(mode);
	await page.getByLabel('Text of the net’s name').fill(text);
	await page.getByLabel('Text of the net’s name').press('Enter');
}

async function addHyperparameter(page: Page): Promise<void> {
	await page.getByText('Hyperparameters', { exact: true }).click();
	await page.getByLabel('Add a hyperparameter').selectOption('momentum');
	await page.getByLabel('momentum, from').fill('0.1');
}

async function chipMenu(page: Page, chip: string, action: string): Promise<void> {
	const one = chips(page).filter({ hasText: chip });
	await one.getByRole('button').first().click();
	await page.getByRole('button', { name: action }).click();
}

async function columnMenu(page: Page, title: string, action: string | RegExp): Promise<void> {
	await page.getByRole('button', { name: `Menu of ${title}`, exact: true }).click();
	await page.getByRole('button', { name: action }).click();
}

async function zoom(page: Page): Promise<void> {
	await settled(page); // an answer that comes now would write its own range into the field
	await page.getByLabel(/^y to/).fill('30');
	await page.getByLabel(/^y to/).press('Enter');
	await expect(page.getByRole('button', { name: 'Whole range' })).toBeVisible(PATIENCE);
}

test('3 and 12: every control is in the link; a fresh load shows the same', async ({
	page,
	fresh,
}) => {
	test.setTimeout(400_000); // many page loads; minutes on a busy machine
	const other = await fresh();
	await openExplore(page, CIFAR_LINK);
	let before = await fragment(page);
	for (const [i, [name, change]] of CONTROLS.entries())
		await test.step(name, async () => {
			await change(page);
			await expect.poll(() => fragment(page), { message: name }).not.toBe(before);
			before = await fragment(page);
			// Each change stays, so that every third load sees all that came before it.
			if (i % 3 !== 0) return;
			await other.goto('about:blank');
			await openExplore(other, before);
			await expectSameSeen(other, page);
			expect(await fragment(other)).toBe(before);
		});
});

/** Each is one step of the history. */
const STEPS: readonly ((page: Page, draw: (n: number) => number) => Promise<unknown>)[] = [
	(page, draw) => page.getByRole('tab').nth(draw(4)).click(),
	(page, draw) => pick(page, 'Rows', draw(5)),
	(page, draw) => tick(page, 'Dataset', draw(6)),
	(page, draw) => tick(page, 'Metric', draw(3)),
	async (page, draw) => {
		const drop = page.getByRole('button', { name: /^Drop condition/ });
		const n = await drop.count();
		return n > 0 ? drop.nth(draw(n)).click() : tick(page, 'Task', draw(3));
	},
	async (page, draw) => {
		const heads = page.locator('[role=columnheader] .name');
		if ((await heads.count()) === 0) return page.getByRole('tab').first().click();
		return heads.nth(draw(4)).click();
	},
];

async function pick(page: Page, label: string, index: number): Promise<void> {
	await page.getByLabel(label, { exact: true }).selectOption({ index });
}

async function tick(page: Page, group: string, index: number): Promise<void> {
	const boxes = page.getByRole('group', { name: group, exact: true }).locator('input:enabled');
	const box = boxes.and(page.locator('[type=checkbox]'));
	await box.nth(Math.min(index, (await box.count()) - 1)).click();
}

/** What follows from the address at once, without an answer of the worker. */
async function shownState(page: Page): Promise<unknown> {
	return page.evaluate(() => ({
		hash: location.hash,
		state: JSON.stringify(lemur.state(location.hash).view),
		tab: document.querySelector('[role=tab][aria-selected=true]')?.id,
		chips: [...document.querySelectorAll('[aria-label="Conditions of the filter"] > li')].map(
			(one) => one.textContent,
		),
		best: document.querySelector<HTMLSelectElement>('[aria-describedby$=help]')?.value,
		sorted: [...document.querySelectorAll('[aria-sort]')].map((one) =>
			one.getAttribute('aria-sort'),
		),
	}));
}

test('4: 50 steps, 50 × Back, 50 × Forward: the page follows the address', async ({ page }) => {
	test.setTimeout(400_000); // many page loads; minutes on a busy machine
	let seed = 7;
	const draw = (n: number) => {
		seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
		return Math.floor((seed / 2 ** 31) * n);
	};
	await page.addInitScript(countPushes);
	await openExplore(page, CIFAR_LINK);
	const states = [await shownState(page)];
	const totals = [await total(page)];
	for (let pushed = 0; pushed < 50;) {
		await STEPS[draw(STEPS.length)]?.(page, draw);
		await settled(page);
		const now = await page.evaluate(() => Number(Reflect.get(globalThis, 'pushes')));
		expect(now - pushed, 'history entries of one action').toBeLessThanOrEqual(1);
		const state = await shownState(page);
		if (now === pushed) expect(state, 'a change without an entry').toEqual(states.at(-1));
		else {
			states.push(state);
			totals.push(now % 10 === 0 ? await total(page) : NaN);
		}
		pushed = now;
	}
	expect(new Set(states.map((state) => JSON.stringify(state))).size).toBeGreaterThan(25);

	// A browser keeps 50 entries: with the last one shown, 49 are behind it.
	const first = states.length - (await page.evaluate(() => history.length));
	for (let i = 49; i >= first; i--) await step(page, 'back', i, states, totals);
	for (let i = first + 1; i <= 50; i++) await step(page, 'forward', i, states, totals);
});

/** Runs before the page's own scripts. */
function countPushes(): void {
	const { pushState } = history;
	Object.assign(globalThis, { pushes: 0 });
	history.pushState = (...args) => {
		Object.assign(globalThis, { pushes: Number(Reflect.get(globalThis, 'pushes')) + 1 });
		pushState.apply(history, args);
	};
}

async function step(
	page: Page,
	way: 'back' | 'forward',
	index: number,
	states: readonly unknown[],
	totals: readonly number[],
): Promise<void> {
	await page.evaluate((one) => history[one](), way);
	let now: unknown;
	const deadline = Date.now() + PATIENCE.timeout;
	do now = await shownState(page);
	while (!isDeepStrictEqual(now, states[index]) && Date.now() < deadline);
	expect(now, `${way} to ${index}`).toEqual(states[index]);
	const known = totals[index];
	if (known === undefined || Number.isNaN(known)) return;
	await expect(heading(page)).toContainText(known === 0 ? '0 ' : words(known), PATIENCE);
}

test('5: links of all versions open to the states they were made of', async ({ page }) => {
	const path = new URL('../src/lib/url/golden-links.json', import.meta.url);
	const golden = JSON.parse(await readFile(path, 'utf8')) as {
		link: string;
		view: Record<string, unknown>;
		problems: string[];
	}[];
	await openExplore(page);
	for (const { link, view, problems } of golden) {
		await page.evaluate((hash) => (location.hash = hash), link);
		const read = await page.evaluate(() => lemur.state(location.hash));
		expect(read.view, link).toMatchObject(view);
		const tab = page.getByRole('tab', { selected: true });
		await expect(tab, link).toHaveAttribute('id', `tab-${String(view['view'] ?? 'table')}`);
		const notices = page.locator('.notice code');
		for (const code of new Set(problems))
			await expect(notices.filter({ hasText: code }).first(), link).toBeVisible();
	}
	expect(golden.length).toBeGreaterThan(8);
});

test('7: nothing is said to be missing before all of it is here', async ({ page, watch }) => {
	// A net's page is no file of its own: a static host answers its address with 404.html.
	watch.allow(/status of 404 .*\/nets\/AlexNet/);
	const release = await holdData(page);
	const none = /no (training )?(record|trial)|nothing|not found|no results|0 (trials|records)/i;
	for (const path of ['/explore/', '/nets/', '/compare/', '/nets/AlexNet']) {
		await page.goto(`${path}#v=1&dataset=cifar-10&nn=NoSuchNet&z=1`);
		await expect(page.locator('.chip')).toHaveAttribute('data-status', 'opening');
		await expect(page.locator('[aria-busy=true], [data-state=partial]').first()).toBeVisible();
		await page.waitForTimeout(300);
		const text = await page.locator('main').innerText();
		expect(text.replace('nothing on this filter; the full data may', ''), path).not.toMatch(none);
	}
	await page.goto('/explore/#v=1&dataset=cifar-10&nn=NoSuchNet&z=1');
	await expect(page.locator('main')).toContainText('the full data may');
	await release();
	await ready(page);
	await expect(page.locator('.empty')).toContainText(/No training record passes/, PATIENCE);
	await expect(page.locator('.empty')).toContainText('NoSuchNet');
});

test('9: fifty runs are compared side by side', async ({ page }) => {
	await openExplore(page, CIFAR_LINK);
	const hash = await page.evaluate(async () => {
		const { rows } = await lemur.sql(
			`SELECT task, dataset, metric, nn, epoch, prm FROM stat WHERE dataset = 'cifar-10'
			AND metric = 'acc' GROUP BY nn HAVING max(accuracy) ORDER BY accuracy DESC LIMIT 50`,
		);
		const pins = rows.map(([task, dataset, metric, nn, epoch, uid]) => ({
			...{ task: String(task), dataset: String(dataset), metric: String(metric) },
			...{ nn: String(nn), epoch: Number(epoch), uid: String(uid), repeat: 0 },
		}));
		return lemur.link({ pins });
	});
	await page.goto(`/compare/${hash}`);
	const comparison = page.getByRole('region', { name: 'Comparison' });
	await expect(comparison.locator('thead th')).toHaveCount(51, PATIENCE);
	await expect(comparison.getByText('baseline', { exact: true }).first()).toBeVisible();
	await expect(comparison.locator('thead th').nth(1)).toContainText(CIFAR10.best.nn);
	await expect(page.locator('main svg').first()).toBeVisible();
});
