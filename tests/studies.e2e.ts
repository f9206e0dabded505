/**
 * Studies on the built site: a search over stored runs from a net's page to its export, what a reload
 * keeps, a link that makes nothing by itself, comparison and race; and what is said of bad input.
 */
import { readFile } from 'node:fs/promises';
import { violations } from './support/axe';
import { PATIENCE, ready } from './support/explore';
import { expect as base, test, type Page } from './support/watch';

const expect = base.configure({ timeout: PATIENCE.timeout });

test.describe.configure({ mode: 'parallel', timeout: 120_000 });

/** The form that a net's page opens, once LEMUR's stored runs were looked at. */
async function openForm(page: Page): Promise<void> {
	await page.goto('/nets/AlexNet');
	await ready(page);
	await page.getByRole('link', { name: 'Search its hyperparameters' }).click(PATIENCE);
	await expect(page.getByRole('combobox', { name: 'Net', exact: true })).toHaveValue('AlexNet');
	await expect(page.getByText(/\d+ stored runs/).first()).toBeVisible();
}

const done = (page: Page, trials: number) =>
	expect(page.getByText(`${trials} of ${trials} trials`).first()).toBeVisible({ timeout: 90_000 });
const drawn = (page: Page) => page.locator('main [data-drawn=true]');

test('a study from a net: run, look, note, export, reload, share, compare', async ({
	page,
	context,
	watch,
}) => {
	// The addresses of a net and of a study have no file of their own.
	watch.allow(/404 .*\/(nets|studies)\//);
	await context.grantPermissions(['clipboard-read', 'clipboard-write']);
	await openForm(page);
	await page.getByLabel('Trials', { exact: true }).fill('12');
	await page.getByLabel('max_learning_rate').fill('0.000001');
	await expect(page.getByRole('alert')).toContainText('lower end (0.00001) is above');
	await expect(page.getByRole('button', { name: /^Run/ })).toBeDisabled();
	await page.getByLabel('max_learning_rate').fill('1');
	await page.getByRole('button', { name: 'Run 12 trials' }).click();
	await done(page, 12);
	await expect(drawn(page)).toBeVisible();
	await expect(page.locator('figcaption')).toContainText('12 trials, best value');

	await page.getByRole('tab', { name: 'Parallel' }).click();
	await expect(page.locator('figcaption')).toContainText('over 5 hyperparameters');
	await page.getByRole('button', { name: /^Trial 3(, the best)?: details/ }).click();
	const drawer = page.getByRole('dialog', { name: 'Trial 3' });
	await drawer.getByLabel('Tags').fill('later, odd');
	await drawer.getByLabel('Note').fill('look again');
	await drawer.getByRole('button', { name: 'Save' }).click();
	await page.keyboard.press('Escape');
	await expect(drawer).toHaveCount(0);
	await expect(page.locator('[data-trial="3"]')).toContainText('look again');
	await page.getByLabel('Tag', { exact: true }).selectOption('odd');
	await expect(page.getByText('1 of 12 trials, in table and plots')).toBeVisible();
	await expect(page.locator('[data-trial]')).toHaveCount(1);

	await page.getByRole('button', { name: 'Export', exact: true }).click();
	const [download] = await Promise.all([
		page.waitForEvent('download'),
		page.getByRole('button', { name: /Optuna journal/ }).click(),
	]);
	const lines = (await readFile(await download.path(), 'utf8')).trim().split('\n');
	expect(JSON.parse(lines[0] ?? '')).toMatchObject({
		op_code: 0,
		study_name: 'AlexNet on cifar-10',
	});
	expect(lines.filter((line) => line.includes('"op_code": 4'))).toHaveLength(12);
	await expect(page.getByLabel('Commands for a shell')).toContainText('optuna-dashboard AlexNet');
	await page.keyboard.press('Escape');

	await page.reload();
	await done(page, 12);
	await expect(page.getByText('1 of 12 trials, in table and plots')).toBeVisible();
	await page.getByRole('button', { name: 'Show all' }).click();
	await expect(page.locator('[data-trial]')).toHaveCount(12);

	await page.getByRole('button', { name: 'Copy as link' }).click();
	await expect(page.getByText('Link copied')).toBeVisible();
	const address = await page.evaluate(() => navigator.clipboard.readText());
	await page.goto(address);
	await expect(page.getByText('Nothing has been made yet. It would run 12 trials')).toBeVisible();
	await expect(page.getByRole('link', { name: 'AlexNet on cifar-10' })).toHaveCount(1);
	await ready(page);
	await page.getByRole('button', { name: 'Make it and run it' }).click();
	await done(page, 12);

	await page.getByRole('link', { name: 'All studies' }).click();
	await page.locator('main').getByRole('link', { name: 'Compare' }).click();
	await expect(page.getByRole('table').getByRole('row')).toHaveCount(3);
	await expect(drawn(page)).toHaveCount(2);
	for (const [width, colorScheme] of [
		[1440, 'light'],
		[360, 'dark'],
	] as const) {
		await page.setViewportSize({ width, height: 900 });
		await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
		await expect(drawn(page)).toHaveCount(2);
		expect(await violations(page), `comparison, ${width} px, ${colorScheme}`).toEqual([]);
		const over = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
		await expect.poll(over, `${width} px: too wide`).toBeLessThanOrEqual(0);
	}

	await page.getByRole('link', { name: 'All studies' }).click();
	await page
		.getByRole('button', { name: /^Delete/ })
		.first()
		.click();
	await expect(page.getByRole('link', { name: 'AlexNet on cifar-10' })).toHaveCount(1);
	await page.getByRole('button', { name: 'Undo', exact: true }).last().click();
	await expect(page.getByRole('link', { name: 'AlexNet on cifar-10' })).toHaveCount(2);
});

test('a race of samplers ends in a plot of regret', async ({ page }) => {
	await page.goto('/studies/race/');
	await ready(page);
	await page.getByLabel('Studies of each').fill('2');
	await page.getByLabel('Trials of a study').fill('12');
	await page.getByRole('button', { name: 'Start the race' }).click(PATIENCE);
	await expect(page.locator('figcaption')).toContainText('Median regret at the end', {
		timeout: 90_000,
	});
	await expect(page.getByText(/6 studies of 12 trials took/)).toBeVisible();
});

test('bad input is told in words, and changes nothing', async ({ page, watch }) => {
	watch.allow(/404 .*\/studies\//);
	await page.goto(`/studies/#v=1&study=${encodeURIComponent('{"definition":{"name":""}}')}&z=1`);
	await expect(page.getByRole('alert')).toContainText('The study of the link cannot be made');
	await page.getByRole('button', { name: 'Dismiss' }).click();
	await expect(page.getByText('No study yet.')).toBeVisible();

	const choose = async (name: string, text: string) => {
		await page.locator('input[type=file]').setInputFiles({
			...{ name, mimeType: 'application/octet-stream', buffer: Buffer.from(text) },
		});
	};
	await choose('notes.txt', 'not a study');
	await expect(page.getByText(/Not opened: This is no file of studies/)).toBeVisible();
	await choose('study.jsonl', '{"format": "lemur-study", "version": 99, "definition": {}}\n');
	await expect(page.getByText(/Not opened: .*version/i)).toBeVisible();
	await expect(page.getByText('No study yet.')).toBeVisible();

	await page.goto('/studies/abcdef012345');
	await expect(page.getByRole('alert')).toContainText('This study is not on this device');
	await page.getByRole('link', { name: 'All studies' }).click();
	await expect(page.getByText('No study yet.')).toBeVisible();
});

/** A laptop that is not plugged in, until `plugIn` is called. */
function onBattery(): void {
	const battery = Object.assign(new EventTarget(), { charging: false });
	const plugIn = () => {
		battery.charging = true;
		battery.dispatchEvent(new Event('chargingchange'));
	};
	Object.assign(navigator, { getBattery: async () => battery });
	Object.assign(globalThis, { plugIn });
}
declare const plugIn: () => void;

test('a study waits for power when it is told to, and says so', async ({ page, context }) => {
	await context.addInitScript(onBattery);
	await page.goto('/settings/');
	await page.getByLabel(/only when plugged in/).check();
	await expect(page.getByText('Waiting for power')).toBeVisible();
	await page.goto('/studies/');
	await page.getByRole('button', { name: /^Try one/ }).click(PATIENCE);
	await expect(page.getByRole('timer')).toContainText('Waiting for power');
	await expect(page.getByText('0 of 60 trials').first()).toBeVisible();
	await page.evaluate(() => plugIn());
	await done(page, 60);
});
