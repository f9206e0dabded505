/** The storage of runs in a browser's worker: database, journal, files, and room kept aside for them. */
import { exclusiveBy, Journal } from '../store/journal';
import { openOpfs, opfsFolder } from '../store/opfs';
import { openStore } from '../store/open-store';
import { createReserve } from '../store/reserve';
import { compactRuns } from './recover';
import type { RunStorage } from './run-store';

/** @param base the site's base path; never rejects: without storage runs are kept in memory */
export async function openRunStorage(base: string): Promise<RunStorage> {
	const { store } = await openStore({ base });
	try {
		const files = await openOpfs(opfsFolder(store.name));
		if (!files) return { store };
		const exclusive = exclusiveBy(`${store.name}:journal`);
		const journal = new Journal({ files, exclusive, compact: compactRuns });
		const reserve = createReserve({ files, estimate: () => store.estimate() });
		return { store, files, journal, reserve };
	} catch {
		// Private windows and old browsers: the database alone then.
		return { store };
	}
}
