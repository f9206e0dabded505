/** How long a search still takes, from how fast it has gone since it was begun. Pure arithmetic. */

/** Where a search stood at a time. */
export interface Pace {
	/** ms on any clock */
	readonly at: number;
	/** trials that were over */
	readonly done: number;
}

/**
 * @param since where it stood when its first trial of this run was over: what came before is start-up
 * @param usual ms that a trial takes, for before anything was seen; null = not known
 * @returns ms until all planned trials are over; null when nothing tells
 */
export function etaMs(
	since: Pace | undefined,
	now: Pace,
	planned: number,
	usual: number | null,
): number | null {
	const left = Math.max(0, planned - now.done);
	if (left === 0) return 0;
	const done = since === undefined ? 0 : now.done - since.done;
	if (since === undefined || done <= 0) return usual === null ? null : left * usual;
	const each = (now.at - since.at) / done;
	// The trial that is under way began when the last one ended.
	return Math.max(0, left * each);
}
