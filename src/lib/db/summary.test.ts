import { gzipSync, strToU8 } from 'fflate';
import { describe, expect, it } from 'vitest';
import { sha256 } from './sha256';
import { fetchSummary } from './summary';

const counts = { trials: 1, runs: 1, configurations: 1, nets: 1, deviceRuns: 0 };
const summary = { version: '1.0', counts, boards: [], nets: [], families: [] };
const folder = new URL('https://site.example/stat-db/');

async function answer(bytes: Uint8Array, status = 200) {
	const packed = gzipSync(strToU8(JSON.stringify(summary)), { mtime: 0 });
	const file = { name: 's.bin', bytes: packed.length, sha256: await sha256(packed) };
	const body = bytes.length > 0 ? bytes : packed;
	return fetchSummary(folder, file, async () => new Response(new Uint8Array(body), { status }));
}

describe('fetchSummary', () => {
	it('reads what the manifest promised', async () => {
		expect(await answer(new Uint8Array())).toEqual(summary);
	});

	it('shows nothing of a file that is another one', async () => {
		await expect(answer(strToU8('<html>'))).rejects.toMatchObject({ code: 'DB_HASH' });
	});

	it('tells missing from offline', async () => {
		await expect(answer(new Uint8Array(), 404)).rejects.toMatchObject({ code: 'DB_MISSING' });
		const file = { name: 's.bin', bytes: 1, sha256: '0'.repeat(64) };
		const offline = async () => Promise.reject(new TypeError('Failed to fetch'));
		await expect(fetchSummary(folder, file, offline)).rejects.toMatchObject({ code: 'DB_OFFLINE' });
	});
});
