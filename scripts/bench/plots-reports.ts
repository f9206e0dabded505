/** Reports of all records, made by the page: time, size, memory of the tab, tasks of the main thread. */
import type { BrowserContext, Page } from '@playwright/test';
import type { ReportKind } from '../../src/lib/stats/report/report';
import type { Figure } from './figures';
import { sampleMemory, type MemorySampler } from './memory';
import { largest } from './numbers';
import { openPage, untilQuiet, type Site } from './site';

const KINDS: readonly { kind: ReportKind; name: string; reach?: number }[] = [
	{ kind: 'lemur-statistics', name: 'statistics.xlsx of all records', reach: 20_000 },
	{ kind: 'lemur-raw', name: 'raw_data.xlsx of all records', reach: 60_000 },
	{ kind: 'living', name: 'living workbook of all records' },
];
const MEMORY = 500e6;
const LONG_TASK = 200;
const PREVIEW_MS = 500;
const CANCEL_MS = 300;
const PATIENCE_MS = 300_000;
const SETTLE_MS = 1_000;

interface Made {
	readonly preview: number;
	/** from the press to the saved file */
	readonly ms: number;
	readonly bytes: number;
	/** of the estimate, 1 = as estimated */
	readonly peak: number;
	readonly longest: number;
	readonly cancel: number;
}

/** @param only kinds of reports; all where there are none */
export async function reportFigures(
	site: Site,
	context: BrowserContext,
	repeats: number,
	only: readonly string[],
): Promise<Figure[]> {
	const memory = await sampleMemory(site.browser);
	const figures: Figure[] = [];
	try {
		for (const { kind, name, reach } of KINDS) {
			if (only.length > 0 && !only.includes(kind)) continue;
			const made: Made[] = [];
			for (let i = 0; i < repeats; i++) made.push(await makeOnce(site, context, kind, memory));
			figures.push(...figuresOf(name, reach, made));
			console.error(`${kind}: ${made.map(({ ms }) => (ms / 1000).toFixed(1)).join(' ')} s`);
		}
	} finally {
		await memory.stop();
	}
	return figures;
}

function figuresOf(name: string, reach: number | undefined, made: readonly Made[]): Figure[] {
	const of = (key: keyof Made) => made.map((one) => one[key]);
	return [
		{ name, unit: 'ms', repeats: of('ms'), ...(reach === undefined ? {} : { reach }) },
		{ name: '  size of the file', unit: 'MB', repeats: of('bytes') },
		{ name: '  private memory of the tab, peak', unit: 'MB', repeats: of('peak'), reach: MEMORY },
		{
			name: '  longest task of the main thread',
			unit: 'ms',
			repeats: of('longest'),
			reach: LONG_TASK,
		},
		{
			name: '  preview, from opening the page',
			unit: 'ms',
			repeats: of('preview'),
			reach: PREVIEW_MS,
		},
		{ name: '  Cancel, from press to answer', unit: 'ms', repeats: of('cancel'), reach: CANCEL_MS },
	];
}

async function makeOnce(
	site: Site,
	context: BrowserContext,
	kind: ReportKind,
	memory: MemorySampler,
): Promise<Made> {
	// The living workbook is chosen at the start.
	const other: ReportKind = kind === 'lemur-raw' ? 'lemur-statistics' : 'lemur-raw';
	const hash = (one: ReportKind) => `#v=1&report=${one}&z=1`;
	const page = await openPage(context, `${site.address}reports/${hash(other)}`);
	const create = page.getByRole('button', { name: /^Create / });
	await create.and(page.locator(':enabled')).waitFor();
	await untilQuiet(page);
	const preview = await page.evaluate(timePreview, hash(kind));
	await page.waitForTimeout(SETTLE_MS);
	const cancel = await cancelOnce(page);
	await untilQuiet(page);
	await page.waitForTimeout(SETTLE_MS);
	memory.peak();
	const start = await page.evaluate(() => performance.now());
	const downloaded = page.waitForEvent('download', { timeout: PATIENCE_MS });
	await create.click();
	const download = await downloaded;
	const end = await page.evaluate(() => performance.now());
	const peak = memory.peak();
	const { size } = await import('node:fs/promises').then(async ({ stat }) =>
		stat(await download.path()),
	);
	const tasks = await page.evaluate(
		({ from, to }) =>
			globalThis.benchProbe.longTasks
				.filter((task) => task.start >= from && task.start <= to)
				.map(({ duration }) => duration),
		{ from: start, to: end },
	);
	await page.close();
	const longest = tasks.length > 0 ? largest(tasks) : 0;
	return { preview, ms: end - start, bytes: size, peak, longest, cancel };
}

/** Runs in the page: ms from the choice of a kind to its preview. */
function timePreview(hash: string): Promise<number> {
	return new Promise((resolve) => {
		const start = performance.now();
		let asked = false;
		const watcher = new MutationObserver(() => {
			const state = document
				.querySelector('section[aria-label="Preview of the report"]')
				?.getAttribute('data-state');
			asked ||= state !== 'ready';
			if (!asked || state !== 'ready') return;
			watcher.disconnect();
			requestAnimationFrame(() => resolve(performance.now() - start));
		});
		watcher.observe(document, { subtree: true, childList: true, attributes: true });
		location.hash = hash;
	});
}

/** @returns ms from the press on Cancel, in the middle of the work, to the words that say so */
async function cancelOnce(page: Page): Promise<number> {
	await page.getByRole('button', { name: /^Create / }).click();
	await page.waitForFunction(() => (document.querySelector('progress')?.value ?? 0) > 0.05);
	return page.evaluate(
		() =>
			new Promise<number>((resolve, reject) => {
				const buttons = [...document.querySelectorAll('button')];
				const button = buttons.find(({ textContent }) => textContent?.trim() === 'Cancel');
				if (!button) return reject(new Error('There is no Cancel: the report is done already.'));
				const start = performance.now();
				const watcher = new MutationObserver(() => {
					if (!document.querySelector('.maker')?.textContent?.includes('Cancelled')) return;
					watcher.disconnect();
					requestAnimationFrame(() => resolve(performance.now() - start));
				});
				watcher.observe(document, { subtree: true, childList: true, characterData: true });
				button.click();
			}),
	);
}
