/**
 * After one visit the site works without a network; caches of neighbours stay; a spoilt database is
 * fetched again; a new version waits until the visitor wants it.
 */
import { appendFile, cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serve } from '../scripts/serve.mjs';
import { PATIENCE, ready, settled } from './support/explore';
import { expect as base, test, watch as watchContext, type Page } from './support/watch';

const expect = base.configure({ timeout: PATIENCE.timeout });
const DATA_CACHE = 'lemur:/:stat-db:v1';

test.use({ serviceWorkers: 'allow' });
test.describe.configure({ mode: 'parallel', timeout: 120_000 });

/** Waits until the whole set of files is on this device and the page is served from it. */
async function kept(page: Page): Promise<void> {
	await ready(page);
	await page.evaluate(async () => {
		await navigator.serviceWorker.ready;
		if (navigator.serviceWorker.controller) return;
		await new Promise((done) =>
			navigator.serviceWorker.addEventListener('controllerchange', done, { once: true }),
		);
	});
}

const cacheNames = (page: Page) => page.evaluate(() => caches.keys());

test('the second visit needs no network, on any page; caches of others stay', async ({
	page,
	context,
	watch,
}) => {
	watch.allow(/Failed to load resource/); // the one request that shows the network is off
	const foreign = ['neighbour-v1', 'lemur:/sub/:app:1', 'lemur'];
	const old = 'lemur:/:app:of-an-older-build';
	await context.route('**/neighbour', (route) =>
		route.fulfill({ contentType: 'text/html', body: 'a page of somebody else' }),
	);
	await page.goto('/neighbour');
	await page.evaluate(
		async (names) => {
			for (const name of names) await (await caches.open(name)).put('/kept', new Response(name));
		},
		[...foreign, old],
	);

	await page.goto('/');
	await kept(page);
	expect(await cacheNames(page)).toEqual(expect.arrayContaining(foreign));
	expect(await cacheNames(page)).not.toContain(old);
	await context.setOffline(true);
	const reached = () => fetch('/never-cached').then(Boolean, () => false);
	expect(await page.evaluate(reached), 'the network is off').toBe(false);

	await page.reload();
	await expect(page.getByTestId('headline')).toBeVisible();
	await ready(page);
	await expect(page.locator('article table').first()).toBeVisible();
	await page.getByRole('link', { name: 'cifar-10', exact: true }).first().click();
	await expect(page.locator('[data-row="3"]')).not.toHaveText('');
	await settled(page);
	for (const view of ['summary', 'curves', 'scatter']) {
		await page.goto(`/explore/#v=1&nn=AlexNet&view=${view}&z=1`);
		await page.reload();
		await expect(page.locator('#view svg, #view canvas, #view table').first()).toBeVisible();
	}
	await page.getByRole('link', { name: 'SQL', exact: true }).click();
	await page.getByRole('button', { name: 'Run', exact: true }).click();
	await expect(page.getByRole('region', { name: 'Result' })).toContainText('AlexNet');
	await page.goto('/nets/AlexNet');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('AlexNet');
	await expect(page.locator('main svg').first()).toBeVisible();
	await page.goto('/settings/');
	await expect(page.locator('main')).toContainText('The site opens without a network.');
	await expect(page.locator('main')).toContainText('opened from this device');

	expect(await cacheNames(page)).toEqual(expect.arrayContaining(foreign));
	const untouched = await page.evaluate(async (names) => {
		const bodies = names.map(async (name) =>
			(await (await caches.open(name)).match('/kept'))?.text(),
		);
		return Promise.all(bodies);
	}, foreign);
	expect(untouched).toEqual(foreign);
});

/** Flips one bit in the largest kept file. @returns its address */
async function spoilDatabase(page: Page): Promise<string> {
	return page.evaluate(async (name) => {
		const cache = await caches.open(name);
		let largest = { url: '', bytes: new Uint8Array() };
		for (const request of await cache.keys()) {
			const response = await cache.match(request);
			const bytes = new Uint8Array((await response?.arrayBuffer()) ?? []);
			if (bytes.length > largest.bytes.length) largest = { url: request.url, bytes };
		}
		const middle = largest.bytes.length >> 1;
		largest.bytes[middle] = (largest.bytes[middle] ?? 0) ^ 1;
		await cache.put(largest.url, new Response(largest.bytes));
		return largest.url;
	}, DATA_CACHE);
}

/** @returns sha256 in hex of a kept file */
async function hashOf(page: Page, url: string): Promise<string> {
	return page.evaluate(
		async ([name = '', file = '']) => {
			const bytes = await (await (await caches.open(name)).match(file))?.arrayBuffer();
			const hash = new Uint8Array(
				await crypto.subtle.digest('SHA-256', bytes ?? new ArrayBuffer()),
			);
			return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
		},
		[DATA_CACHE, url],
	);
}

test('a kept database that was altered is dropped and fetched again', async ({ page, context }) => {
	const chunks: string[] = [];
	context.on('request', (request) => {
		if (/stat-db\/[\d.]+-[0-9a-f]+\.bin/.test(request.url())) chunks.push(request.url());
	});
	await page.goto('/explore/#v=1&nn=AlexNet&z=1');
	await ready(page);
	await settled(page);
	const sentence = await page.locator('h1').innerText();
	const fetched = chunks.length;
	expect(fetched).toBeGreaterThan(0);
	await page.reload();
	await ready(page);
	expect(chunks, 'a sound copy is opened without the network').toHaveLength(fetched);

	const url = await spoilDatabase(page);
	expect(url).not.toContain(await hashOf(page, url));
	await page.reload();
	await ready(page);
	await settled(page);
	await expect(page.locator('h1')).toHaveText(sentence);
	expect(chunks, 'every part again').toHaveLength(2 * fetched);
	expect(url, 'the kept copy is sound again').toContain(await hashOf(page, url));
});

test('a new version waits, is offered, and never reloads the page by itself', async ({
	browser,
}) => {
	const root = await mkdtemp(join(tmpdir(), 'lemur-site-'));
	await cp(fileURLToPath(new URL('../build/', import.meta.url)), root, { recursive: true });
	const site = await serve({ root, port: 0 });
	const context = await browser.newContext({ serviceWorkers: 'allow' });
	const watched = watchContext(context, new URL(site.address).origin);
	const page = await context.newPage();
	await page.goto(site.address);
	await kept(page);
	await page.evaluate(() => Object.assign(globalThis, { sameDocument: true }));
	const same = () => page.evaluate(() => 'sameDocument' in globalThis);
	const offer = page.getByText('A new version of LEMUR Web is here.');
	await expect(offer).toHaveCount(0);

	await appendFile(join(root, 'service-worker.js'), '\n// the next build\n');
	await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
	await expect(offer).toBeVisible();
	await page.getByRole('link', { name: 'Nets', exact: true }).click();
	await expect(page.locator('main table').first()).toBeVisible();
	expect(await same(), 'not reloaded').toBe(true);

	await page.getByRole('button', { name: 'New version' }).click();
	// Asked in the middle of the reload there is no document to answer.
	await expect.poll(() => same().catch(() => true)).toBe(false);
	await ready(page);
	watched.check();
	await context.close();
	await site.close();
	await rm(root, { recursive: true });
});
