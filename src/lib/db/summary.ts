/** Fetches the summary of a snapshot: what the start page shows before the database has arrived. */
import * as v from 'valibot';
import { summarySchema, type SnapshotFile, type SummaryFile } from './manifest';
import { sha256 } from './sha256';
import { RpcError } from '../worker/rpc-error';

/**
 * @param folder absolute URL of the snapshot folder, with its last slash
 * @throws RpcError DB_MISSING, DB_OFFLINE or DB_HASH
 */
export async function fetchSummary(
	folder: URL,
	file: SnapshotFile,
	fetchFile: typeof fetch = fetch,
): Promise<SummaryFile> {
	let response: Response;
	try {
		response = await fetchFile(new URL(file.name, folder));
	} catch (cause) {
		throw new RpcError('DB_OFFLINE', 'The leaderboards could not be fetched.', {}, { cause });
	}
	if (!response.ok) {
		throw new RpcError('DB_MISSING', `The leaderboards are missing (${response.status}).`);
	}
	const packed = new Uint8Array(await response.arrayBuffer());
	if ((await sha256(packed)) !== file.sha256) {
		throw new RpcError('DB_HASH', 'The leaderboards arrived damaged.');
	}
	return v.parse(summarySchema, JSON.parse(await gunzipText(packed)));
}

/** The bytes are what the manifest promised, so their inflated size needs no limit here. */
async function gunzipText(packed: Uint8Array<ArrayBuffer>): Promise<string> {
	if (typeof DecompressionStream === 'undefined') {
		const { gunzipSync, strFromU8 } = await import('fflate');
		return strFromU8(gunzipSync(packed));
	}
	const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
	return new Response(stream).text();
}
