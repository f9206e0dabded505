/** One bar over all the work until the data can be asked: fetching, then reading. */
import type { ProgressEvent } from '$lib/db/protocol';

/** A guess at how much of the waiting is fetching. */
const DOWNLOAD_SHARE = 0.7;

/**
 * @returns 0..1 over fetching and reading together, so that the bar is not full while work goes on;
 * it never goes back, as neither of the two does
 */
export function progressShare(progress: ProgressEvent | undefined): number {
	if (!progress) return 0;
	const done = progress.total > 0 ? Math.min(1, progress.done / progress.total) : 0;
	return progress.what === 'download'
		? done * DOWNLOAD_SHARE
		: DOWNLOAD_SHARE + done * (1 - DOWNLOAD_SHARE);
}
