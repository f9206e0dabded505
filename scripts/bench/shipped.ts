/** What the benchmark must know of the default snapshot before it opens the site. */
import { createHash } from 'node:crypto';
import initSqlJs from 'sql.js';
import { buildColumns } from '../../src/lib/db/mirror';
import { catalogueOf } from '../../src/lib/stats/catalogue';
import type { ColumnId } from '../../src/lib/stats/fields';
import type { SnapshotRef } from '../../src/lib/url/view';
import { snapshotBytes } from '../snapshot';

const VERSION = '2.1.2';

/** What a link to the default snapshot pins, and the columns that this snapshot can be sorted by. */
export interface Shipped {
	readonly snapshot: SnapshotRef;
	readonly columns: readonly ColumnId[];
}

/** @throws Error when the snapshot is not built */
export async function readShipped(): Promise<Shipped> {
	const bytes = await snapshotBytes(VERSION);
	if (!bytes)
		throw new Error(`static/stat-db does not hold ${VERSION}: run npm run stat-db first.`);
	const sqlite = await initSqlJs();
	const db = new sqlite.Database(bytes);
	const { columns } = buildColumns(db, VERSION);
	db.close();
	const hash = createHash('sha256').update(bytes).digest('hex');
	const facts = { hash, openedFrom: 'cache', stored: true } as const;
	return {
		snapshot: { version: VERSION, hash: hash.slice(0, 12) },
		columns: catalogueOf(columns, facts).columns,
	};
}
