/** Opens each snapshot once, for scripts and the SQL room: a data client and a SQL client per version. */
import { createDataClient, type DataClient } from '../db/client';
import { createSqlClient, type SqlClient } from '../db/sql/client';
import { startSqlWorker } from '../db/sql/start';
import { startDataWorker } from '../db/start';

export interface Clients {
	readonly data: (version: string) => DataClient;
	readonly sql: (version: string) => SqlClient;
}

/**
 * @param baseUrl absolute URL of the site's root folder, with its last slash
 * @param shown the client that the page has open already, for '' and for its own version
 */
export function createClients(
	baseUrl: string,
	shown?: () => { readonly version: string; readonly client: DataClient },
): Clients {
	const dataClients = new Map<string, DataClient>();
	const sqlClients = new Map<DataClient, { readonly client: SqlClient; readonly own: number }>();

	function data(version: string): DataClient {
		const open = shown?.();
		if (open && (version === '' || version === open.version)) return open.client;
		let client = dataClients.get(version);
		if (!client) {
			client = createDataClient({ spawn: startDataWorker, baseUrl, version });
			dataClients.set(version, client);
		}
		return client;
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
