/** One bar over all sheets and pictures of a report, and how long the rest takes. */
import type { ProgressEvent } from '../../db/protocol';
import type { ReportPlan } from '../../stats/report/report';
import { count } from '../format';

/** A guess: drawing and painting a picture takes as long as writing this many rows. */
const ROWS_PER_PICTURE = 4_000;
/** Packing the file comes after the last row. */
const MOST = 0.99;

/**
 * @param before the share so far: the result never is less
 * @returns 0..0.99 of the work; sheets and pictures are found by name in the plan
 */
export function reportShare(
	{ sheets, pictures }: Pick<ReportPlan, 'sheets' | 'pictures'>,
	withPictures: boolean,
	event: ProgressEvent,
	before: number,
): number {
	const drawn = withPictures ? pictures.length * ROWS_PER_PICTURE : 0;
	const all = drawn + sheets.reduce((sum, { rows }) => sum + rows, 0);
	if (all === 0) return before;
	const part = event.total > 0 ? Math.min(1, event.done / event.total) : 0;
	if (event.unit === 'pictures') return raised(before, (part * drawn) / all);
	const sheet = sheets.findIndex(({ name }) => name === event.part);
	if (sheet < 0) return before;
	const earlier = sheets.slice(0, sheet).reduce((sum, { rows }) => sum + rows, 0);
	return raised(before, (drawn + earlier + part * (sheets[sheet]?.rows ?? 0)) / all);
}

const raised = (before: number, share: number) => Math.max(before, Math.min(MOST, share));

/** @returns what is being made: "Sheet Data: 12,000 of 578,595 rows", "Picture 3 of 12: Rolling mean" */
export function progressText({ unit, done, total, part = '' }: ProgressEvent): string {
	if (unit === 'pictures')
		return `Picture ${count(Math.min(done + 1, total))} of ${count(total)}: ${part}`;
	return `Sheet ${part}: ${count(done)} of ${count(total)} rows`;
}

const FROM_SHARE = 0.2;
const FROM_MS = 3000;

/**
 * @param share of the work that is done, 0..1
 * @param elapsed ms since the start
 * @returns "about 20 s left" in steps of 5 s, then of minutes; '' until it can be told
 */
export function timeLeft(share: number, elapsed: number): string {
	if (share < FROM_SHARE || elapsed < FROM_MS) return '';
	const seconds = (elapsed * (1 - share)) / share / 1000;
	if (seconds < 3) return 'nearly done';
	if (seconds < 58) return `about ${Math.max(5, Math.round(seconds / 5) * 5)} s left`;
	return `about ${Math.max(1, Math.round(seconds / 60))} min left`;
}
