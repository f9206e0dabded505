/**
 * Fetches the list of snapshots and the summary of one: what the start page shows before the database
 * has arrived. Its codes are not the database's, because without it other things still work.
 */
import * as v from 'valibot';
import {
	manifestSchema,
	summarySchema,
	type Manifest,
	type SnapshotFile,
	type SummaryFile,
} from './manifest';
import { sha256 } from './sha256';
import { RpcError } from '../worker/rpc-error';

/** The outside world. */
export interface SummaryEffects {
	readonly fetch: (url: URL) => Promise<Response>;
	/** false when the device knows that it has no network */
	readonly online: () => boolean;
}

const REAL: SummaryEffects = {
	fetch: (url) => fetch(url),
	online: () => globalThis.navigator?.onLine !== false,
};

/**
 * @param folder absolute URL of the snapshot folder, with its last slash
 * @throws RpcError SUMMARY_MISSING, SUMMARY_OFFLINE or SUMMARY_HASH
 */
export async function fetchManifest(folder: URL, effects = REAL): Promise<Manifest> {
	const response = await fetchFile(new URL('manifest.json', folder), 'list of snapshots', effects);
	const content: unknown = await response.json().catch(() => undefined);
	const parsed = v.safeParse(manifestSchema, content);
	if (parsed.success) return parsed.output;
	throw new RpcError('SUMMARY_HASH', 'The list of snapshots (manifest.json) cannot be read.');
}

/**
 * @param folder absolute URL of the snapshot folder, with its last slash
 * @throws RpcError SUMMARY_MISSING, SUMMARY_OFFLINE or SUMMARY_HASH
 */
export async function fetchSummary(
	folder: URL,
	file: SnapshotFile,
	effects = REAL,
): Promise<SummaryFile> {
	const response = await fetchFile(new URL(file.name, folder), 'summary of the snapshot', effects);
	const packed = new Uint8Array(await response.arrayBuffer());
	if ((await sha256(packed)) !== file.sha256) {
		throw new RpcError('SUMMARY_HASH', 'The summary of the snapshot is not the promised one.');
	}
	return v.parse(summarySchema, JSON.parse(await gunzipText(packed)));
}

async function fetchFile(url: URL, what: string, effects: SummaryEffects): Promise<Response> {
	let response: Response;
	try {
		response = await effects.fetch(url);
	} catch (cause) {
		const code = effects.online() ? 'SUMMARY_MISSING' : 'SUMMARY_OFFLINE';
		throw new RpcError(code, `The ${what} could not be fetched.`, {}, { cause });
	}
	if (response.ok) return response;
	throw new RpcError('SUMMARY_MISSING', `The server answered ${response.status} for the ${what}.`);
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
