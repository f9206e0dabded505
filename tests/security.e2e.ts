/**
 * The content policy is on every page and holds, in workers too; hostile links run, write, ask and break
 * nothing; no page asks another origin for anything.
 */
import fc from 'fast-check';
import type { BrowserContext, Route } from '@playwright/test';
import { hostileLink } from '../src/lib/url/hostile-links';
import { openExplore, PATIENCE, ready, settled } from './support/explore';
import { expect as base, test, type Page } from './support/watch';

const expect = base.configure({ timeout: PATIENCE.timeout });
const PAGES = [
	'/',
	'/explore/',
	'/nets/',
	'/compare/',
	'/plots/',
	'/embed/',
	'/sql/',
	'/datasets/',
	'/train/',
	'/studies/',
	'/studies/compare/',
	'/studies/race/',
	'/bench/',
	'/docs/',
	'/settings/',
];
/** The only other hosts that a page may ask, and only when a visitor downloads a dataset. */
const MIRRORS = [
	'https://huggingface.co',
	'https://cdn-lfs.hf.co',
	'https://cdn-lfs-us-1.hf.co',
	'https://cas-bridge.xethub.hf.co',
	'https://us.aws.cdn.hf.co',
];
const ELSEWHERE = 'https://elsewhere.example';

test.describe.configure({ mode: 'parallel', timeout: 180_000 });

test('every page carries the policy before anything is fetched or run', async ({ request }) => {
	for (const path of [...PAGES, '/404.html', '/no-such-page', '/nets/AlexNet']) {
		const html = await (await request.get(path)).text();
		const at = html.indexOf('http-equiv="content-security-policy"');
		expect(at, path).toBeGreaterThan(0);
		expect(html.slice(0, at), `${path}: only meta elements before it`).not.toMatch(
			/<(script|link|style|img|iframe|base|object)\b/,
		);
		const policy = /content="([^"]+)"/.exec(html.slice(at))?.[1] ?? '';
		const rules = new Map(policy.split(';').map((rule) => split(rule.trim())));
		expect(rules.get('default-src'), path).toBe("'none'");
		expect(rules.get('connect-src'), path).toBe(`'self' ${MIRRORS.join(' ')}`);
		expect(rules.get('worker-src'), path).toBe("'self' blob:");
		expect(rules.get('base-uri'), path).toBe("'none'");
		expect(rules.get('form-action'), path).toBe("'none'");
		expect(rules.get('require-trusted-types-for'), path).toBe("'script'");
		expect(rules.get('script-src'), path).not.toMatch(
			/unsafe-inline|'unsafe-eval'|https?:|\*|data:/,
		);
		expect(html, path).toContain('<meta name="referrer" content="no-referrer" />');
	}
});

function split(rule: string): [string, string] {
	const space = rule.indexOf(' ');
	return space < 0 ? [rule, ''] : [rule.slice(0, space), rule.slice(space + 1)];
}

/** Collects violations in every document of a context, from its first moment. */
async function collectViolations(context: BrowserContext): Promise<string[]> {
	const violations: string[] = [];
	await context.exposeFunction('reportViolation', (line: string) => violations.push(line));
	await context.addInitScript(() => {
		document.addEventListener('securitypolicyviolation', (event) => {
			const { reportViolation } = globalThis as unknown as {
				reportViolation(line: string): void;
			};
			reportViolation(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`);
		});
	});
	return violations;
}

test('a walk over the whole site: no violation, no request to another origin', async ({
	page,
	context,
	watch,
}) => {
	watch.allow(/404 .*\/nets\/AlexNet/); // made from its name, there is no such file
	const violations = await collectViolations(context);
	await page.goto('/');
	await ready(page);
	for (const name of [
		'Explore',
		'Nets',
		'Compare',
		'Plots',
		'SQL',
		'Studies',
		'Datasets',
		'Docs',
		'Settings',
	]) {
		await page.getByRole('navigation').getByRole('link', { name, exact: true }).click();
		await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
		await settled(page);
	}
	for (const view of ['summary', 'curves', 'scatter', 'table']) {
		await page.goto(`/explore/#v=1&nn=AlexNet&view=${view}&z=1`);
		await ready(page);
		await settled(page);
	}
	await page.locator('[data-row="2"]').click();
	await page.getByRole('dialog', { name: /^Run of/ }).waitFor(PATIENCE);
	await page.keyboard.press('Escape');
	await page.keyboard.press('Control+k');
	await page.getByRole('dialog', { name: 'Search' }).getByRole('option').first().waitFor(PATIENCE);
	await page.keyboard.press('Escape');
	await page.goto('/nets/AlexNet');
	await expect(page.locator('main svg').first()).toBeVisible();
	await page.goto('/compare/');
	await page.getByRole('button', { name: 'Pin the two best runs' }).click();
	await expect(page.locator('main svg').first()).toBeVisible();
	await page.goto('/sql/');
	await ready(page);
	await page.getByRole('button', { name: 'Run', exact: true }).click();
	await page.getByRole('region', { name: 'Result' }).waitFor(PATIENCE);
	expect(violations).toEqual([]);
});

/** Each attempt says whether it was let through. Served as a script of the page: what a test evaluates is
 * not under the policy. */
const PROBE = `
const results = {};
const attempt = async (name, work) => {
	try { results[name] = (await work()) === false ? 'blocked' : 'allowed'; }
	catch { results[name] = 'blocked'; }
};
const element = (tag, parts) => Object.assign(document.createElement(tag), parts);
const loads = (node) => new Promise((done) => {
	node.onload = () => done(true);
	node.onerror = () => done(false);
	document.body.append(node);
	setTimeout(() => done(false), 2000);
});
const answers = (worker) => new Promise((done) => {
	worker.onmessage = () => done(true);
	worker.onerror = () => done(false);
	setTimeout(() => done(false), 2000);
});
globalThis.probed = (async () => {
	await attempt('inline script', () => {
		document.body.append(element('script', { textContent: 'globalThis.inlineRan = true' }));
		return globalThis.inlineRan === true;
	});
	await attempt('event attribute', () => {
		const button = document.createElement('button');
		button.setAttribute('onclick', 'globalThis.attributeRan = true');
		button.click();
		return globalThis.attributeRan === true;
	});
	await attempt('eval', () => eval('1 + 1') === 2);
	await attempt('new Function', () => new Function('return 2')() === 2);
	await attempt('innerHTML', () => { document.createElement('p').innerHTML = '<b>x</b>'; });
	await attempt('policy of another name', () => trustedTypes.createPolicy('other', {}));
	await attempt('worker by URL', () => answers(new Worker('/probe-worker.js')));
	await attempt('worker from a blob of its own', () => answers(new Worker(
		URL.createObjectURL(new Blob(['postMessage(1)'], { type: 'text/javascript' })))));
	await attempt('fetch elsewhere', () => fetch('${ELSEWHERE}/').then(() => true));
	await attempt('beacon elsewhere', () => new Promise((done) => {
		addEventListener('securitypolicyviolation', ({ blockedURI }) =>
			blockedURI.includes('beacon') && done(false));
		navigator.sendBeacon('${ELSEWHERE}/beacon', 'x');
		setTimeout(() => done(true), 500);
	}));
	await attempt('image elsewhere', () => loads(element('img', { src: '${ELSEWHERE}/x.svg' })));
	await attempt('script elsewhere', () => loads(element('script', { src: '${ELSEWHERE}/x.js' })));
	await attempt('frame', () => new Promise((done) => {
		addEventListener('securitypolicyviolation', ({ violatedDirective }) =>
			/frame-src|child-src/.test(violatedDirective) && done(false));
		document.body.append(element('iframe', { src: '/docs/' }));
		setTimeout(() => done(true), 500);
	}));
	return results;
})();
`;

/** Answers for another origin whatever is asked. @returns what was asked */
async function serveElsewhere(context: BrowserContext): Promise<string[]> {
	const asked: string[] = [];
	await context.route(`${ELSEWHERE}/**`, (route) => {
		const url = route.request().url();
		asked.push(url);
		const headers = { 'access-control-allow-origin': '*' };
		const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>';
		return route.fulfill({ headers, ...(url.endsWith('.js') ? script('1') : image(svg)) });
	});
	return asked;
}

const script = (body: string) => ({ contentType: 'text/javascript', body });
const image = (body: string) => ({ contentType: 'image/svg+xml', body });

/** Serves a page of the site with the probe in it, with its policy or without. @returns what it asked of
 * another origin */
async function serveProbe(context: BrowserContext, policy: boolean): Promise<string[]> {
	await context.route('**/docs/', async (route: Route) => {
		if (route.request().frame().parentFrame()) return route.continue();
		const response = await route.fetch();
		const html = (await response.text()).replace(
			'</body>',
			'<script src="/probe.js"></script></body>',
		);
		const body = policy
			? html
			: html.replace(/<meta http-equiv="content-security-policy"[^>]*>/, '');
		await route.fulfill({ response, body });
	});
	await context.route('**/probe.js', (route) => route.fulfill(script(PROBE)));
	await context.route('**/probe-worker.js', (route) => route.fulfill(script('postMessage(1)')));
	return serveElsewhere(context);
}

type Probed = { probed: Promise<Record<string, string>> };
const probed = (page: Page) => page.evaluate(() => (globalThis as unknown as Probed).probed);

test('the policy stops inline scripts, eval, workers, frames and other origins', async ({
	page,
	context,
	watch,
}) => {
	watch.allow(/.*/); // the probe provokes the browser's own complaints
	const asked = await serveProbe(context, true);
	await page.goto('/docs/');
	const results = await probed(page);
	expect(Object.keys(results).length).toBeGreaterThan(12);
	expect(Object.entries(results).filter(([, result]) => result !== 'blocked')).toEqual([]);
	expect(asked).toEqual([]);
});

test('the probe sees what is let through: without the policy everything is', async ({
	page,
	context,
	watch,
}) => {
	watch.allow(/.*/);
	const asked = await serveProbe(context, false);
	await page.goto('/docs/');
	const results = await probed(page);
	expect(Object.entries(results).filter(([, result]) => result !== 'allowed')).toEqual([]);
	expect(asked.length).toBeGreaterThan(2);
});

test('the policy holds inside the workers', async ({ page, context, watch }) => {
	watch.allow(/Content Security Policy/);
	// The browser tells of a module that it refuses to fetch; `asked` shows that it was not.
	watch.allow(/foreign request: .*x\.js/);
	const reports: Record<string, string>[] = [];
	await context.exposeFunction('reportWorker', (report: Record<string, string>) =>
		reports.push(report),
	);
	await context.addInitScript(() => {
		const channel = new BroadcastChannel('probe');
		channel.onmessage = ({ data }) => {
			const { reportWorker } = globalThis as unknown as { reportWorker(report: unknown): void };
			reportWorker(data);
		};
	});
	const probe = `(async () => {
		const blocked = (work) => Promise.resolve().then(work).then(() => 'allowed', () => 'blocked');
		const report = {
			elsewhere: await blocked(() => fetch('${ELSEWHERE}/')),
			eval: await blocked(() => eval('1')),
			module: await blocked(() => import('${ELSEWHERE}/x.js')),
			own: await blocked(() => fetch(new URL('/favicon.svg', location.origin))),
		};
		new BroadcastChannel('probe').postMessage(report);
	})();`;
	await context.route('**/workers/*.js', async (route) => {
		const response = await route.fetch();
		await route.fulfill({ response, body: `${probe}\n${await response.text()}` });
	});
	const asked = await serveElsewhere(context);
	await page.goto('/sql/');
	await ready(page);
	await page.getByRole('button', { name: 'Run', exact: true }).click();
	await page.getByRole('region', { name: 'Result' }).waitFor(PATIENCE);
	await expect.poll(() => reports.length, 'data worker and SQL workers').toBeGreaterThan(1);
	for (const report of reports) {
		expect(report).toEqual({
			elsewhere: 'blocked',
			eval: 'blocked',
			module: 'blocked',
			own: 'allowed',
		});
	}
	expect(asked).toEqual([]);
	await context.unrouteAll({ behavior: 'ignoreErrors' });
});

/** Everything this device keeps for the site but the list of recent states, as text. */
async function keptText(page: Page): Promise<string> {
	return page.evaluate(async () => {
		const done = <T>(request: IDBRequest<T>) =>
			new Promise<T>((resolve, reject) => {
				request.onsuccess = () => resolve(request.result);
				request.onerror = () => reject(request.error ?? new Error('IndexedDB'));
			});
		const all: unknown[] = [{ ...localStorage }];
		for (const { name = '' } of await indexedDB.databases()) {
			const db = await done(indexedDB.open(name));
			for (const collection of [...db.objectStoreNames].filter((one) => one !== 'recents')) {
				const store = db.transaction(collection).objectStore(collection);
				all.push([name, collection, await done(store.getAllKeys()), await done(store.getAll())]);
			}
			db.close();
		}
		return JSON.stringify(all);
	});
}

test('64 hostile links in a real page: nothing runs, nothing is written, nothing breaks', async ({
	page,
	context,
}) => {
	const called: string[] = [];
	await context.exposeFunction('canary', () => void called.push('canary'));
	page.on('dialog', (dialog) => {
		called.push(dialog.message());
		void dialog.dismiss();
	});
	const violations = await collectViolations(context);
	await openExplore(page);
	await page.getByRole('button', { name: 'Saved views' }).click();
	await page.getByLabel('Name of the view').fill('Mine');
	await page.getByRole('button', { name: 'Save this view' }).click();
	await page.getByRole('button', { name: 'Mine', exact: true }).waitFor(PATIENCE);
	await page.keyboard.press('Escape');
	const before = await keptText(page);
	expect(before).toContain('Mine');

	const seed = Number(process.env['SEED'] ?? 20_260_101);
	const links = fc.sample(hostileLink, { seed, numRuns: 64 });
	for (const [index, link] of links.entries()) {
		const where = ['/explore/', '/compare/', '/sql/', '/'][(index / 8) % 4] ?? '/';
		if (index % 8 === 0) await page.goto(`${where}${link}`);
		await page.evaluate((fragment) => (location.hash = fragment), link);
		await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
	}
	expect(called).toEqual([]);
	expect(violations).toEqual([]);
	expect(await keptText(page), 'nothing was written').toBe(before);
	expect(await page.evaluate(() => 'polluted' in {})).toBe(false);

	await page.goto('/');
	await openExplore(page, '#v=1&nn=AlexNet&z=1');
	await expect(page.locator('[data-row="1"]')).toContainText('AlexNet');
});

test('SQL of a link waits for Run', async ({ page }) => {
	await page.goto(`/sql/#v=1&sql=${encodeURIComponent('SELECT 6 * 7 AS answer')}&z=1`);
	await ready(page);
	await expect(page.locator('main')).toContainText('Nothing has been run');
	await expect(page.locator('.editor')).toContainText('SELECT 6 * 7');
	await page.waitForTimeout(500);
	await expect(page.getByRole('region', { name: 'Result' })).toHaveCount(0);
	await expect(page.getByTestId('sql-status')).toHaveText('');
	await page.getByRole('button', { name: 'Run', exact: true }).click();
	await expect(page.getByRole('region', { name: 'Result' })).toContainText('42');
});
