/** Whether this device may have runs: asked on every visit, so it starts no worker and opens no net. */
import { openOpfs, opfsFolder } from '../store/opfs';
import { openStore } from '../store/open-store';
import { SCHEMA } from '../store/collections';
import { storeName } from '../store/store';
import { RUN_COLLECTIONS } from './run-row';

/** @param base the site's base path, '' or '/sub' */
export async function hasTrained(base: string): Promise<boolean> {
	try {
		if (await openOpfs(opfsFolder(storeName(base, SCHEMA)), { create: false })) return true;
	} catch {
		// No private file system: the database alone can tell.
	}
	const { store } = await openStore({ base });
	try {
		return (await store.scan(RUN_COLLECTIONS.runs, { limit: 1 })).length > 0;
	} catch {
		return false;
	} finally {
		await store.close();
	}
}
