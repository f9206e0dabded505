/** Frames and document size while the table of all rows is scrolled from end to end. */
import type { Page } from '@playwright/test';

export interface Scrolling {
	/** ms per frame */
	readonly frames: readonly number[];
	readonly mostNodes: number;
}

const IDLE_MS = 2_000;
const SWEEP_MS = 5_000;
const FLING_MS = 4_000;
/** px per turn of the wheel at the beginning of a fling; it slows down to nothing */
const FLING_STEP = 1_200;
/** ms between two turns */
const TURN_EVERY = 16;

/** Watches frames for `ms` while the wheel is turned by `step(share of the time that is over)` px. */
async function frames(
	page: Page,
	ms: number,
	step?: (share: number) => number,
): Promise<Scrolling> {
	const watched = page.evaluate(async (duration) => {
		const lengths = await globalThis.benchProbe.frames(duration);
		return { frames: lengths, mostNodes: globalThis.benchProbe.mostNodes };
	}, ms);
	const begin = performance.now();
	for (let share = 0; step && share < 1; share = (performance.now() - begin) / ms) {
		await page.mouse.wheel(0, step(share));
		await new Promise((resolve) => setTimeout(resolve, TURN_EVERY));
	}
	return watched;
}

/** Frames of the page at rest: what the machine adds to every other figure. */
export const atRest = (page: Page): Promise<Scrolling> => frames(page, IDLE_MS);

/** From the first row to the last, as fast as a scrollbar that is drawn. */
export async function sweepOverAll(page: Page): Promise<Scrolling> {
	const room = await page
		.locator('[role=grid]')
		.evaluate((grid) => grid.scrollHeight - grid.clientHeight);
	await pointAtTable(page);
	let done = 0;
	return frames(page, SWEEP_MS, (share) => {
		const before = done;
		done = Math.max(done, Math.ceil(share * room));
		return done - before;
	});
}

/** Turns of the wheel that slow down, as a fling does. */
export async function fling(page: Page): Promise<Scrolling> {
	await page.locator('[role=grid]').evaluate((grid) => grid.scrollTo(0, 0));
	await pointAtTable(page);
	return frames(page, FLING_MS, (share) => Math.ceil(FLING_STEP * (1 - share)));
}

async function pointAtTable(page: Page): Promise<void> {
	const box = await page.locator('[role=grid]').boundingBox();
	if (!box) throw new Error('The table is not on the page.');
	await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
}
