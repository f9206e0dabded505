/**
 * Time of a trial: monotonic, without the gaps in which the machine slept or the browser froze the tab.
 * A gap is what lies between two steps beyond anything the steps before took; there is no other sign.
 */

export interface TrialClock {
	/** ms, gaps left out */
	readonly now: () => number;
	/** Called between any two steps. @returns ms that were left out just now, 0 for most */
	readonly tick: () => number;
	/** The next pause is not compared: a compilation, a pause by hand. */
	readonly forgive: () => void;
}

/** ms: what is shorter is no gap */
const SHORTEST_GAP = 5_000;
/** times the longest step that was seen lately */
const BEYOND = 10;
const REMEMBERED = 20;

/** @param mono ms; steps over gaps or not, as the browser likes */
export function createTrialClock(mono: () => number = () => performance.now()): TrialClock {
	const recent: number[] = [];
	let left = 0;
	let last: number | undefined;
	return {
		now: () => mono() - left,
		tick() {
			const now = mono();
			const took = last === undefined ? undefined : now - last;
			last = now;
			if (took === undefined) return 0;
			const usual = Math.max(0, ...recent);
			if (recent.length >= 3 && took > SHORTEST_GAP && took > BEYOND * usual) {
				const gap = took - usual;
				left += gap;
				return gap;
			}
			recent.push(took);
			if (recent.length > REMEMBERED) recent.shift();
			return 0;
		},
		forgive() {
			last = undefined;
		},
	};
}
