/** The first five minutes of somebody who explores: from the start page to the best net of a filter. */
import {
	askSql,
	cellsOf,
	chips,
	fragment,
	heading,
	holdData,
	openExplore,
	PATIENCE,
	ready,
	settled,
	total,
} from './support/explore';
import { CIFAR10, LEMUR, words } from './support/golden';
import { expect, test } from './support/watch';

/** longer than the pause that makes typing one step of the history */
const TYPING_PAUSE_MS = 800;
const CIFAR_LINK = '#v=1&dataset=cifar-10&metric=acc&task=img-classification&z=1';

test('the start page answers before the database is here, and stays still when it comes', async ({
	page,
}) => {
	await page.addInitScript(() => {
		const shifts: number[] = [];
		Object.assign(globalThis, { shifts });
		new PerformanceObserver((list) => {
			for (const entry of list.getEntries())
				if ('value' in entry && 'hadRecentInput' in entry && !entry.hadRecentInput)
					shifts.push(Number(entry.value));
		}).observe({ type: 'layout-shift', buffered: true });
	});
	const release = await holdData(page);
	await page.goto('/');

	await test.step('figures, snapshot and date, nothing in the way', async () => {
		const lead = page.locator('.lead');
		await expect(page.getByTestId('headline')).toHaveText(
			`${words(LEMUR.trials)} records of ${words(LEMUR.nets)} nets`,
		);
		await expect(lead).toContainText(/snapshot\s+2\.1\.2, \d{4}-\d{2}-\d{2}/);
		await expect(page.locator('dialog[open]')).toHaveCount(0);
		await page.keyboard.press('Tab');
		await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused();
		await page.keyboard.press('Enter');
		await expect(page.getByRole('main')).toBeFocused();
	});

	await test.step('the leaderboard of cifar-10 comes from the summary', async () => {
		await page.getByRole('button', { name: 'cifar-10', exact: true }).click();
		const board = page.getByRole('article').filter({ hasText: 'cifar-10' });
		await expect(board).toHaveCount(1);
		await expect(board).toContainText(
			`${words(CIFAR10.nets)} nets, ${words(CIFAR10.runs)} runs, ${words(CIFAR10.trials)} records`,
		);
		const best = board.getByRole('row').nth(1);
		await expect(best).toContainText(CIFAR10.best.nn);
		await expect(best.locator('.best')).toHaveAttribute('title', String(CIFAR10.best.accuracy));
		await expect(page.locator('.chip')).toContainText(/Full data [\d.]+ k?M?B of 10\.3 MB/);
	});

	await test.step('the database arrives without moving anything', async () => {
		const before = await page.evaluate(() => Reflect.get(globalThis, 'shifts').length);
		await release();
		await ready(page);
		const shift: number = await page.evaluate(
			(from) =>
				Reflect.get(globalThis, 'shifts')
					.slice(from)
					.reduce((sum: number, one: number) => sum + one, 0),
			before,
		);
		expect(shift).toBeLessThanOrEqual(0.1);
		await expect(page.locator('.chip')).toHaveText(`${words(LEMUR.trials)} records · 2.1.2`);
	});
});

test('a filter by keyboard, a brush, the best net; Back undoes one step', async ({ page }) => {
	await openExplore(page, CIFAR_LINK);
	await expect(heading(page)).toContainText(words(CIFAR10.trials));

	await test.step('net prefix and epochs without the mouse', async () => {
		await page.keyboard.press('f');
		await expect(page.getByLabel('Text of the net’s name')).toBeFocused();
		await page.keyboard.type('ast-');
		await page.keyboard.press('Enter');
		await expect(chips(page).filter({ hasText: 'nets that start with' })).toHaveCount(1);
		expect(await total(page)).toBe(await askSql(page, count(`nn GLOB 'ast-*'`)));
		const withPrefix = await fragment(page);
		expect(withPrefix).toContain('nnPrefix=ast-');

		await page.getByLabel('Epoch, from').focus();
		await page.keyboard.type('1');
		await expect(heading(page)).toContainText('epochs from 1');
		await page.waitForTimeout(TYPING_PAUSE_MS);
		await page.keyboard.press('Tab');
		await page.keyboard.type('5');
		const epochs = `nn GLOB 'ast-*' AND epoch BETWEEN 1 AND 5`;
		await expect(heading(page)).toContainText('epochs 1–5');
		expect(await total(page)).toBe(await askSql(page, count(epochs)));
		await expect.poll(() => fragment(page)).toContain('epoch=1..5');
		await expect(page).toHaveTitle(/epochs 1–5; snapshot 2\.1\.2/);

		await page.goBack();
		await expect(heading(page)).toContainText('epochs from 1');
		await page.goBack();
		await expect(heading(page)).not.toContainText('epochs');
		expect(await fragment(page)).toBe(withPrefix);
		await page.goForward();
		await page.goForward();
		await expect(heading(page)).toContainText('epochs 1–5');
		await expect(page.getByLabel('Epoch, to')).toHaveValue('5');
	});

	await test.step('a brush over the accuracies is a chip', async () => {
		const bars = page.getByRole('columnheader').filter({ hasText: 'Accuracy' }).locator('.bars');
		const box = await bars.boundingBox();
		if (!box) throw new Error('The accuracies have no bars.');
		await page.mouse.move(box.x + box.width * 0.85, box.y + box.height / 2);
		await page.mouse.down();
		await page.mouse.move(box.x + box.width - 2, box.y + box.height / 2, { steps: 4 });
		await page.mouse.up();
		await expect(chips(page).filter({ hasText: /accuracy [\d.]+–/ })).toHaveCount(1);
		await page.getByLabel('Accuracy, from').fill('0.8');
		await page.getByLabel('Accuracy, to').fill('');
		const narrowed = `nn GLOB 'ast-*' AND epoch BETWEEN 1 AND 5 AND accuracy >= 0.8`;
		await expect(heading(page)).toContainText('0.8');
		expect(await total(page)).toBe(await askSql(page, count(narrowed)));
	});

	await test.step('the best net opens in one click: curve, band, n, metric', async () => {
		const best = await page.evaluate(
			async (where) =>
				(await lemur.sql(`SELECT nn, max(accuracy) FROM stat WHERE ${where}`)).rows[0],
			where(`nn GLOB 'ast-*' AND epoch BETWEEN 1 AND 5 AND accuracy >= 0.8`),
		);
		const cells = await cellsOf(page, 1);
		expect(cells[0]).toBe(best?.[0]);
		await page.locator('[data-row="0"]').click();
		const drawer = page.getByRole('dialog', { name: /^Run of / });
		await expect(drawer.locator('.score strong')).toHaveAttribute('title', String(best?.[1]));
		await expect(drawer.locator('.score')).toContainText('Accuracy');
		await expect(drawer.getByRole('img')).toHaveAttribute(
			'aria-label',
			/^Accuracy of this run over \d+ recorded epochs, within [\d,]+ runs \([\d,]+ records\)/,
		);
		await expect(drawer.locator('.words')).toContainText(/median .*n = \d/);
		await drawer.press('Escape');
		await expect(drawer).toHaveCount(0);
	});
});

test('a filter without rows names the guilty condition and drops it', async ({ page }) => {
	await openExplore(page, '#v=1&accuracy=0.9399..&dataset=cifar-10&metric=acc&z=1');
	const empty = page.locator('.empty');
	await expect(empty).toContainText('No training record passes this filter', PATIENCE);
	await expect(page.getByRole('columnheader').first()).toBeVisible();
	await empty.getByRole('button', { name: /^Drop “accuracy .*\(119,330 / }).click();
	await settled(page);
	await expect(heading(page)).toContainText(words(CIFAR10.trials));
	await expect(chips(page)).toHaveCount(2);
	await page.keyboard.press('Control+z');
	await expect(empty).toBeVisible();
});

function where(condition: string): string {
	return `task = 'img-classification' AND dataset = 'cifar-10' AND metric = 'acc' AND ${condition}`;
}

function count(condition: string): string {
	return `SELECT count(*) FROM stat WHERE ${where(condition)}`;
}
