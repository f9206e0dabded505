/**
 * The training room on the built site, on the processor: what is chosen and measured, then script B of
 * the first five minutes: start, pause, a reload in the middle, a second tab, the result and its files.
 * Crashed workers, lost devices and wiped storage are tested beside `lib/train`.
 */
import { readFile } from 'node:fs/promises';
import { strFromU8, unzipSync } from 'fflate';
import type { Download, Page } from '@playwright/test';
import { importRecords } from '../src/lib/db/records/importer';
import { readSafetensors } from '../src/lib/train/safetensors';
import { violations } from './support/axe';
import { expect, test } from './support/watch';

const LONG = { timeout: 60_000 } as const;
/** A few steps of the smallest net; without the gate, because so few steps may learn nothing. */
const EPOCHS = 4;
const SMALL = { dataset: 'digits', nn: 'ICNet', epochs: EPOCHS, trainLimit: 640, testLimit: 120 };
const SMALL_LINK = `/train/#v=1&train=${Object.entries({ ...SMALL, gate: 0 })
	.map(([key, value]) => `${key}%3A${value}`)
	.join(',')}&z=1`;

const epochs = (page: Page) => page.getByLabel('Epochs', { exact: true });
const start = (page: Page) => page.getByRole('button', { name: 'Start training' });
const before = (page: Page) => page.getByLabel('Before the start');

test('a trial is chosen, measured, and part of the link; what cannot be is said', async ({
	page,
}) => {
	test.setTimeout(120_000);
	await page.goto('/train/');
	await expect(page.locator('[data-backend]')).toContainText(/^\s*Runs on /, LONG);
	await epochs(page).fill('2', LONG);
	await expect(before(page)).toContainText('for 2 epochs', LONG);
	await expect(start(page)).toBeEnabled();
	await expect(page.locator('main button.primary')).toHaveText(['Start training']);
	expect(await violations(page)).toEqual([]);

	const wrong = [
		[epochs(page), '0', 'At least 1.'],
		[page.getByLabel('lr', { exact: true }), 'fast', 'This is not a number.'],
		[page.getByLabel('batch', { exact: true }), '2.5', 'A whole number is needed.'],
		[page.getByLabel('batch', { exact: true }), '5000', 'At most 4096.'],
		[page.getByLabel('momentum', { exact: true }), '', 'A number is needed.'],
	] as const;
	for (const [field, value, words] of wrong) {
		await field.fill(value);
		await expect(page.getByText(words)).toBeVisible();
		await expect(field).toHaveAttribute('aria-invalid', 'true');
	}
	await page.getByText('More: seed').click();
	const command = page.getByLabel('Fill the form from a command');
	await command.fill('python -m ab.nn.train -c obj-detection_coco_map_SSDLite');
	await command.press('Enter');
	await expect(page.getByRole('alert')).toContainText('obj-detection cannot be trained here yet');

	await epochs(page).fill('3');
	await expect(page).toHaveURL(/train=/);
	await page.reload();
	await expect(epochs(page)).toHaveValue('3', LONG);
	await page.goto('about:blank');
	await page.goto('/train/#v=1&train=nn%3AAlexNet,transform%3Anorm&z=1');
	await expect(before(page)).toContainText('AlexNet needs', LONG);
	await expect(start(page)).toBeDisabled();
});

test('a record of LEMUR is trained here with its settings', async ({ page }) => {
	await page.goto('/explore/#v=1&dataset=mnist&nn=DPN68&z=1');
	await page.getByRole('gridcell').first().click(LONG);
	await page.keyboard.press('Enter');
	await page.getByRole('link', { name: 'Train it here' }).click(LONG);
	await expect(before(page)).toContainText(
		'DPN68 on mnist: norm, batch 512, lr 0.05524, momentum 0.8944',
		LONG,
	);
	await expect(epochs(page)).toHaveValue('50');
	await expect(page.getByLabel('lr', { exact: true })).toHaveValue('0.05523983763514621');
});

test('a trial is paused, the page reloaded, the trial finished; a second tab waits', async ({
	page,
	context,
}) => {
	test.setTimeout(240_000);
	// Leaving in the middle is asked about, and here it is meant.
	page.on('dialog', (dialog) => void dialog.accept());
	await page.goto(SMALL_LINK);
	await expect(before(page)).toContainText(`for ${EPOCHS} epochs`, LONG);

	const point = await test.step('start, first epoch, pause', async () => {
		await start(page).click();
		await expect(page.locator('[data-state=paused], [data-state=training]')).toBeVisible(LONG);
		await expect(page).toHaveTitle(/^\d+ % · ICNet/);
		await expect(page.getByText(/no record of this net and dataset at epoch/)).toBeVisible(LONG);
		await page.getByRole('button', { name: 'Pause' }).click();
		const line = page.locator('[data-state=paused]');
		await expect(line).toContainText(/Paused: epoch \d of 4, step \d+ of 40/, LONG);
		await expect(page.getByText(/^to step \d+ of the next$/)).toBeVisible();
		expect(await violations(page)).toEqual([]);
		return /epoch \d+ of \d+, step (\d+)/.exec(await line.innerText())?.[1] ?? '';
	});

	const second = await context.newPage();
	await test.step('a second tab sees it, and starts none', async () => {
		await second.goto(SMALL_LINK);
		await expect(
			second.getByText('Another tab or a study is training on this device, and'),
		).toBeVisible(LONG);
		await expect(second.getByText('running in another tab')).toBeVisible();
		await start(second).click();
		await expect(second.getByRole('alert')).toContainText('TRAIN_BUSY', LONG);
	});

	await test.step('after a reload it goes on from where it stood', async () => {
		await page.reload();
		const resume = page
			.getByRole('status')
			.getByRole('button', { name: new RegExp(`Go on from epoch \\d+, step ${point}$`) });
		await expect(resume).toBeEnabled(LONG);
		expect(await violations(page)).toEqual([]);
		await resume.click();
		await expect(page.locator('[data-outcome=FINISHED]')).toBeVisible({ timeout: 120_000 });
		await expect(second.getByText('finished', { exact: true })).toBeVisible(LONG);
		await expect(second.getByRole('alert')).toHaveCount(0);
	});

	const accuracies = await page.evaluate(async () => {
		const { rows } = await lemur.sql(
			"SELECT accuracy FROM stat WHERE dataset = 'digits' ORDER BY epoch",
		);
		return rows.map(([accuracy]) => accuracy);
	});
	expect(accuracies).toHaveLength(EPOCHS);

	await test.step('the result: matrix, pictures, files, records', async () => {
		await page.getByRole('button', { name: 'Confusion matrix and examples' }).click();
		const matrix = page.getByRole('region', { name: 'Confusion matrix' });
		await expect(matrix.getByRole('row')).toHaveCount(11, LONG);
		await expect(matrix).toContainText('120 samples');
		await expect(page.getByRole('heading', { name: 'Some pictures' })).toBeVisible();
		expect(await violations(page)).toEqual([]);
		await checkFiles(page, accuracies);
		await page.getByRole('link', { name: 'Among all records' }).click();
		await expect(page.locator('h1')).toContainText(
			/^4 records, digits, net ICNet, trained here/,
			LONG,
		);
	});

	await test.step('the same trial in one go has the same accuracies, bit by bit', async () => {
		const whole = await second.evaluate(
			async (settings) => (await (await lemur.train({ ...settings, gate: false })).done).epochs,
			SMALL,
		);
		expect(whole.map(({ accuracy }) => accuracy)).toEqual(accuracies);
	});
});

/** What is saved of a trial is read by those it is meant for. */
async function checkFiles(page: Page, accuracies: readonly unknown[]): Promise<void> {
	const saved = async (button: string) => {
		const download = page.waitForEvent('download');
		await page.getByRole('button', { name: button, exact: true }).click();
		return bytesOf(await download);
	};
	const weights = readSafetensors(await saved('Weights (safetensors)'));
	expect(Object.fromEntries(weights.metadata)).toMatchObject({
		nn: 'ICNet',
		dataset: 'digits',
		epoch: '4',
	});
	const zip = unzipSync(await saved('Records for LEMUR (zip)'));
	const files = Object.entries(zip).map(([path, data]) => ({ path, text: strFromU8(data) }));
	const known = {
		nn: new Set(['ICNet']),
		metric: new Set(['acc']),
		transform: new Set(['norm']),
	};
	const { stat, error } = importRecords(files, known);
	expect(error).toBeNull();
	const imported = [...stat].sort((a, b) => a.epoch - b.epoch);
	expect(imported.map(({ accuracy }) => accuracy)).toEqual(accuracies);
	expect(new Set(imported.map(({ dataset, nn }) => `${dataset} ${nn}`))).toEqual(
		new Set(['digits ICNet']),
	);
}

async function bytesOf(download: Download): Promise<Uint8Array> {
	return new Uint8Array(await readFile(await download.path()));
}
