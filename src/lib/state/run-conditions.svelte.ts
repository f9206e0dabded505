/** When studies may begin trials: a preference of this device, and what the machine says of itself. */

interface Battery extends EventTarget {
	readonly charging: boolean;
}
interface WithBattery {
	getBattery(): Promise<Battery>;
}

function tellsBattery(navigator: Navigator): navigator is Navigator & WithBattery {
	return 'getBattery' in navigator && typeof navigator.getBattery === 'function';
}

const KEYS = { plugged: 'lemur:run-plugged', visible: 'lemur:run-visible' } as const;
export type RunCondition = keyof typeof KEYS;

class RunConditions {
	/** only when plugged in */
	plugged = $state(false);
	/** only while the tab is looked at */
	visible = $state(false);
	/** undefined: this browser does not tell */
	charging = $state<boolean>();
	#shown = $state(true);
	#begun = false;
	readonly #listeners = new Set<() => void>();

	/** why no trial begins now; undefined when nothing is in the way */
	readonly held: string | undefined = $derived.by(() => {
		if (this.plugged && this.charging === false)
			return 'Waiting for power: studies run only when plugged in.';
		if (this.visible && !this.#shown)
			return 'Waiting for this tab: studies run only while it is looked at.';
		return undefined;
	});

	/** Reads the preferences and listens to the machine. More calls do nothing. */
	begin(): void {
		if (this.#begun) return;
		this.#begun = true;
		for (const key of ['plugged', 'visible'] as const) this[key] = readPreference(KEYS[key]);
		const look = () => {
			this.#shown = document.visibilityState === 'visible';
			this.#tell();
		};
		document.addEventListener('visibilitychange', look);
		look();
		if (tellsBattery(navigator)) void this.#watch(navigator);
	}

	async #watch(navigator: WithBattery): Promise<void> {
		try {
			const battery = await navigator.getBattery();
			const look = () => {
				this.charging = battery.charging;
				this.#tell();
			};
			battery.addEventListener('chargingchange', look);
			look();
		} catch {
			// A browser that keeps it to itself: it counts as one that has no such thing.
		}
	}

	choose(condition: RunCondition, on: boolean): void {
		this[condition] = on;
		try {
			localStorage.setItem(KEYS[condition], on ? '1' : '0');
		} catch {
			// A browser that forbids storage keeps the choice for this visit only.
		}
		this.#tell();
	}

	/** Calls after every change of `held`, or of what it depends on. */
	listen(listener: () => void): void {
		this.#listeners.add(listener);
	}

	#tell(): void {
		for (const listener of this.#listeners) listener();
	}
}

function readPreference(key: string): boolean {
	try {
		return localStorage.getItem(key) === '1';
	} catch {
		return false;
	}
}

export const runConditions = new RunConditions();
