/**
 * Who trains, over all tabs: Web Locks, which the browser gives back when their holder dies. Where
 * there are none, each tab is on its own.
 */

export interface Locks {
	/**
	 * @returns gives the lock back, and resolves when it can be had again; undefined when somebody
	 * holds it
	 */
	hold(name: string): Promise<(() => Promise<void>) | undefined>;
	/** names that somebody holds, in any tab */
	held(): Promise<readonly string[]>;
}

export const deviceLock = (store: string) => `${store}:train:device`;
export const runLock = (store: string, run: string) => `${store}:train:run:${run}`;

/** @returns ids of the runs whose lock is among the names */
export function lockedRuns(store: string, names: readonly string[]): string[] {
	const prefix = runLock(store, '');
	return names.filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
}

/** @param manager `navigator.locks`; absent: locks of this thread alone */
export function locksBy(manager = globalThis.navigator?.locks): Locks {
	return manager ? webLocks(manager) : localLocks();
}

function webLocks(manager: LockManager): Locks {
	return {
		hold: (name) =>
			new Promise((resolve, reject) => {
				const released = manager.request(name, { ifAvailable: true }, (lock) => {
					if (!lock) return resolve(undefined);
					return new Promise<void>((letGo) => {
						// The manager takes it back some time after it was let go.
						const release = () => (letGo(), released);
						resolve(release);
					});
				});
				released.catch(reject);
			}),
		held: async () => (await manager.query()).held?.flatMap(({ name }) => name ?? []) ?? [],
	};
}

/** Also the stand-in of tests. */
export function localLocks(): Locks {
	const taken = new Set<string>();
	return {
		async hold(name) {
			if (taken.has(name)) return undefined;
			taken.add(name);
			return async () => void taken.delete(name);
		},
		held: async () => [...taken],
	};
}
