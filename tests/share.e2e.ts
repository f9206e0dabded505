/** Sharing: a link brings the same rows, order, columns and zoom to another profile, whatever its data. */
import { readFile } from 'node:fs/promises';
import {
	chips,
	drawer,
	expectSameSeen,
	fragment,
	heading,
	openExplore,
	PATIENCE,
	ready,
	seen,
	settled,
} from './support/explore';
import { CIFAR10, LEMUR, words } from './support/golden';
import { expect, test, type Page } from './support/watch';

const MAX_LINK = 2_000;
const SQL = 'SELECT nn, max(accuracy) FROM stat GROUP BY nn -- from a friend';

function facet(page: Page, title: string, value: string) {
	return page
		.getByRole('group', { name: title, exact: true })
		.getByRole('checkbox', { name: new RegExp(`^${value} [\\d,]+$`) });
}

async function show(page: Page, view: string): Promise<void> {
	// By keyboard: an open run may lie over the tabs.
	await page.getByRole('tab', { name: view }).press('Enter');
	await expect(page.getByRole('tab', { name: view })).toHaveAttribute('aria-selected', 'true');
	await settled(page);
}

/** Changes every kind of control: filter, order, columns, plot and its zoom, pins, open run. */
async function build(page: Page): Promise<void> {
	await facet(page, 'Dataset', 'cifar-10').check();
	await page.getByLabel('Epoch, from').fill('1');
	await page.getByLabel('Epoch, to').fill('5');
	await page.getByLabel('Rows', { exact: true }).selectOption('net');
	await page.getByRole('button', { name: 'Columns…' }).click();
	const chooser = page.getByRole('dialog', { name: 'Columns' });
	await chooser.getByRole('searchbox').fill('momentum');
	await chooser.getByRole('checkbox', { name: /^momentum/ }).check();
	await chooser.getByRole('button', { name: 'Done' }).click();
	await page
		.getByRole('columnheader')
		.getByRole('button', { name: 'Time so far', exact: true })
		.click();
	await settled(page);
	await page.getByRole('grid').press('x');
	await expect(page.locator('.pin')).toHaveCount(1);

	await show(page, 'Summary');
	await page.getByRole('checkbox', { name: 'Transform', exact: true }).check();
	await show(page, 'Learning curves');
	await page.getByLabel('One curve per').selectOption('nnFamily');
	await page.getByLabel('Line and band').selectOption('quantiles');
	await page.getByLabel('How many (1–50)').fill('7');
	await show(page, 'Scatter');
	await page.getByRole('combobox', { name: 'x axis' }).selectOption('prm.lr');
	await page.getByLabel('logarithmic y').check();
	await settled(page);
	await page.getByLabel(/^x from/).fill('0.001');
	await page.getByLabel(/^x from/).press('Enter');
	await expect(page.getByRole('button', { name: 'Whole range' })).toBeVisible();
	await show(page, 'Table');
	await page.locator('[data-row="2"]').click();
	await expect(drawer(page)).toContainText('row 3', PATIENCE);
}

test('a view with everything in it opens the same in another profile, language and theme', async ({
	page,
	context,
	fresh,
}) => {
	test.slow();
	await context.grantPermissions(['clipboard-read', 'clipboard-write']);
	await openExplore(page);
	await build(page);
	await page.getByRole('link', { name: 'SQL', exact: true }).click();
	await ready(page);
	await page.locator('.cm-content').fill(SQL);
	await page.getByRole('link', { name: 'Explore', exact: true }).click();
	await settled(page);

	const link = await test.step('Copy link says its length and its snapshot', async () => {
		await page.getByRole('button', { name: 'Share' }).press('Enter');
		await page.getByRole('button', { name: 'Copy link', exact: true }).press('Enter');
		const copied = await page.evaluate(() => navigator.clipboard.readText());
		await expect(page.locator('.toast').last()).toContainText(
			`Link copied: ${words(copied.length)} characters, pinned to snapshot ${LEMUR.version}`,
		);
		expect(copied.length).toBeLessThanOrEqual(MAX_LINK);
		return copied;
	});

	const other = await fresh({ locale: 'de-DE', colorScheme: 'dark' });
	await other.goto(link);
	await ready(other);
	await test.step('the whole state is the same', async () => {
		const state = (one: Page) => one.evaluate(() => lemur.state(location.hash));
		const mine = await state(page);
		expect(mine.problems).toEqual([]);
		expect(Object.keys(mine.view).sort()).toEqual(
			expect.arrayContaining(['columns', 'filter', 'pins', 'row', 'sort', 'sql', 'viewport']),
		);
		expect(await state(other)).toEqual(mine);
	});
	for (const view of ['Table', 'Summary', 'Learning curves', 'Scatter'])
		await test.step(`${view} shows the same`, async () => {
			await show(page, view);
			await show(other, view);
			await expect(drawer(other).locator('.score')).toBeVisible(PATIENCE);
			await expectSameSeen(other, page);
		});

	await test.step('its SQL is there and waits for Run', async () => {
		await other.getByRole('link', { name: 'SQL', exact: true }).click();
		await expect(other.getByRole('note')).toContainText('came with the link');
		await expect(other.locator('.cm-content')).toHaveText(SQL);
		await expect(other.getByRole('region', { name: 'Result' })).toHaveCount(0);
	});
});

test('after one visit a link opens without a network', async ({ fresh }) => {
	const page = await fresh({ serviceWorkers: 'allow' });
	await openExplore(page, '#v=1&dataset=cifar-10&metric=acc&view=summary&z=1');
	const before = await seen(page);
	await page.evaluate(() => navigator.serviceWorker.ready);
	await expect
		.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null), PATIENCE)
		.toBe(true);
	const hash = await fragment(page);
	await page.goto('about:blank');
	await page.context().setOffline(true);
	await openExplore(page, hash);
	expect(await seen(page)).toEqual(before);
});

test('a link of other data says so and lets choose', async ({ page }) => {
	await test.step('made on the paper’s snapshot', async () => {
		await openExplore(page, '#v=1&snap=1.2.2&dataset=cifar-10&metric=acc&z=1');
		const notice = page.locator('.notice');
		await expect(notice).toContainText(/snapshot 1\.2\.2.*Today’s is\s+2\.1\.2/s);
		await expect(page).toHaveTitle(/snapshot 1\.2\.2/);
		await notice.getByRole('button', { name: 'Show today’s data' }).click();
		await ready(page);
		await expect(heading(page)).toContainText(
			new RegExp(`^${words(CIFAR10.trials)} .*, cifar-10, accuracy; snapshot ${LEMUR.version}`),
			PATIENCE,
		);
	});

	await test.step('made on another build of the same snapshot', async () => {
		await page.goto('about:blank');
		await openExplore(page, `#v=1&snap=${LEMUR.version}~1a2b3c4d5e6f&nn=AlexNet&z=1`);
		await expect(page.locator('.notice')).toContainText(
			`made on another build of snapshot ${LEMUR.version}`,
		);
		await expect(page.locator('.notice')).toContainText('LINK_DATA');
		await page.getByRole('button', { name: 'Dismiss the notice about the data' }).click();
		await expect(page.locator('.notice')).toHaveCount(0);
	});

	await test.step('made on a snapshot that is not here', async () => {
		await page.goto('about:blank');
		await page.goto('/explore/#v=1&snap=9.9.9&nn=AlexNet&z=1');
		await expect(page.locator('main')).toContainText(/9\.9\.9/, PATIENCE);
		await page.getByRole('button', { name: 'Show today’s data' }).click();
		await ready(page);
		await expect(heading(page)).toContainText(`AlexNet; snapshot ${LEMUR.version}`, PATIENCE);
	});
});

test('a link that was cut off says what is lost and shows the rest', async ({ page }) => {
	await openExplore(page);
	const whole = await page.evaluate(() =>
		lemur.link({
			filter: { dataset: ['cifar-10'], metric: ['acc'] },
			sort: [{ column: 'epoch', descending: true }],
			view: 'summary',
		}),
	);
	const cut = whole.slice(0, whole.indexOf('&sort') + 8);
	await page.goto('about:blank');
	await openExplore(page, cut);
	const notice = page.getByRole('alert');
	await expect(notice).toContainText('LINK_CUT');
	await expect(notice).toContainText(/sort/);
	await expect(heading(page)).toContainText(words(CIFAR10.trials));
});

test('what is too long for a link is a file that opens to the same', async ({ page, fresh }) => {
	await openExplore(page);
	const names = await page.evaluate(async () => {
		const sql = 'SELECT DISTINCT nn FROM stat ORDER BY nn LIMIT 500';
		const { rows } = await lemur.sql(sql);
		location.hash = lemur.link({ filter: { nn: rows.map(([name]) => String(name)) } });
		return rows.length;
	});
	expect(names).toBe(500);
	await expect(chips(page)).toHaveCount(1);
	await settled(page);
	await page.getByRole('button', { name: 'Share' }).click();
	const menu = page.getByRole('group', { name: 'Share' });
	await expect(menu).toContainText(/needs a link of [\d,]+ characters/);
	await expect(menu.getByRole('button', { name: 'Copy link', exact: true })).toHaveCount(0);
	const [download] = await Promise.all([
		page.waitForEvent('download'),
		menu.getByRole('button', { name: /^Save as file/ }).click(),
	]);
	expect(download.suggestedFilename()).toBe('lemur-2.1.2.lemur.json');

	const other = await fresh();
	await openExplore(other);
	await other.getByRole('button', { name: 'Share' }).click();
	await other.getByLabel('Open a view file').setInputFiles({
		name: 'view.lemur.json',
		mimeType: 'application/json',
		buffer: await readFile(await download.path()),
	});
	await expect(chips(other)).toHaveCount(1);
	await expectSameSeen(other, page);
});
