/** Frames and document size while the table of all rows is scrolled from end to end. */
import type { Page } from '@playwright/test';

export interface Scrolling {
	/** ms per frame */
	readonly frames: readonly number[];
	readonly mostNodes: number;
}

const IDLE_MS = 2_000;
const DRAG_MS = 5_000;
const FLING_MS = 4_000;
/** px per wheel event at the beginning of the fling; it slows down to nothing */
const FLING_STEP = 1_200;

async function frames(page: Page, ms: number, scroll: boolean): Promise<Scrolling> {
	return page.evaluate(
		async ({ duration, moving }) => {
			const grid = document.querySelector('[role=grid]');
			const room = grid ? grid.scrollHeight - grid.clientHeight : 0;
			const lengths = await globalThis.benchProbe.frames(duration, (share) => {
				if (moving) grid?.scrollTo(0, share * room);
			});
			return { frames: lengths, mostNodes: globalThis.benchProbe.mostNodes };
		},
		{ duration: ms, moving: scroll },
	);
}

/** Frames of the page at rest: what the machine adds to every other figure. */
export const atRest = (page: Page): Promise<Scrolling> => frames(page, IDLE_MS, false);

/** The scrollbar drawn from the first row to the last. */
export const dragOverAll = (page: Page): Promise<Scrolling> => frames(page, DRAG_MS, true);

/** Turns of the wheel that slow down, as a fling does. */
export async function fling(page: Page): Promise<Scrolling> {
	const box = await page.locator('[role=grid]').boundingBox();
	if (!box) throw new Error('The table is not on the page.');
	await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
	const measured = frames(page, FLING_MS, false);
	const begin = performance.now();
	for (let share = 0; share < 1; share = (performance.now() - begin) / FLING_MS) {
		await page.mouse.wheel(0, Math.ceil(FLING_STEP * (1 - share)));
		await new Promise((resolve) => setTimeout(resolve, 8));
	}
	return measured;
}
