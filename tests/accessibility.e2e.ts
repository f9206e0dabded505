/**
 * axe finds nothing on any route and in any state of a panel, light or dark, wide or at 360 px; no page
 * scrolls sideways; the keyboard reaches what matters; print is light.
 */
import { violations } from './support/axe';
import { openExplore, PATIENCE, ready, settled } from './support/explore';
import { expect as base, test, type Page } from './support/watch';

const expect = base.configure({ timeout: PATIENCE.timeout });
const NARROW = { width: 360, height: 740 };
const WIDE = { width: 1440, height: 900 };

interface Place {
	readonly name: string;
	readonly path: string;
	/** appears once the page is what it is meant to be */
	readonly shown: string;
	readonly prepare?: (page: Page) => Promise<unknown>;
}

/** From the empty list of studies to one that is done. */
async function makeExample(page: Page): Promise<void> {
	await page.getByRole('button', { name: /^Try one/ }).click(PATIENCE);
	await page.getByText('60 of 60 trials').first().waitFor({ timeout: 90_000 });
}

const ROUTES: readonly Place[] = [
	{ name: 'home', path: '/', shown: 'article table' },
	{ name: 'table', path: '/explore/', shown: '[data-row="3"]' },
	{ name: 'summary', path: '/explore/#v=1&view=summary&z=1', shown: '#view table' },
	{ name: 'curves', path: '/explore/#v=1&view=curves&z=1', shown: '#view svg' },
	{ name: 'scatter', path: '/explore/#v=1&view=scatter&z=1', shown: '#view svg, #view canvas' },
	{ name: 'nets', path: '/nets/', shown: 'main table' },
	{ name: 'net', path: '/nets/AlexNet', shown: 'main svg' },
	{ name: 'compare, nothing pinned', path: '/compare/', shown: '[data-state=empty]' },
	{
		name: 'compare, two pins',
		path: '/compare/',
		shown: 'main svg',
		prepare: (page) => page.getByRole('button', { name: 'Pin the two best runs' }).click(),
	},
	{
		name: 'SQL with a result',
		path: '/sql/',
		shown: 'main table',
		prepare: (page) => page.getByRole('button', { name: 'Run', exact: true }).click(),
	},
	{
		name: 'datasets with samples',
		path: '/datasets/',
		shown: 'main canvas',
		prepare: async (page) => {
			const digits = page.getByRole('article', { name: 'Digits' });
			await digits
				.getByRole('button', { name: /^Load / })
				.or(digits.getByText('On this device'))
				.first()
				.waitFor(PATIENCE);
			const load = digits.getByRole('button', { name: /^Load / });
			if (await load.isVisible()) await load.click();
			await digits.getByRole('button', { name: 'Look at samples' }).click(PATIENCE);
		},
	},
	{ name: 'training room', path: '/train/', shown: '.start:enabled' },
	{ name: 'studies, none yet', path: '/studies/', shown: '[data-state=empty]' },
	{
		name: 'form of a new study',
		path: '/studies/#v=1&study=new&z=1',
		shown: 'form button.primary:enabled',
	},
	{ name: 'race of samplers', path: '/studies/race/', shown: 'form button.primary:enabled' },
	{
		name: 'a study',
		path: '/studies/',
		shown: '[data-drawn=true]',
		prepare: makeExample,
	},
	{
		name: 'studies',
		path: '/studies/',
		shown: 'main li [data-study]',
		prepare: async (page) => {
			await makeExample(page);
			await page.getByRole('link', { name: 'All studies' }).click();
		},
	},
	{ name: 'settings', path: '/settings/', shown: 'input[name=snapshot]' },
	{ name: 'docs', path: '/docs/', shown: 'main h2' },
	{ name: 'no such page', path: '/no-such-page', shown: 'main h1' },
];

async function arrive(page: Page, { path, shown, prepare }: Place): Promise<void> {
	await page.goto('about:blank');
	await page.goto(path);
	await ready(page);
	await prepare?.(page);
	await page.locator(shown).first().waitFor(PATIENCE);
	await settled(page);
}

/** Whole set of rules in light, contrast again in dark. */
async function expectSound(page: Page, name: string): Promise<void> {
	await expectLightSound(page, name);
	await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
	expect.soft(await violations(page, ['color-contrast']), `${name}, dark`).toEqual([]);
}

async function expectLightSound(page: Page, name: string): Promise<void> {
	await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
	expect.soft(await violations(page), name).toEqual([]);
}

async function expectNoSidewaysScroll(page: Page, name: string): Promise<void> {
	const over = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
	// What fits only after a change of the layout may take a moment.
	await expect.poll(over, `${name}: px that the page is too wide`).toBeLessThanOrEqual(0);
}

/** The browser and the router say that an address has no file of its own; the page is made from the name. */
const NO_FILE = /404 .*\/nets\/AlexNet|no-such-page/;

test.describe.configure({ mode: 'parallel', timeout: 240_000 });

for (const half of [0, 1]) {
	test(`routes, wide and at 360 px (${half + 1} of 2)`, async ({ page, watch }) => {
		watch.allow(NO_FILE);
		for (const place of ROUTES.filter((_, index) => index % 2 === half)) {
			await page.setViewportSize(WIDE);
			await arrive(page, place);
			await expectSound(page, place.name);
			await page.setViewportSize(NARROW);
			await page.locator(place.shown).first().waitFor(PATIENCE);
			await settled(page);
			await expectNoSidewaysScroll(page, place.name);
			await expectLightSound(page, `${place.name} at 360 px`);
		}
	});
}

const LAYER = 'dialog[open], .popup .panel, [popover]:popover-open';

/** Opens something over the page, checks it and closes it. */
async function checkLayer(page: Page, name: string, button: RegExp): Promise<void> {
	await page.getByRole('button', { name: button }).first().click();
	await page.locator(LAYER).first().waitFor(PATIENCE);
	await expectSound(page, name);
	await page.keyboard.press('Escape');
	await expect(page.locator(LAYER)).toHaveCount(0);
}

test('drawer, dialogs and menus', async ({ page }) => {
	await openExplore(page, '#v=1&nn=AlexNet&z=1');
	await page.locator('[data-row="2"]').click();
	await page.getByRole('dialog', { name: /^Run of AlexNet/ }).waitFor(PATIENCE);
	await settled(page);
	await expectSound(page, 'drawer of a run');
	await page.setViewportSize(NARROW);
	await expectNoSidewaysScroll(page, 'drawer');
	await expectLightSound(page, 'drawer at 360 px');
	await page.keyboard.press('Escape');
	await page.getByRole('button', { name: /^Filters/ }).click();
	await page.getByRole('dialog', { name: 'Filters' }).waitFor(PATIENCE);
	await expectSound(page, 'filter sheet');
	await page.keyboard.press('Escape');
	await page.setViewportSize(WIDE);
	await checkLayer(page, 'saved views', /^Saved views/);
	await checkLayer(page, 'share menu', /^Share/);
	await checkLayer(page, 'export', /^Export/);
	await checkLayer(page, 'copy menu', /^Copy/);
	await checkLayer(page, 'columns', /^Columns/);
	await checkLayer(page, 'column menu', /^Menu of /);
	await checkLayer(page, 'palette', /^Search Ctrl K/);
	await page.locator('h1').click();
	await page.keyboard.press('?');
	await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor(PATIENCE);
	await expectSound(page, 'shortcuts');
});

/** While `held` is set, what the page says to its workers waits. */
function holdWorkers(): void {
	const send = Worker.prototype.postMessage;
	const waiting: (() => void)[] = [];
	const gate = {
		held: false,
		release() {
			gate.held = false;
			for (const one of waiting.splice(0)) one();
		},
	};
	Object.assign(globalThis, { gate });
	Worker.prototype.postMessage = function (this: Worker, ...message: [unknown, never]) {
		const go = () => send.apply(this, message);
		if (gate.held) waiting.push(go);
		else go();
	};
}
declare const gate: { held: boolean; release(): void };

test('states of a panel: loading, partial, error, ready, stale, empty', async ({
	page,
	context,
	watch,
}) => {
	watch.allow(/Failed to load resource/);
	await context.addInitScript(holdWorkers);
	let answer: () => void = () => undefined;
	const held = new Promise<void>((resolve) => (answer = resolve));
	await context.route('**/stat-db/*-summary-*.bin', async (route) => {
		await held;
		await route.continue();
	});
	await context.route('**/stat-db/2*.bin', (route) =>
		route.request().url().includes('summary')
			? route.fallback()
			: held.then(() => route.fulfill({ status: 404, body: 'no' })),
	);
	const state = (name: string) => page.locator(`main [data-state=${name}]`).first();
	await page.goto('/explore/#v=1&nn=AlexNet&view=summary&z=1');
	await state('loading').waitFor(PATIENCE);
	await expectSound(page, 'loading');
	answer();
	await state('partial').waitFor(PATIENCE);
	await page.locator('main [role=alert]').waitFor(PATIENCE);
	await expectSound(page, 'partial and error');
	await page.setViewportSize(NARROW);
	await expectNoSidewaysScroll(page, 'partial and error');
	await page.setViewportSize(WIDE);

	await context.unroute('**/stat-db/2*.bin');
	await page.locator('main [role=alert]').getByRole('button').first().click();
	await ready(page);
	await page.locator('#view [data-state=ready]').first().waitFor(PATIENCE);
	await expectSound(page, 'ready');
	await page.evaluate(() => (gate.held = true));
	await page.getByRole('group', { name: 'Dataset' }).getByRole('checkbox').first().check();
	await page.locator('#view [data-state=stale]').first().waitFor(PATIENCE);
	await expect(page.locator('#view table').first()).toBeVisible();
	await expectSound(page, 'stale');
	await page.evaluate(() => gate.release());
	await settled(page);

	await page.goto('/explore/#v=1&nn=NoSuchNet&z=1');
	await page.reload();
	await ready(page);
	await page.getByText('No record').first().waitFor(PATIENCE);
	await expectSound(page, 'empty');
	await page.setViewportSize(NARROW);
	await expectNoSidewaysScroll(page, 'empty');
	await expectLightSound(page, 'empty at 360 px');
});

/** Presses Tab until something with this role and name has the focus. */
async function tabTo(
	page: Page,
	role: 'button' | 'link' | 'grid' | 'tab' | 'combobox' | 'textbox',
	name: RegExp,
) {
	const wanted = page.getByRole(role, { name }).first();
	await wanted.waitFor(PATIENCE);
	for (let presses = 0; presses < 80; presses++) {
		if (await wanted.evaluate((element) => element === document.activeElement)) return;
		await page.keyboard.press('Tab');
	}
	throw new Error(`Tab never reaches ${role} ${name}`);
}

test('the keyboard alone reaches the main action of every route', async ({ page, watch }) => {
	watch.allow(NO_FILE);
	await page.goto('/');
	await ready(page);
	await page.keyboard.press('Tab');
	await expect(page.locator(':focus')).toHaveText('Skip to content');
	await expect(page.locator(':focus')).toBeInViewport();
	await page.keyboard.press('Enter');
	await expect(page.locator('main')).toBeFocused();
	await tabTo(page, 'link', /^cifar-10$/);
	await page.keyboard.press('Enter');
	await page.waitForURL(/explore/);
	await settled(page);

	await tabTo(page, 'tab', /^Table$/);
	await page.keyboard.press('ArrowRight');
	await expect(page.getByRole('tab', { name: 'Summary' })).toHaveAttribute('aria-selected', 'true');
	await page.keyboard.press('Home');
	await settled(page);
	await tabTo(page, 'grid', /^Trials$/);
	await page.keyboard.press('ArrowDown');
	await page.keyboard.press('Enter');
	const drawer = page.getByRole('dialog', { name: /^Run of/ });
	await expect(drawer).toBeFocused();
	await page.keyboard.press('Escape');
	await expect(drawer).toHaveCount(0);
	await expect(page.getByRole('grid', { name: 'Trials' })).toBeFocused();

	await page.keyboard.press('Control+k');
	const palette = page.getByRole('dialog', { name: 'Search' });
	await expect(palette.getByRole('combobox')).toBeFocused();
	await page.keyboard.type('go to the nets');
	await expect(palette.getByRole('option').first()).toContainText('Go to the nets');
	await page.keyboard.press('Enter');
	await page.waitForURL(/nets/);
	await tabTo(page, 'link', /^AlexNet$/);
	await page.keyboard.press('Enter');
	await page.waitForURL(/AlexNet/);
	await tabTo(page, 'link', /^Explore its records/);

	await page.goto('/compare/');
	await ready(page);
	await tabTo(page, 'button', /^Pin the two best runs/);
	await page.keyboard.press('Enter');
	await expect(page.locator('main svg').first()).toBeVisible();
	await page.goto('/sql/');
	await ready(page);
	await tabTo(page, 'button', /^Run$/);
	await page.keyboard.press('Enter');
	await tabTo(page, 'link', /^Settings$/);
	await page.goto('/settings/');
	await page.getByRole('radio', { name: 'As the system' }).focus();
	await page.keyboard.press('ArrowDown');
	await page.keyboard.press('ArrowDown');
	await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});

test('print is light, without controls, also from a dark page', async ({ page, watch }) => {
	watch.allow(NO_FILE);
	await page.emulateMedia({ colorScheme: 'dark' });
	for (const path of ['/explore/#v=1&nn=AlexNet&theme=dark&z=1', '/', '/nets/AlexNet']) {
		await page.goto(path);
		await ready(page);
		await settled(page);
		const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
		expect(await background()).not.toBe('rgb(255, 255, 255)');
		await page.emulateMedia({ colorScheme: 'dark', media: 'print' });
		expect(await background(), path).toBe('rgb(255, 255, 255)');
		const text = await page.evaluate(
			() => getComputedStyle(document.querySelector('h1') ?? document.body).color,
		);
		const dark = text
			.match(/\d+/g)
			?.slice(0, 3)
			.every((part) => Number(part) < 100);
		expect(dark, `${path}: text is ${text}`).toBe(true);
		for (const control of await page.locator('.no-print').all()) await expect(control).toBeHidden();
		await page.emulateMedia({ colorScheme: 'dark', media: null });
	}
});
