/** What a page does while a trial runs: keep the screen on, ask before it is closed, tell when it is done. */

/** Asks before the tab is closed. @returns takes it back */
export function guardLeaving(): () => void {
	const ask = (event: BeforeUnloadEvent) => event.preventDefault();
	addEventListener('beforeunload', ask);
	return () => removeEventListener('beforeunload', ask);
}

/** Keeps the screen on while the page is visible, where the browser can. @returns lets it go off */
export function keepAwake(): () => void {
	let lock: WakeLockSentinel | undefined;
	let over = false;
	const take = async () => {
		if (over || document.visibilityState !== 'visible') return;
		try {
			lock = await navigator.wakeLock?.request('screen');
			if (over) await lock?.release();
		} catch {
			// A browser that saves power says no: training goes on, the screen may go off.
		}
	};
	const retake = () => void take();
	document.addEventListener('visibilitychange', retake);
	void take();
	return () => {
		over = true;
		document.removeEventListener('visibilitychange', retake);
		void lock?.release();
	};
}

/** @returns whether the browser lets the site tell */
export async function allowNotices(): Promise<boolean> {
	if (typeof Notification === 'undefined') return false;
	if (Notification.permission !== 'default') return Notification.permission === 'granted';
	return (await Notification.requestPermission()) === 'granted';
}

/** A notice of the system, when the page is not looked at. */
export function notice(title: string, body: string): void {
	if (document.visibilityState === 'visible' || typeof Notification === 'undefined') return;
	if (Notification.permission === 'granted') new Notification(title, { body });
}
