/**
 * Datasets on the built site: what the site ships, files of the visitor, a mirror (answered by the test),
 * pause, cancel, damage and removal. What training does with them is the business of its own tests.
 */
import { bytesFrom, cifarFile, fixtures, gzip, tar } from '../src/lib/datasets/decode/testing';
import { violations } from './support/axe';
import { PATIENCE } from './support/explore';
import { expect as base, test, type Page } from './support/watch';

const expect = base.configure({ timeout: PATIENCE.timeout });
/** Its id tells it from CIFAR-100. */
const CIFAR = 'CIFAR-10 cifar-10';
const LONG = { timeout: 60_000 } as const;

const card = (page: Page, name: string) => page.getByRole('article', { name });
const button = (page: Page, dataset: string, name: string | RegExp) =>
	card(page, dataset).getByRole('button', { name });
const state = (page: Page, dataset: string) => card(page, dataset).locator('.state');

async function open(page: Page): Promise<void> {
	await page.goto('/datasets/');
	await card(page, 'Digits').waitFor(PATIENCE);
}

const upload = (name: string, bytes: Uint8Array) => ({
	name,
	mimeType: 'application/octet-stream',
	buffer: Buffer.from(bytes),
});

/** `count` records whose labels go round. */
const records = (count: number) => cifarFile(Array.from({ length: count }, (_, i) => i % 10));

async function choose(page: Page, dataset: string, files: ReturnType<typeof upload>[]) {
	await card(page, dataset).locator('input[type=file]').setInputFiles(files);
}

/** Holds the parts of MNIST back after the first until the returned function is called. */
async function holdMnist(page: Page): Promise<() => void> {
	const held: (() => void)[] = [];
	let free = false;
	await page.context().route(/datasets\/mnist\/train-[1-9]-.*\.bin$/, async (route) => {
		if (!free) await new Promise<void>((resolve) => held.push(resolve));
		await route.continue().catch(() => undefined); // the page may have given it up
	});
	return () => {
		free = true;
		for (const release of held) release();
	};
}

test('digits: loaded, looked at, verified, kept over a reload, removed', async ({ page }) => {
	await open(page);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(
		'None of 6 datasets is on this device yet',
	);
	await button(page, 'Digits', /^Load /).click();
	await expect(state(page, 'Digits')).toHaveText(
		'On this device: 1,437 training samples and 360 test samples, 118.6 kB, from this site.',
	);
	await button(page, 'Digits', 'Look at samples').click();
	const samples = card(page, 'Digits').getByRole('img');
	await expect(samples).toHaveCount(30);
	const before = await samples.first().getAttribute('aria-label');
	expect(before).toMatch(/^\d, sample \d+$/);
	await button(page, 'Digits', 'Other samples').click();
	await expect(samples.first()).not.toHaveAttribute('aria-label', before ?? '');
	await card(page, 'Digits').getByLabel('Test').check();
	await card(page, 'Digits').getByText('Samples per class').click();
	await expect(card(page, 'Digits').locator('.classes .number')).toHaveText([
		'36',
		'33',
		'35',
		'47',
		'33',
		'48',
		'29',
		'39',
		'32',
		'28',
	]);
	await button(page, 'Digits', 'Verify').click();
	await expect(card(page, 'Digits')).toContainText('All 2 parts are as they were stored.');

	await page.reload();
	await expect(state(page, 'Digits')).toContainText('On this device: 1,437');
	await button(page, 'Digits', 'Remove…').click();
	await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click();
	await expect(state(page, 'Digits')).toContainText('Part of this site');
});

test('MNIST: paused, gone on with after a reload, cancelled', async ({ page }) => {
	await open(page);
	let release = await holdMnist(page);
	await button(page, 'MNIST', /^Load /).click();
	await expect(card(page, 'MNIST')).toContainText('10,672 of 60,000 stored', LONG);
	await button(page, 'MNIST', 'Pause').click();
	await expect(card(page, 'MNIST')).toContainText('Paused.');
	await expect(page.getByRole('status').filter({ hasText: 'MNIST is paused.' })).toBeAttached();
	expect(await violations(page)).toEqual([]);

	await page.reload();
	await expect(state(page, 'MNIST')).toHaveText('Begun: 10,672 of 60,000 training samples.');
	const asked: string[] = [];
	page.on('request', (request) => asked.push(request.url()));
	release();
	await button(page, 'MNIST', 'Go on').click();
	await expect(state(page, 'MNIST')).toHaveText(
		'On this device: 60,000 training samples and 10,000 test samples, 55.0 MB, from this site.',
		LONG,
	);
	// The part that was here was not fetched again.
	expect(asked.some((url) => /mnist\/train-0-/.test(url))).toBe(false);
	expect(asked.some((url) => /mnist\/train-5-/.test(url))).toBe(true);

	await button(page, 'MNIST', 'Remove…').click();
	await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click();
	release = await holdMnist(page);
	await button(page, 'MNIST', /^Load /).click();
	await expect(card(page, 'MNIST')).toContainText('10,672 of 60,000 stored', LONG);
	await button(page, 'MNIST', 'Cancel').click();
	await expect(state(page, 'MNIST')).toHaveText('Part of this site: loaded when it is first used.');
	release();
});

test('CIFAR-10 from files: a batch, an archive, dropped, truncated', async ({ page }) => {
	await open(page);
	await choose(page, CIFAR, [
		upload('test_batch.bin', records(20)),
		upload('data_batch_1.bin', records(120)),
	]);
	await expect(state(page, CIFAR)).toContainText(
		'On this device: 120 of 50,000 training samples and 20 of 10,000 test samples',
	);
	await button(page, CIFAR, 'Look at samples').click();
	await expect(card(page, CIFAR).getByRole('img')).toHaveCount(30);
	await expect(card(page, CIFAR).getByRole('img').first()).toHaveAttribute(
		'aria-label',
		/^(airplane|automobile|bird|cat|deer|dog|frog|horse|ship|truck), sample \d+$/,
	);

	await choose(page, CIFAR, [upload('data_batch_1.bin', records(9).subarray(0, 20_000))]);
	const failure = card(page, CIFAR).getByRole('alert');
	await expect(failure).toContainText(
		'data_batch_1.bin: it is cut or not of CIFAR-10: 20000 bytes',
	);
	await expect(failure).toContainText('What was on this device before is still there.');
	expect(await violations(page)).toEqual([]);
	await button(page, CIFAR, 'Dismiss').click();
	await expect(state(page, CIFAR)).toContainText('120 of 50,000');

	const archive = gzip(tar({ 'cifar-10-batches-bin/data_batch_1.bin': records(50) }));
	await choose(page, CIFAR, [
		upload('cifar-10-binary.tar.gz', archive.subarray(0, archive.length - 40)),
	]);
	await expect(failure).toContainText('cifar-10-binary.tar.gz: it is cut or damaged');
	await button(page, CIFAR, 'Dismiss').click();

	await drop(page, CIFAR, 'cifar-10-binary.tar.gz', archive);
	await expect(state(page, CIFAR)).toContainText('50 of 50,000 training samples');
	await drop(page, 'MNIST', 'holiday.jpg', new Uint8Array(40));
	await expect(card(page, 'MNIST').getByRole('alert')).toContainText(
		'Nothing of MNIST was found in holiday.jpg. It is read from train-images-idx3-ubyte.gz',
	);
});

/** Drops a file onto a card, as far as a script can. */
async function drop(page: Page, dataset: string, name: string, bytes: Uint8Array): Promise<void> {
	const transfer = await page.evaluateHandle(
		([title, content]) => {
			const data = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
			const made = new DataTransfer();
			made.items.add(new File([data], title));
			return made;
		},
		[name, Buffer.from(bytes).toString('base64')] as const,
	);
	await card(page, dataset).dispatchEvent('dragover', { dataTransfer: transfer });
	await card(page, dataset).dispatchEvent('drop', { dataTransfer: transfer });
}

/** Answers for the mirror; `answered` counts. */
async function mirror(page: Page, body: Uint8Array): Promise<{ answered: number }> {
	const count = { answered: 0 };
	await page.context().route('https://huggingface.co/**', async (route) => {
		count.answered++;
		expect(await route.request().headerValue('referer')).toBeNull();
		expect(await route.request().headerValue('cookie')).toBeNull();
		await route.fulfill({
			status: 200,
			headers: { 'access-control-allow-origin': '*', 'content-type': 'application/octet-stream' },
			body: Buffer.from(body),
		});
	});
	return count;
}

test('a mirror is asked only after its size and licence were shown', async ({ page, watch }) => {
	watch.allow(/^foreign request: https:\/\/huggingface\.co\//); // what this test is about
	const count = await mirror(page, bytesFrom(fixtures.parquet_image));
	await open(page);
	await button(page, 'SVHN', /^Download /).click();
	const dialog = page.getByRole('dialog', { name: 'Download SVHN?' });
	await expect(dialog).toContainText('about 182.6 MB to fetch, 305.2 MB on this device');
	await expect(dialog).toContainText('non-commercial use only');
	await expect(dialog).toContainText('huggingface.co');
	expect(await violations(page)).toEqual([]);
	await dialog.getByRole('button', { name: 'Not now' }).click();
	expect(count.answered).toBe(0);
	await button(page, 'SVHN', /^Download /).click();
	await dialog.getByRole('button', { name: /^Download about/ }).click();
	await expect(state(page, 'SVHN')).toContainText(
		'On this device: 5 of 73,257 training samples and 5 of 26,032 test samples',
	);
	expect(count.answered).toBe(2);
});

test('a file that is not the mirror’s is dropped, and the page says so', async ({
	page,
	watch,
}) => {
	watch.allow(/^foreign request: https:\/\/huggingface\.co\//); // what this test is about
	await mirror(page, new Uint8Array(119_705_255 / 1000));
	await open(page);
	await button(page, CIFAR, /^Download /).click();
	await page
		.getByRole('dialog')
		.getByRole('button', { name: /^Download / })
		.click();
	const failure = card(page, CIFAR).getByRole('alert');
	await expect(failure).toContainText('huggingface.co did not give the file', LONG);
	await expect(failure).toContainText('drop it here');
	await button(page, CIFAR, 'Discard what was begun').click();
	await expect(state(page, CIFAR)).toHaveText('Not on this device.');
});

test('two tabs do not load the same dataset', async ({ page }) => {
	const other = await page.context().newPage();
	const release = await holdMnist(page);
	await open(page);
	await button(page, 'MNIST', /^Load /).click();
	await expect(card(page, 'MNIST')).toContainText('10,672 of 60,000 stored', LONG);
	await open(other);
	await button(other, 'MNIST', /^Go on/).click();
	await expect(card(other, 'MNIST').getByRole('alert')).toContainText(
		'MNIST is being loaded in another tab',
	);
	release();
	await expect(state(page, 'MNIST')).toContainText('On this device: 60,000', LONG);
});
