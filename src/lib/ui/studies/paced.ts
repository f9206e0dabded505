/** Calls that come in bursts, spread over time: a page that follows a search must not flicker or stall. */

/** The clock and the timer, so that tests have their own. */
export interface PaceEffects {
	readonly now: () => number;
	readonly after: (ms: number, call: () => void) => () => void;
}

const REAL: PaceEffects = {
	now: () => performance.now(),
	after(ms, call) {
		const timer = setTimeout(call, ms);
		return () => clearTimeout(timer);
	},
};

/** One kind of work: at most one at a time, then a rest. */
export interface Paced {
	/** Asks for the work: now, or as soon as it may. */
	ask(): void;
	/** Forgets what was asked for. */
	stop(): void;
}

/**
 * @param rest ms between two beginnings; after slow work it rests twice as long as the work took
 * @returns the work, done once more after the last time that it was asked for
 */
export function paced(
	work: () => Promise<unknown>,
	rest: number,
	effects: PaceEffects = REAL,
): Paced {
	let asked = false;
	let busy = false;
	let next = -Infinity;
	let cancel: (() => void) | undefined;

	function begin(): void {
		cancel = undefined;
		asked = false;
		busy = true;
		const start = effects.now();
		const over = () => {
			busy = false;
			next = Math.max(start + rest, effects.now() + 2 * (effects.now() - start));
			if (asked) wait();
		};
		work().then(over, over);
	}

	function wait(): void {
		cancel ??= effects.after(Math.max(0, next - effects.now()), begin);
	}

	return {
		ask() {
			asked = true;
			if (!busy) wait();
		},
		stop() {
			asked = false;
			cancel?.();
			cancel = undefined;
		},
	};
}
