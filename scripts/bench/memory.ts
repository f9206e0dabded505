/** Memory of the tab's process, by the operating system's own books (Linux; elsewhere not measured). */
import { readFileSync } from 'node:fs';
import type { Browser, Page } from '@playwright/test';

const PERIOD_MS = 50;
/** new tabs have new processes */
const LISTING_MS = 200;

export interface MemorySampler {
	/** @returns the most private memory of the largest renderer since the last call, bytes; NaN of none */
	peak(): number;
	stop(): Promise<void>;
}

/** Samples every 50 ms until `stop`; the tab's process is the largest renderer of the browser. */
export async function sampleMemory(browser: Browser): Promise<MemorySampler> {
	const session = await browser.newBrowserCDPSession();
	let renderers: readonly number[] = [];
	let most = NaN;
	const list = async () => {
		const { processInfo } = await session.send('SystemInfo.getProcessInfo');
		renderers = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
	};
	await list();
	const listing = setInterval(() => void list().catch(() => undefined), LISTING_MS);
	const sampling = setInterval(() => {
		for (const bytes of renderers.map(privateBytes))
			if (!Number.isNaN(bytes)) most = Number.isNaN(most) ? bytes : Math.max(most, bytes);
	}, PERIOD_MS);
	return {
		peak() {
			const value = most;
			most = NaN;
			return value;
		},
		async stop() {
			clearInterval(listing);
			clearInterval(sampling);
			await session.detach();
		},
	};
}

/** Memory that would be free without this process: its private pages, clean and dirty. */
function privateBytes(pid: number): number {
	try {
		const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
		const kib = [...text.matchAll(/^Private_(?:Clean|Dirty):\s+(\d+) kB$/gm)];
		return kib.reduce((sum, [, value]) => sum + Number(value) * 1024, 0);
	} catch {
		return NaN;
	}
}

/** Bytes of the page's own JavaScript heap (workers have their own). */
export async function heapBytes(page: Page): Promise<number> {
	const session = await page.context().newCDPSession(page);
	await session.send('Performance.enable');
	const { metrics } = await session.send('Performance.getMetrics');
	await session.detach();
	return metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? NaN;
}
