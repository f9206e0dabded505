/** First and second visit: when the leaderboards stand there and when the database is ready. */
import type { BrowserContext, Page } from '@playwright/test';
import { openPage } from './site';

/** Times of one visit, ms since the navigation began. */
export interface Visit {
	readonly firstPaint: number;
	readonly boards: number;
	readonly ready: number;
	/** from the order to open until the worker's answer, ms */
	readonly opening: number;
	/** lengths of the main thread's tasks above 50 ms from that order until half a second after `ready` */
	readonly longTasks: readonly number[];
}

/** ms after `ready` in which what it sets off must have happened */
const AFTER = 500;

/** Visits the start page; the tab is left open. */
export async function visit(
	context: BrowserContext,
	address: string,
): Promise<{ page: Page; times: Visit }> {
	const page = await openPage(context, address);
	await page.waitForFunction(() => globalThis.benchProbe.boards > 0);
	await page.waitForTimeout(AFTER);
	const times = await page.evaluate((after) => {
		const { boards, ready, exchanges, longTasks } = globalThis.benchProbe;
		const open = exchanges.find(({ kind }) => kind === 'open');
		const [paint] = performance.getEntriesByName('first-contentful-paint');
		return {
			firstPaint: paint?.startTime ?? NaN,
			boards,
			ready,
			opening: open ? open.answered - open.sent : NaN,
			longTasks: longTasks
				.filter(({ start }) => open && start >= open.sent && start <= ready + after)
				.map(({ duration }) => duration),
		};
	}, AFTER);
	return { page, times };
}
