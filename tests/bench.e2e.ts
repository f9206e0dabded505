/**
 * The training benchmark on the built site: a short race of a small net, its table and copies; Stop;
 * a browser without WebGPU; what the form refuses. Times are nobody's business here.
 */
import { violations } from './support/axe';
import { expect as base, test, type Page } from './support/watch';

/** the first steps compile, on a software adapter and a busy machine */
const RACE_MS = 120_000;
const expect = base.configure({ timeout: 20_000 });
const NARROW = { width: 360, height: 740 };
const WIDE = { width: 1440, height: 900 };

async function openBench(page: Page): Promise<void> {
	await page.goto('/bench/');
	await expect(page.locator('[data-state=empty]')).toBeVisible();
	// The form stands in the page before its script: what is typed then is not heard.
	await expect.poll(() => page.evaluate(() => 'lemur' in globalThis)).toBe(true);
}

/** One net and ours alone, unless more is named: as short as a race can be. */
async function choose(page: Page, ...libraries: readonly RegExp[]): Promise<void> {
	await page.getByRole('checkbox', { name: 'ResNet-8' }).setChecked(false);
	await page.getByRole('spinbutton', { name: 'Images per step of LeNet-5' }).fill('2');
	for (const name of [/^lib\/nn/, /^tfjs/, /^jax-js/])
		await page
			.getByRole('checkbox', { name })
			.setChecked(libraries.some((one) => one.source === name.source));
	await page.getByRole('radio', { name: /^Short/ }).check();
}

const runButton = (page: Page) => page.getByRole('button', { name: 'Run the benchmark' });
const row = (page: Page, library: string) => page.locator(`tr[data-library=${library}]`);

async function expectSound(page: Page, name: string): Promise<void> {
	for (const size of [WIDE, NARROW]) {
		await page.setViewportSize(size);
		for (const colorScheme of ['light', 'dark'] as const) {
			await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
			const what = `${name}, ${size.width} px, ${colorScheme}`;
			expect.soft(await violations(page), what).toEqual([]);
		}
		const over = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
		await expect.poll(over, `${name}: px too wide`).toBeLessThanOrEqual(0);
	}
	await page.setViewportSize(WIDE);
}

test.describe.configure({ timeout: 240_000 });

test('a race of one small net, its figures and its copies', async ({ page, context }) => {
	await context.grantPermissions(['clipboard-read', 'clipboard-write']);
	await openBench(page);
	await expectSound(page, 'empty');
	await choose(page, /^lib\/nn/, /^jax-js/);
	await runButton(page).click();
	await expect(page.getByRole('progressbar', { name: 'Benchmark' })).toBeVisible();
	await expect(row(page, 'ours')).toBeVisible({ timeout: RACE_MS });
	await expect(row(page, 'jax')).toBeVisible();
	await expect(runButton(page)).toBeEnabled();
	await expect(page.getByText(/^Ran on WebGPU \(.+\)\.$/)).toBeVisible();
	await expect(page.getByRole('note')).toContainText('software adapter');
	await expect(page.getByText(/computes other losses/)).toHaveCount(0);
	await page.getByText(/^lib\/nn reaches 3 of 3 figures/).click();
	await expect(page.getByText('not reached')).toHaveCount(0);
	await expectSound(page, 'with figures');

	const copied = async (name: string) => {
		await page.getByRole('button', { name }).click();
		return page.evaluate(() => navigator.clipboard.readText());
	};
	const markdown = await copied('Copy as Markdown');
	expect(markdown).toMatch(/^On WebGPU \(/m);
	expect(markdown).toMatch(/^\| lib\/nn \| \d+ \| 1 \|/m);
	const csv = (await copied('Copy as CSV')).trimEnd().split('\r\n');
	expect(csv).toHaveLength(3);
	expect(csv[1]).toMatch(/^lenet,2,lib\/nn,webgpu,/);
});

test('a race can be stopped, and another one started', async ({ page }) => {
	await openBench(page);
	await choose(page, /^lib\/nn/, /^tfjs/);
	await runButton(page).click();
	await expect(page.getByRole('status').filter({ hasText: 'LeNet-5' })).toBeVisible();
	await page.getByRole('button', { name: 'Stop' }).click();
	await expect(page.getByText('Stopped.')).toBeVisible();
	await expect(runButton(page)).toBeEnabled();
});

test('what cannot run is said before', async ({ page }) => {
	await openBench(page);
	const images = page.getByRole('spinbutton', { name: 'Images per step of LeNet-5' });
	for (const wrong of ['', '1', '2.5', '100000']) {
		await images.fill(wrong);
		await expect(page.getByText('whole number from 2 to 512')).toBeVisible();
		await expect(runButton(page)).toBeDisabled();
	}
	await images.fill('16');
	await expect(runButton(page)).toBeEnabled();
	for (const net of ['LeNet-5', 'ResNet-8'])
		await page.getByRole('checkbox', { name: net }).setChecked(false);
	await expect(page.getByText('Choose a net.')).toBeVisible();
});

test('without WebGPU it runs on what there is, and says so', async ({ page }) => {
	await page.addInitScript(() => {
		// Workers do not run this; what they are started from is changed instead.
		const { Blob: Plain } = globalThis;
		const hide = "Object.defineProperty(navigator, 'gpu', { value: undefined });";
		globalThis.Blob = class extends Plain {
			constructor(parts?: BlobPart[], options?: BlobPropertyBag) {
				const script = options?.type === 'text/javascript';
				super(script ? [hide, ...(parts ?? [])] : parts, options);
			}
		};
	});
	await openBench(page);
	await choose(page, /^lib\/nn/, /^jax-js/);
	await runButton(page).click();
	await expect(row(page, 'ours')).toBeVisible({ timeout: RACE_MS });
	await expect(page.getByText(/Not everything ran on WebGPU/)).toBeVisible();
	await expect(page.getByText(/^Passed over: WebGPU:/)).toBeVisible();
	await expect(page.getByText(/jax-js did not run\./)).toBeVisible();
	await expectSound(page, 'without WebGPU');
});
