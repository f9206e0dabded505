/** The study worker: its effects are the browser's. Started by `start.ts`. */
import { exclusiveBy } from '../../store/journal';
import { openOpfsFolders, opfsFolder } from '../../store/opfs';
import { openStore } from '../../store/open-store';
import { loadSqlite } from '../../db/sqlite';
import { locksBy } from '../../train/locks';
import { studyJournals, type StudyJournals } from '../study/study-journal';
import { serveStudies } from './serve';
import { createTrainer } from './trainer';
import { breathe } from '../../worker/breathe';

// The site's root is the first message: a worker that was started from a blob has no address of its own.
self.addEventListener('message', begin, { once: true });

const randomId = () =>
	Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) =>
		byte.toString(16).padStart(2, '0'),
	).join('');

function begin({ data }: MessageEvent<unknown>): void {
	if (typeof data !== 'string') return;
	const base = new URL(data).pathname.replace(/\/$/, '');
	const writer = randomId();
	const lockName = (name: string) => `lemur:${base}:study-writer:${name}`;
	const locks = locksBy();
	// Never given back: the browser does that when this worker ends, and then its trials are orphans.
	void locks.hold(lockName(writer));
	serveStudies(
		{
			postMessage: (message, transfer) => self.postMessage(message, { transfer }),
			addEventListener: (type, listener) => self.addEventListener(type, listener),
			removeEventListener: (type, listener) => self.removeEventListener(type, listener),
		},
		{
			async openStore() {
				const { store, reason } = await openStore({ base });
				if (reason) return { store, notStored: reason.message };
				const journals = await openJournals(store.name);
				return { store, notStored: null, ...(journals ? { journals } : {}) };
			},
			studies: {
				now: Date.now,
				newId: randomId,
				writer,
				isAlive: async (name) => (await locks.held()).includes(lockName(name)),
			},
			sqlite: loadSqlite,
			...{ breathe, trainer: () => createTrainer(data, locks) },
		},
	);
}

/** Undefined in private windows and old browsers: the database alone then. */
async function openJournals(storeName: string): Promise<StudyJournals | undefined> {
	try {
		const folders = await openOpfsFolders(`${opfsFolder(storeName)}-studies`);
		return studyJournals(folders, exclusiveBy(`${storeName}:study-journals`));
	} catch {
		return undefined;
	}
}
