/** The built site on a local server and one Chromium to open it: what every browser benchmark needs. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { chromiumArgs, findChromium } from '../chromium.mjs';
import { serve } from '../serve.mjs';
import { installProbe } from './probe';

const BUILD = fileURLToPath(new URL('../../build/', import.meta.url));
const VIEWPORT = { width: 1440, height: 900 };

export interface Site {
	readonly browser: Browser;
	/** with a trailing slash */
	readonly address: string;
	/** the served copy of the build */
	readonly root: string;
	close(): Promise<void>;
}

/**
 * Serves a copy of the build, so that a build made meanwhile does not change what is measured.
 * @param build folder of a built site; the repository's own is built when it is missing
 * @throws Error when there is no browser or the build fails
 */
export async function openSite(build = BUILD): Promise<Site> {
	const executablePath = findChromium();
	if (!executablePath) throw new Error('There is no Chromium here: set CHROMIUM_PATH to one.');
	if (!existsSync(join(build, 'index.html'))) {
		if (build !== BUILD) throw new Error(`${build} holds no built site.`);
		const { status } = spawnSync('npm', ['run', 'build'], { stdio: 'inherit' });
		if (status !== 0) throw new Error('`npm run build` failed; see above.');
	}
	const root = mkdtempSync(join(tmpdir(), 'lemur-bench-'));
	cpSync(build, root, { recursive: true });
	const server = await serve({ port: 0, root });
	const browser = await chromium.launch({ executablePath, args: chromiumArgs });
	return {
		browser,
		address: server.address,
		root,
		async close() {
			await browser.close();
			await server.close();
			rmSync(root, { recursive: true });
		},
	};
}

/** A visitor whose browser has never been here: empty caches, no stored data. */
export async function newVisitor({ browser }: Site): Promise<BrowserContext> {
	const context = await browser.newContext({ viewport: VIEWPORT });
	// tsx names functions through a helper that a page does not have.
	await context.addInitScript('globalThis.__name = (named) => named;');
	await context.addInitScript(installProbe);
	return context;
}

/** Opens a page of the site in a new tab and waits until the header says that the data is ready. */
export async function openPage(context: BrowserContext, address: string): Promise<Page> {
	const page = await context.newPage();
	await page.goto(address);
	await page.locator('[data-status=ready]').waitFor({ timeout: 60_000 });
	return page;
}

/** Waits until no worker owes the page an answer. */
export async function untilQuiet(page: Page): Promise<void> {
	await page.waitForFunction(
		() =>
			new Promise((resolve) => {
				const quiet = () => globalThis.benchProbe.pending() === 0;
				// Twice, a frame apart: an answer may bring the next question.
				requestAnimationFrame(() => requestAnimationFrame(() => resolve(quiet())));
			}),
	);
}
