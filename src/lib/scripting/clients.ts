/** Opens each snapshot once, for scripts and the SQL room: a data client and a SQL client per version. */
import { createDataClient, type DataClient } from '../db/client';
import type { OwnRun } from '../db/own';
import { createSqlClient, type SqlClient } from '../db/sql/client';
import { startSqlWorker } from '../db/sql/start';
import { startDataWorker } from '../db/start';

export interface Clients {
	readonly data: (version: string) => DataClient;
	readonly sql: (version: string) => SqlClient;
}

export interface ClientsOptions {
	/** the client that the page has open already, for '' and for its own version; it gets own runs itself */
	readonly shown?: () => { readonly version: string; readonly client: DataClient };
	/** the visitor's own runs as they are now; another list is another array */
	readonly own?: () => readonly OwnRun[];
}

const NONE: readonly OwnRun[] = [];

/** @param baseUrl absolute URL of the site's root folder, with its last slash */
export function createClients(baseUrl: string, options: ClientsOptions = {}): Clients {
	const { shown, own = () => NONE } = options;
	const dataClients = new Map<string, { readonly client: DataClient; own: readonly OwnRun[] }>();
	const sqlClients = new Map<DataClient, { readonly client: SqlClient; readonly own: number }>();

	function data(version: string): DataClient {
		const open = shown?.();
		if (open && (version === '' || version === open.version)) return open.client;
		let known = dataClients.get(version);
		if (!known) {
			const client = createDataClient({ spawn: startDataWorker, baseUrl, version });
			dataClients.set(version, (known = { client, own: NONE }));
		}
		const runs = own();
		if (runs !== known.own) {
			known.own = runs;
			// Whatever is asked next is answered with them; a snapshot that does not open says so there.
			known.client.setOwn(runs).catch(() => undefined);
		}
		return known.client;
	}

	function sql(version: string): SqlClient {
		const owner = data(version);
		const known = sqlClients.get(owner);
		const { ownRevision } = owner;
		// Its copy of the database lacks the newest own runs; a statement that runs ends on it.
		if (known && (known.own === ownRevision || known.client.state === 'running'))
			return known.client;
		known?.client.dispose();
		const client = createSqlClient({ spawnWorker: startSqlWorker, bytes: () => owner.bytes() });
		sqlClients.set(owner, { client, own: ownRevision });
		return client;
	}

	return { data, sql };
}
