/** The table of all trials: order, columns, keys, drawer, and one scroll over 578,595 rows. */
import {
	askSql,
	cellUnder,
	chips,
	drawer,
	fragment,
	header,
	heading,
	openExplore,
	PATIENCE,
	row,
	settled,
} from './support/explore';
import { CIFAR10, LEMUR, words } from './support/golden';
import { expect, test, type Page } from './support/watch';

const CIFAR_LINK = '#v=1&dataset=cifar-10&metric=acc&task=img-classification&z=1';
const CIFAR = `task = 'img-classification' AND dataset = 'cifar-10' AND metric = 'acc'`;

function table(page: Page) {
	return page.getByRole('grid', { name: 'Trials' });
}

/** Number of the row that the keys act on. */
async function activeRow(page: Page): Promise<number> {
	const cell = page.locator('#table-active');
	return Number(await cell.locator('xpath=..').or(cell).first().evaluate(rowNumber));
}

function rowNumber(element: Element): number {
	return Number(element.closest('[data-row]')?.getAttribute('data-row')) + 1;
}

test('sorts all rows by any column and shows the columns that are chosen', async ({ page }) => {
	await openExplore(page, CIFAR_LINK);
	await expect(table(page)).toHaveAttribute('aria-rowcount', String(CIFAR10.trials + 1));

	await test.step('the best first', async () => {
		await expect(header(page, 'Accuracy')).toHaveAttribute('aria-sort', 'descending');
		await expect(await cellUnder(page, 1, 'Net')).toHaveText(CIFAR10.best.nn);
		await expect(await cellUnder(page, 1, 'Epoch')).toHaveText(String(CIFAR10.best.epoch));
		const accuracy = await cellUnder(page, 1, 'Accuracy');
		await expect(accuracy).toHaveText('0.9390');
		await expect(accuracy).toHaveAttribute('title', String(CIFAR10.best.accuracy));
	});

	await test.step('by time, both ways, as SQL orders it', async () => {
		const exact = async (order: string) =>
			askSql(page, `SELECT ${order}(duration) FROM stat WHERE ${CIFAR}`);
		const name = header(page, 'Time so far').getByRole('button').first();
		await name.click();
		await expect(header(page, 'Time so far')).toHaveAttribute('aria-sort', 'descending');
		await settled(page);
		const time = await cellUnder(page, 1, 'Time so far');
		await expect(time).toHaveAttribute('title', new RegExp(`^${await exact('max')}\\b`), PATIENCE);
		await name.click();
		await expect(header(page, 'Time so far')).toHaveAttribute('aria-sort', 'ascending');
		await expect(time).toHaveAttribute('title', new RegExp(`^${await exact('min')}\\b`), PATIENCE);
	});

	await test.step('with a second key', async () => {
		await header(page, 'Epoch').getByRole('button').first().click();
		await header(page, 'Accuracy')
			.getByRole('button')
			.first()
			.click({ modifiers: ['Shift'] });
		await expect.poll(() => fragment(page)).toContain('sort=-epoch,-accuracy');
		await settled(page);
		const best = await askSql(
			page,
			`SELECT nn FROM stat WHERE ${CIFAR} ORDER BY epoch DESC, accuracy DESC, nn LIMIT 1`,
		);
		await expect(await cellUnder(page, 1, 'Epoch')).toHaveText('200', PATIENCE);
		await expect(await cellUnder(page, 1, 'Net')).toHaveText(String(best));
	});

	await test.step('another column, another place, and a filter that outlives its column', async () => {
		await page.getByRole('button', { name: 'Columns…' }).click();
		const chooser = page.getByRole('dialog', { name: 'Columns' });
		await chooser.getByRole('searchbox').fill('momentum');
		await chooser.getByRole('checkbox', { name: /^momentum/ }).check();
		await chooser.getByRole('button', { name: 'Move momentum up' }).click();
		await chooser.getByRole('searchbox').fill('dataset');
		await chooser.getByRole('checkbox', { name: /^Dataset/ }).uncheck();
		await chooser.getByRole('button', { name: 'Done' }).click();
		await expect(header(page, 'momentum')).toHaveCount(1);
		await expect(header(page, 'Dataset')).toHaveCount(0);
		await expect(chips(page).filter({ hasText: 'Dataset: cifar-10' })).toHaveCount(1);
		await expect(heading(page)).toContainText(words(CIFAR10.trials));
		await page.keyboard.press('Control+z');
		await expect(header(page, 'Dataset')).toHaveCount(1);
	});
});

test('is worked by keyboard: rows, drawer, pins, columns', async ({ page }) => {
	await openExplore(page, CIFAR_LINK);
	await table(page).focus();

	await test.step('j, k, End, Home and the number of a row', async () => {
		await page.keyboard.press('j');
		await page.keyboard.press('j');
		await page.keyboard.press('k');
		expect(await activeRow(page)).toBe(2);
		await page.keyboard.press('End');
		await expect(row(page, CIFAR10.trials)).toBeVisible();
		expect(await activeRow(page)).toBe(CIFAR10.trials);
		await expect(await cellUnder(page, CIFAR10.trials, 'Accuracy')).toHaveAttribute(
			'title',
			String(await askSql(page, `SELECT min(accuracy) FROM stat WHERE ${CIFAR}`)),
			PATIENCE,
		);
		await page.keyboard.press('Home');
		expect(await activeRow(page)).toBe(1);
	});

	await test.step('Enter opens the run; ] goes on; Esc gives the focus back', async () => {
		await page.keyboard.press('Enter');
		await expect(drawer(page)).toContainText(CIFAR10.best.uid, PATIENCE);
		await expect(drawer(page)).toContainText(CIFAR10.best.transform);
		await expect(drawer(page)).toContainText(String(CIFAR10.best.lr));
		await expect(drawer(page)).toContainText(
			new RegExp(`1st of ${words(CIFAR10.trials)} .* on cifar-10\\s+by Accuracy`),
		);
		await expect(drawer(page)).toContainText('img-classification_cifar-10_acc_MoEv7/49.json');
		await page.keyboard.press(']');
		await expect(drawer(page)).toContainText('row 2', PATIENCE);
		await page.keyboard.press('[');
		await expect(drawer(page)).toContainText('row 1', PATIENCE);
		await page.keyboard.press('Escape');
		await expect(drawer(page)).toHaveCount(0);
		await expect(table(page)).toBeFocused();
	});

	await test.step('x pins, in any order of the rows', async () => {
		await page.keyboard.press('x');
		await expect(page.locator('.pin')).toHaveCount(1);
		await page.keyboard.press('j');
		await page.keyboard.press('x');
		await expect(page.locator('.pin')).toHaveCount(2);
		await header(page, 'Epoch').getByRole('button').first().click();
		await settled(page);
		await expect(page.locator('.pin').first()).toContainText(CIFAR10.best.nn);
		await page
			.locator('.pin')
			.nth(1)
			.getByRole('button', { name: /^Unpin/ })
			.click();
		await expect(page.locator('.pin')).toHaveCount(1);
	});

	await test.step('c opens the columns', async () => {
		await table(page).focus();
		await page.keyboard.press('c');
		await expect(page.getByRole('dialog', { name: 'Columns' })).toBeVisible();
		await page.keyboard.press('Escape');
		await expect(table(page)).toBeFocused();
	});
});

test('is one scroll of all rows with few elements', async ({ page }) => {
	await openExplore(page);
	await expect(table(page)).toHaveAttribute('aria-rowcount', String(LEMUR.trials + 1));
	await expect(page.getByRole('button', { name: /next page/i })).toHaveCount(0);

	await test.step('from end to end, every row in sight is filled', async () => {
		const box = await table(page).boundingBox();
		if (!box) throw new Error('There is no table.');
		await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
		for (const share of [0.1, 0.35, 0.6, 0.85, 1]) {
			await table(page).evaluate((grid, at) => {
				grid.scrollTop = (grid.scrollHeight - grid.clientHeight) * at;
			}, share);
			await page.mouse.wheel(0, 500);
			await expect.poll(() => emptyRows(page), PATIENCE).toBe(0);
			expect(await page.evaluate(() => document.querySelectorAll('*').length)).toBeLessThan(1500);
		}
		await expect(row(page, LEMUR.trials)).toBeVisible(PATIENCE);
	});

	await test.step('goes to a row by its number', async () => {
		await page.getByLabel('Go to row').fill('300,000');
		await page.keyboard.press('Enter');
		await expect(row(page, 300_000)).toBeInViewport(PATIENCE);
		await expect(table(page)).toBeFocused();
		expect(await activeRow(page)).toBe(300_000);
		const exact = await askSql(
			page,
			'SELECT accuracy FROM stat ORDER BY accuracy DESC LIMIT 1 OFFSET 299999',
		);
		await expect(row(page, 300_000).locator(`[title="${exact}"]`)).toHaveCount(1, PATIENCE);
	});

	await test.step('comes back to its place from a run', async () => {
		await row(page, 300_000).click();
		await expect(drawer(page)).toContainText('row 300,000', PATIENCE);
		await page.keyboard.press('Escape');
		await expect(row(page, 300_000)).toBeInViewport();
	});
});

/** How many rows in sight have no net's name yet. */
async function emptyRows(page: Page): Promise<number> {
	const cells = await page.locator('[data-row] [role=gridcell][aria-colindex="2"]').allInnerTexts();
	return cells.length === 0 ? -1 : cells.filter((text) => text.trim() === '').length;
}
