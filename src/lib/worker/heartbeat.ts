/**
 * Notices a worker that hangs or has closed itself: the browser reports neither. It only asks while
 * somebody waits for an answer, so an idle page stays idle.
 */

/** Settings of `heartbeat`; times in ms. */
export interface HeartbeatOptions {
	readonly interval?: number;
	/** how many ticks may pass without an answer. Ticks, not time: a frozen page has none, so a
	 * computer that slept does not find its workers dead. */
	readonly allowed?: number;
	readonly setInterval?: (tick: () => void, ms: number) => unknown;
	readonly clearInterval?: (handle: unknown) => void;
}

/** The asking side of a worker, as far as it is needed here. */
export interface Pulse {
	readonly pending: number;
	ping(): Promise<void>;
}

/**
 * @param onSilent called once, after `allowed` ticks in which the worker was busy or gone
 * @returns stops the heartbeat
 */
export function heartbeat(
	pulse: Pulse,
	onSilent: () => void,
	options: HeartbeatOptions = {},
): () => void {
	const interval = options.interval ?? 1_000;
	const allowed = options.allowed ?? 20;
	const start = options.setInterval ?? ((tick, ms) => setInterval(tick, ms));
	const stop =
		options.clearInterval ?? ((handle) => clearInterval(handle as ReturnType<typeof setInterval>));
	let missed = 0;
	let asked = false;

	const handle = start(() => {
		if (asked) {
			missed++;
			if (missed >= allowed) {
				stop(handle);
				onSilent();
			}
			return;
		}
		if (pulse.pending === 0) return;
		asked = true;
		pulse.ping().then(
			() => ((asked = false), (missed = 0)),
			() => stop(handle),
		);
	}, interval);
	return () => stop(handle);
}
