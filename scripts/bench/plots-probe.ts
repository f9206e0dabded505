/**
 * Waits inside the page until what a change sets off is drawn. Sent to the browser as text, so it uses
 * nothing from outside itself but the probe of `probe.ts`.
 */
import type { Page } from '@playwright/test';
import { untilQuiet } from './site';

/** What is on the page while a change is under way, and what is there afterwards; CSS selectors. */
export interface Signs {
	/** seen after the change, gone when it is drawn */
	readonly busy: string;
	readonly drawn: string;
}

/** A change and how long it took, ms. */
export interface Drawn {
	/** until the frame with it was painted */
	readonly painted: number;
	/** the worker's answers meanwhile, by kind: how many, and ms from sending to the last answer */
	readonly worker: ReadonlyMap<string, number>;
	/** ms of the processor that the main thread took: what is left of a time on a busy machine */
	readonly main: number;
}

/** @returns reads the ms of the processor that the main thread has taken so far */
export async function mainThreadClock(page: Page): Promise<() => Promise<number>> {
	const session = await page.context().newCDPSession(page);
	await session.send('Performance.enable', { timeDomain: 'threadTicks' });
	return async () => {
		const { metrics } = await session.send('Performance.getMetrics');
		return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN);
	};
}

const PATIENCE_MS = 60_000;

/** @param hash of the state that is measured; times from its setting to the painted frame */
export async function timeHash(
	page: Page,
	hash: string,
	signs: Signs,
	clock: () => Promise<number>,
): Promise<Drawn> {
	await untilQuiet(page);
	const before = await clock();
	const { start, painted } = await page.evaluate(waitFor, { hash, ...signs, limit: PATIENCE_MS });
	const main = (await clock()) - before;
	await untilQuiet(page);
	const exchanges = await page.evaluate(
		({ from, to }) =>
			globalThis.benchProbe.exchanges
				.filter(({ sent, answered }) => sent >= from && answered <= to)
				.map(({ kind, sent, answered }) => [kind, answered - sent] as const),
		{ from: start, to: start + painted },
	);
	return { painted, worker: new Map(exchanges), main };
}

/** Runs in the page. */
function waitFor({
	hash,
	busy,
	drawn,
	limit,
}: Signs & { readonly hash: string; readonly limit: number }): Promise<{
	start: number;
	painted: number;
}> {
	return new Promise((resolve, reject) => {
		const start = performance.now();
		let asked = false;
		const look = () => {
			const waiting = document.querySelector(busy) !== null;
			asked ||= waiting;
			if (!asked || waiting || !document.querySelector(drawn)) return;
			watcher.disconnect();
			clearTimeout(timer);
			requestAnimationFrame(() => {
				const { port1, port2 } = new MessageChannel();
				port1.onmessage = () => resolve({ start, painted: performance.now() - start });
				port2.postMessage(null);
			});
		};
		const watcher = new MutationObserver(look);
		watcher.observe(document, { subtree: true, childList: true, attributes: true });
		const timer = setTimeout(() => {
			watcher.disconnect();
			reject(new Error(`Nothing was drawn within ${limit} ms at ${hash}`));
		}, limit);
		location.hash = hash;
	});
}
