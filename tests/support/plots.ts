/** What the tests do and see on the pages of plots. */
import { readFile } from 'node:fs/promises';
import { expect, type Page } from '@playwright/test';
import { PATIENCE, settled } from './explore';

/** The fixed rows of the tests: the paper's snapshot, small enough for a slow machine. */
export const PAPER_ROWS = 'v=1&snap=1.2.2';

/** A link's fragment of a plot; @param rest further keys, `key=value` joined by & */
export function plotLink(id: string, rest = ''): string {
	return `#${[PAPER_ROWS, `plot=${id}`, rest, 'z=1'].filter(Boolean).join('&')}`;
}

/** Opens a plot and waits until Plotly has drawn it. */
export async function openPlot(page: Page, id: string, rest = ''): Promise<void> {
	// A change of the fragment alone would be a change of the page that is open already.
	await page.goto('about:blank');
	await page.goto(`/plots/${plotLink(id, rest)}`);
	await drawn(page);
}

/** Waits for the chart of the newest figure. */
export async function drawn(page: Page): Promise<void> {
	await settled(page);
	await expect(chart(page)).toHaveAttribute('data-drawn', 'true', PATIENCE);
}

export function chart(page: Page) {
	return page.getByRole('application');
}

/** Opens the gallery and waits for all of its pictures. */
export async function openGallery(page: Page, rest = ''): Promise<void> {
	await page.goto('about:blank');
	await page.goto(`/plots/#${[PAPER_ROWS, rest, 'z=1'].filter(Boolean).join('&')}`);
	await expect(page.locator('a.card').first()).toBeVisible(PATIENCE);
	await settled(page);
}

/** Drags over the plot, in shares of its area from the left and the top. */
export async function drag(
	page: Page,
	[x0, y0]: readonly [number, number],
	[x1, y1]: readonly [number, number],
): Promise<void> {
	const layer = chart(page).locator('.nsewdrag').first();
	await layer.scrollIntoViewIfNeeded();
	const box = await layer.boundingBox();
	if (!box) throw new Error('The chart has no area to drag over.');
	const at = (x: number, y: number) => [box.x + box.width * x, box.y + box.height * y] as const;
	await page.mouse.move(...at(x0, y0));
	await page.mouse.down();
	await page.mouse.move(...at((x0 + x1) / 2, (y0 + y1) / 2), { steps: 4 });
	await page.mouse.move(...at(x1, y1), { steps: 4 });
	await page.mouse.up();
}

/** Saves the open plot by a button of its menu. @returns the file's name and bytes */
export async function savePlot(
	page: Page,
	button: string,
): Promise<{ name: string; bytes: Buffer }> {
	await page.getByRole('button', { name: 'Save plot' }).click();
	const [download] = await Promise.all([
		page.waitForEvent('download', PATIENCE),
		page.getByRole('button', { name: button, exact: true }).click(),
	]);
	return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

/** The columns of a saved JSON file, by title. */
export async function savedColumns(page: Page): Promise<Map<string, (number | string | null)[]>> {
	const { bytes } = await savePlot(page, 'JSON');
	const { columns } = JSON.parse(bytes.toString()) as {
		columns: { title: string; values: (number | string | null)[] }[];
	};
	return new Map(columns.map(({ title, values }) => [title, values]));
}

/** The table of the open plot as it is shown, header first; opens it where it is closed. */
export async function tableCells(page: Page): Promise<string[][]> {
	const button = page.getByRole('button', { name: 'Table', exact: true });
	if ((await button.getAttribute('aria-expanded')) !== 'true') await button.click();
	const table = page.getByRole('region', { name: /^Table of/ });
	await table.waitFor(PATIENCE);
	return table.evaluate((region) =>
		[...region.querySelectorAll('tr')].map((row) =>
			[...row.children].map((cell) => cell.getAttribute('title') ?? cell.textContent?.trim() ?? ''),
		),
	);
}
