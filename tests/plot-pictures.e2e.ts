/**
 * The look of every plot on fixed rows, light and dark, against stored signatures: a series that is
 * missing or colours that vanish are seen, another font is not. UPDATE_SIGNATURES=1 writes them anew.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { PLOT_IDS, type PlotId } from '../src/lib/stats/plots/ids';
import { PLOTS } from '../src/lib/stats/plots/registry';
import { openGallery } from './support/plots';
import { difference, signatureOf, type Signature } from './support/signature';
import { expect, test, type Page } from './support/watch';

const FILE = new URL('./plot-signatures.json', import.meta.url);
const THEMES = ['light', 'dark'] as const;
/** share of the drawn cells that may be off */
const TOLERANCE = 0.03;

test.describe.configure({ timeout: 180_000 });

function picture(page: Page, id: PlotId) {
	return page
		.locator('a.card')
		.filter({ has: page.getByText(PLOTS[id].title, { exact: true }) })
		.getByRole('img');
}

type Signatures = Record<string, Signature>;

test('every plot looks as it did, in light and dark', async ({ page }) => {
	const stored = JSON.parse(await readFile(FILE, 'utf8')) as Signatures;
	const now: Signatures = {};
	for (const theme of THEMES) {
		await page.emulateMedia({ colorScheme: theme });
		await openGallery(page);
		for (const id of PLOT_IDS) now[`${id} ${theme}`] = await signatureOf(picture(page, id));
	}
	if (process.env['UPDATE_SIGNATURES']) {
		await writeFile(FILE, `${JSON.stringify(now, null, '\t')}\n`);
	} else {
		const off = Object.entries(now).map(([name, signature]) => [
			name,
			difference(signature, stored[name] ?? []),
		]);
		expect(off.filter(([, share]) => Number(share) > TOLERANCE)).toEqual([]);
		expect(Object.keys(stored).sort()).toEqual(Object.keys(now).sort());
	}
	for (const id of PLOT_IDS)
		expect(difference(now[`${id} light`] ?? [], now[`${id} dark`] ?? []), id).toBeGreaterThan(
			2 * TOLERANCE,
		);
});

test('the comparison sees a missing series and vanished colours (negative control)', async ({
	page,
}) => {
	await openGallery(page, 'dataset=cifar-10,cifar-100,svhn');
	for (const id of PLOT_IDS) {
		const coloured = await signatureOf(picture(page, id));
		const grey = await signatureOf(picture(page, id), true);
		expect(difference(coloured, grey), `${id} in grey`).toBeGreaterThan(TOLERANCE);
	}
	// A line of two, thin in a picture of this size.
	await openGallery(page, 'dataset=cifar-10&nn=AlexNet,ResNet');
	const two = await signatureOf(picture(page, 'rolling-mean'));
	await openGallery(page, 'dataset=cifar-10&nn=AlexNet');
	const one = await signatureOf(picture(page, 'rolling-mean'));
	expect(difference(two, one)).toBeGreaterThan(TOLERANCE);
	// Points of one colour of three.
	await openGallery(page, 'dataset=cifar-10,cifar-100,svhn');
	const three = await signatureOf(picture(page, 'means-time'));
	await openGallery(page, 'dataset=cifar-10,cifar-100');
	const fewer = await signatureOf(picture(page, 'means-time'));
	expect(difference(three, fewer)).toBeGreaterThan(TOLERANCE);
	expect(difference(fewer, await signatureOf(picture(page, 'means-time')))).toBe(0);
});
