/**
 * What can go wrong on the way of the data: every failure says its cause and what still works, nothing
 * of it is shown as data, and one press heals it.
 */
import { readFile } from 'node:fs/promises';
import type { BrowserContext, Route } from '@playwright/test';
import { PATIENCE } from './support/explore';
import { expect as base, test, type Page } from './support/watch';

const expect = base.configure({ timeout: PATIENCE.timeout });

interface Manifest {
	readonly default: string;
	readonly snapshots: readonly {
		readonly version: string;
		readonly chunks: readonly { readonly name: string; readonly bytes: number }[];
		readonly summary: { readonly name: string };
	}[];
}

const text = await readFile(new URL('../static/stat-db/manifest.json', import.meta.url), 'utf8');
const manifest = JSON.parse(text) as Manifest;
const snapshot = manifest.snapshots.find(({ version }) => version === manifest.default);
const chunks = snapshot?.chunks.map(({ name }) => name) ?? [];
const LAST = chunks.at(-1) ?? '';
const WHERE = `part ${chunks.length} of ${chunks.length} of the database`;
/** The browser itself writes these about every answer that is not 2xx, or does not come. */
const NETWORK_ERRORS = /Failed to load resource/;

const chip = (page: Page) => page.locator('.chip');
const ready = (page: Page) => expect(chip(page)).toHaveAttribute('data-status', 'ready');
const alert = (page: Page) => page.locator('main').getByRole('alert');

/** Names of the chunks that a context asks for, in order. */
function chunkRequests(context: BrowserContext): string[] {
	const asked: string[] = [];
	context.on('request', (request) => {
		const name = request.url().split('/').at(-1) ?? '';
		if (chunks.includes(name)) asked.push(name);
	});
	return asked;
}

async function altered(route: Route, change: (bytes: Buffer) => Buffer): Promise<void> {
	const response = await route.fetch();
	const body = change(await response.body());
	await route.fulfill({ status: 200, contentType: 'application/octet-stream', body });
}

function flipped(bytes: Buffer): Buffer {
	const copy = Buffer.from(bytes);
	copy[copy.length >> 1] = (copy[copy.length >> 1] ?? 0) ^ 1;
	return copy;
}

interface Case {
	readonly name: string;
	readonly answer: (route: Route) => Promise<void>;
	readonly code: string;
	readonly title: string;
	readonly why: string;
	readonly button: string;
}

const MISSING = {
	code: 'DB_MISSING',
	title: 'A part of the data did not arrive',
	button: 'Fetch the missing part',
};
const DAMAGED = {
	code: 'DB_HASH',
	title: 'A part of the data is damaged',
	button: 'Fetch it again',
};
const CASES: readonly Case[] = [
	{
		...MISSING,
		name: 'a missing chunk',
		answer: (route) => route.fulfill({ status: 404, body: 'no' }),
		why: 'the server answered 404',
	},
	{
		...MISSING,
		name: 'a chunk that is cut off',
		answer: (route) => route.abort('connectionreset'),
		why: 'the server was not reached',
	},
	{
		...DAMAGED,
		name: 'a chunk with one flipped bit',
		answer: (route) => altered(route, flipped),
		why: 'its content has changed',
	},
	{
		...DAMAGED,
		name: 'a chunk of nine tenths',
		answer: (route) => altered(route, (bytes) => bytes.subarray(0, bytes.length * 0.9)),
		why: 'it ended after',
	},
	{
		...DAMAGED,
		name: 'a web page in place of a chunk',
		answer: (route) => route.fulfill({ status: 200, contentType: 'text/html', body: '<p>Hello' }),
		why: 'a web page came instead',
	},
];

for (const { name, answer, code, title, why, button } of CASES) {
	test(`${name}: said in words, healed by one press, only that part is fetched again`, async ({
		page,
		context,
		watch,
	}) => {
		watch.allow(NETWORK_ERRORS);
		const asked = chunkRequests(context);
		await context.route(`**/${LAST}`, answer);
		await page.goto('/explore/#v=1&nn=AlexNet&z=1');
		await expect(alert(page)).toContainText(title);
		await expect(alert(page)).toContainText(new RegExp(`${WHERE}.*${why}`, 'i'));
		await expect(alert(page)).toContainText(code);
		await expect(page.getByText('No record')).toHaveCount(0);
		// What still works: the leaderboards of the summary, under the same filter.
		await expect(page.getByRole('link', { name: 'AlexNet', exact: true }).first()).toBeVisible();
		expect(new Set(asked), 'every part was asked for').toEqual(new Set(chunks));

		await context.unroute(`**/${LAST}`);
		asked.length = 0;
		await alert(page).getByRole('button', { name: button }).click();
		await ready(page);
		await expect(alert(page)).toHaveCount(0);
		await expect(page.getByRole('row').nth(3)).toContainText('AlexNet');
		expect(asked, 'only the broken part is fetched again').toEqual([LAST]);
	});
}

test('a visit that was cut off goes on where it stopped, and the third needs no network', async ({
	page,
	context,
	watch,
}) => {
	watch.allow(NETWORK_ERRORS);
	const asked = chunkRequests(context);
	await context.route(`**/${LAST}`, (route) => route.abort('connectionreset'));
	await page.goto('/');
	await expect(chip(page)).toHaveAttribute('data-status', 'failed');
	await expect(page.locator('article table').first()).toBeVisible();
	await context.unroute(`**/${LAST}`);
	asked.length = 0;
	await page.reload();
	await ready(page);
	expect(asked).toEqual([LAST]);
	asked.length = 0;
	await page.reload();
	await ready(page);
	expect(asked).toEqual([]);
});

test('offline before the data has come: leaderboards stay, trying again works', async ({
	page,
	context,
	watch,
}) => {
	watch.allow(NETWORK_ERRORS);
	await context.route(`**/${LAST}`, async (route) => {
		await context.setOffline(true);
		await route.abort('internetdisconnected');
	});
	await page.goto('/explore/');
	await expect(alert(page)).toContainText('You are offline');
	await expect(alert(page)).toContainText('DB_OFFLINE');
	await expect(page.locator('article table').first()).toBeVisible();
	await context.unroute(`**/${LAST}`);
	await context.setOffline(false);
	await alert(page).getByRole('button', { name: 'Try again' }).click();
	await ready(page);
});

for (const [what, pattern] of [
	['list of snapshots', '**/stat-db/manifest.json'],
	['summary', `**/${snapshot?.summary.name}`],
] as const) {
	test(`without the ${what} the start page says so and heals`, async ({ page, context, watch }) => {
		watch.allow(NETWORK_ERRORS);
		await context.route(pattern, (route) => route.fulfill({ status: 404, body: 'no' }));
		await page.goto('/');
		await expect(alert(page)).toContainText('The leaderboards did not arrive');
		await expect(alert(page)).toContainText(`404 for the ${what}`);
		await context.unroute(pattern);
		await alert(page).getByRole('button', { name: 'Fetch them again' }).click();
		await expect(page.locator('article table').first()).toBeVisible();
		await ready(page);
		await expect(alert(page)).toHaveCount(0);
	});
}

/** Every way to keep something throws, as some browsers do in private windows. */
const FORBID = `for (const name of ['indexedDB', 'caches', 'localStorage', 'sessionStorage'])
	Object.defineProperty(globalThis, name, {
		get() { throw new DOMException('Storage is forbidden here.', 'SecurityError'); },
	});`;

test('without any storage everything works and is said not to be kept', async ({
	page,
	context,
}) => {
	await context.addInitScript(FORBID);
	// Init scripts do not reach workers: theirs is put before their module.
	await context.route('**/workers/*.js', async (route) => {
		const response = await route.fetch();
		await route.fulfill({ response, body: `${FORBID}\n${await response.text()}` });
	});
	await page.goto('/explore/#v=1&nn=AlexNet&z=1');
	await ready(page);
	await expect(chip(page)).toContainText('not kept');
	await expect(page.getByRole('row').nth(3)).toContainText('AlexNet');

	await page.getByRole('button', { name: 'Saved views' }).click();
	const dialog = page.getByRole('dialog');
	await expect(dialog).toContainText('The browser forbids storage');
	await dialog.getByLabel('Name of the view').fill('Mine');
	await dialog.getByRole('button', { name: 'Save this view' }).click();
	await expect(dialog.getByRole('button', { name: 'Mine', exact: true })).toBeVisible();
	await page.keyboard.press('Escape');

	await page.getByRole('link', { name: 'Settings' }).click();
	await page.getByRole('radio', { name: 'Dark' }).check();
	await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
	await expect(page.locator('main')).toContainText('Not kept: the browser forbids storage');
	await page.getByRole('link', { name: 'SQL' }).click();
	await page.getByRole('button', { name: 'Run', exact: true }).click();
	await expect(page.getByRole('region', { name: 'Result' })).toContainText('AlexNet');
	await page.goto('/');
	await ready(page);
	await expect(page.locator('article table').first()).toBeVisible();
});

interface Step {
	readonly share: number;
	readonly text: string;
}

/** Notes what the header's chip and the explorer's bar show at every change. */
function recordProgress(): void {
	const seen: Record<string, Step[]> = { chip: [], page: [] };
	Object.assign(globalThis, { progressSeen: seen });
	const note = () => {
		for (const [name, place] of [
			['chip', '.chip'],
			['page', '.fetching'],
		] as const) {
			const bar = document.querySelector<HTMLProgressElement>(`${place} progress`);
			const text = document.querySelector(place)?.textContent ?? '';
			if (bar) seen[name]?.push({ share: bar.value, text });
		}
	};
	new MutationObserver(note).observe(document, {
		subtree: true,
		childList: true,
		characterData: true,
		attributes: true,
	});
}

const UNITS: Readonly<Record<string, number>> = { B: 1, kB: 1e3, MB: 1e6 };

function bytesIn(line: string): number | undefined {
	const [, value, unit] = /([\d.,]+)\s*(B|kB|MB) of/.exec(line) ?? [];
	return value && unit ? Number(value.replaceAll(',', '')) * (UNITS[unit] ?? NaN) : undefined;
}

test('progress is in bytes, never goes back and is not full while work goes on', async ({
	page,
	context,
}) => {
	await context.addInitScript(recordProgress);
	let turn = 0;
	for (const name of chunks) {
		await context.route(`**/${name}`, async (route) => {
			await new Promise((done) => setTimeout(done, 250 * turn++));
			await route.continue();
		});
	}
	await page.goto('/explore/');
	await ready(page);
	const seen = await page.evaluate(
		() => (globalThis as unknown as { progressSeen: Record<string, Step[]> }).progressSeen,
	);
	for (const name of ['chip', 'page']) {
		const steps = seen[name] ?? [];
		const shares = steps.map(({ share }) => share);
		expect(new Set(shares).size, `${name}: it moves`).toBeGreaterThan(3);
		expect(shares, `${name}: never back`).toEqual([...shares].sort((a, b) => a - b));
		const fetching = steps.filter(({ text: line }) => bytesIn(line) !== undefined);
		expect(
			fetching.filter(({ share }) => share >= 1),
			`${name}: full only at the end`,
		).toEqual([]);
		const bytes = steps.flatMap(({ text: line }) => bytesIn(line) ?? []);
		expect(new Set(bytes).size, `${name}: in bytes`).toBeGreaterThan(2);
		expect(bytes, `${name}: bytes never back`).toEqual([...bytes].sort((a, b) => a - b));
	}
});
