/** What the tests do and see on the page of all records. */
import { expect, type Page } from '@playwright/test';

/** Generous: the machine that runs the tests is shared, and speed is the benchmark's business. */
export const PATIENCE = { timeout: 30_000 } as const;

/** Waits until the whole snapshot is in memory. */
export async function ready(page: Page): Promise<void> {
	await expect(page.locator('.chip[data-status]')).toHaveAttribute(
		'data-status',
		'ready',
		PATIENCE,
	);
}

/** Opens /explore with a fragment ('' or '#…') and waits for the data. */
export async function openExplore(page: Page, fragment = ''): Promise<void> {
	await page.goto(`/explore/${fragment}`);
	await ready(page);
	await settled(page);
}

/** Waits until no part of the page waits for an answer. */
export async function settled(page: Page): Promise<void> {
	const waiting = page.locator('[aria-busy=true], .stale').or(page.getByText('Loading the view…'));
	await expect(waiting).toHaveCount(0, PATIENCE);
}

/** The state sentence. */
export function heading(page: Page) {
	return page.getByRole('heading', { level: 1 });
}

/** The chips of the filter, as text. */
export function chips(page: Page) {
	return page.getByRole('list', { name: 'Conditions of the filter' }).getByRole('listitem');
}

/** The row with this number in the list, counted from 1. */
export function row(page: Page, number: number) {
	return page.locator(`[data-row="${number - 1}"]`);
}

/** The cells of a row of the list, as text. */
export async function cellsOf(page: Page, number: number): Promise<string[]> {
	const cells = row(page, number).getByRole('gridcell');
	await expect(cells.first()).not.toHaveText('', PATIENCE);
	return cells.allInnerTexts();
}

/** The number that the panel of filters and the sentence agree on. */
export async function total(page: Page): Promise<number> {
	await settled(page);
	const text = (await heading(page).innerText()).match(/^[\d,]+/)?.[0];
	return Number(text?.replaceAll(',', ''));
}

/** Everything that a link must bring back, as it can be seen. */
export async function seen(page: Page): Promise<Record<string, unknown>> {
	await settled(page);
	return page.evaluate(() => {
		const texts = (selector: string) =>
			[...document.querySelectorAll(selector)].map((one) => one.textContent?.replace(/\s+/g, ' '));
		const grid = document.querySelector('[role=grid]');
		const rows = [...document.querySelectorAll('[data-row]')]
			.map((one) => [Number(one.getAttribute('data-row')), one.textContent?.replace(/\s+/g, ' ')])
			.sort(([a], [b]) => Number(a) - Number(b))
			.slice(0, 12);
		return {
			title: document.title,
			heading: texts('h1'),
			chips: texts('[aria-label="Conditions of the filter"] > li'),
			tab: texts('[role=tab][aria-selected=true]'),
			totals: texts('.totals'),
			rowCount: grid?.getAttribute('aria-rowcount'),
			columns: [...document.querySelectorAll('[role=columnheader] .text')].map((one) => [
				one.textContent,
				one.closest('[role=columnheader]')?.getAttribute('aria-sort'),
			]),
			pins: texts('.pin'),
			rows,
			controls: [...document.querySelectorAll('#view input, #view select')].flatMap((one) => {
				if (one instanceof HTMLInputElement)
					return [one.type === 'checkbox' ? one.checked : one.value];
				return one instanceof HTMLSelectElement ? [one.value] : [];
			}),
			charts: [...document.querySelectorAll('#view [role=img]')].map((one) =>
				one.getAttribute('aria-label'),
			),
			status: texts('#view [role=status]'),
			drawer: texts('[role=dialog].sheet dl, [role=dialog].sheet h2'),
		};
	});
}

/** Two pages show the same, at the latest when both have all their answers. */
export async function expectSameSeen(one: Page, other: Page): Promise<void> {
	await expect(async () => expect(await seen(one)).toEqual(await seen(other))).toPass({
		timeout: 10_000,
	});
}

/** The part of the address that holds the state. */
export async function fragment(page: Page): Promise<string> {
	return page.evaluate(() => location.hash);
}

/** The first column of a statement's first row, asked of SQLite and not of the page's own counts. */
export async function askSql(page: Page, text: string): Promise<unknown> {
	return page.evaluate(async (sql) => (await lemur.sql(sql)).rows[0]?.[0], text);
}

/** Holds the parts of the database back until the returned function is called. */
export async function holdData(page: Page): Promise<() => Promise<void>> {
	const held: (() => void)[] = [];
	let open = false;
	await page.context().route(/stat-db\/[^/]*-[0-9a-f]{16}\.bin$/, async (route) => {
		const summary = route.request().url().includes('summary');
		if (!open && !summary) await new Promise<void>((resolve) => held.push(resolve));
		await route.continue();
	});
	return async () => {
		open = true;
		for (const release of held) release();
	};
}

/** The cell of a row under a column's header; its `title` is the exact value. */
export async function cellUnder(page: Page, number: number, title: string) {
	const index = await header(page, title).getAttribute('aria-colindex');
	return row(page, number).locator(`[role=gridcell][aria-colindex="${index}"]`);
}

/** The header of a column. */
export function header(page: Page, title: string) {
	return page
		.getByRole('columnheader')
		.filter({ has: page.locator('.text').getByText(title, { exact: true }) });
}

/** The drawer of the open run. */
export function drawer(page: Page) {
	return page.getByRole('dialog', { name: /^Run of / });
}
