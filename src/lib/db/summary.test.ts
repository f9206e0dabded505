import { gzipSync, strToU8 } from 'fflate';
import { describe, expect, it } from 'vitest';
import { sha256 } from './sha256';
import { fetchManifest, fetchSummary } from './summary';

const counts = { trials: 1, runs: 1, configurations: 1, nets: 1, deviceRuns: 0 };
const summary = { version: '1.0', counts, boards: [], nets: [], families: [] };
const folder = new URL('https://site.example/stat-db/');

async function answer(bytes: Uint8Array, status = 200) {
	const packed = gzipSync(strToU8(JSON.stringify(summary)), { mtime: 0 });
	const file = { name: 's.bin', bytes: packed.length, sha256: await sha256(packed) };
	const body = bytes.length > 0 ? bytes : packed;
	const fetch = async () => new Response(new Uint8Array(body), { status });
	return fetchSummary(folder, file, { fetch, online: () => true });
}

describe('fetchSummary', () => {
	it('reads what the manifest promised', async () => {
		expect(await answer(new Uint8Array())).toEqual(summary);
	});

	it('shows nothing of a file that is another one', async () => {
		await expect(answer(strToU8('<html>'))).rejects.toMatchObject({ code: 'SUMMARY_HASH' });
	});

	it('tells missing from offline', async () => {
		await expect(answer(new Uint8Array(), 404)).rejects.toMatchObject({ code: 'SUMMARY_MISSING' });
		const file = { name: 's.bin', bytes: 1, sha256: '0'.repeat(64) };
		const fetch = async () => Promise.reject(new TypeError('Failed to fetch'));
		for (const [online, code] of [
			[true, 'SUMMARY_MISSING'],
			[false, 'SUMMARY_OFFLINE'],
		] as const) {
			const effects = { fetch, online: () => online };
			await expect(fetchSummary(folder, file, effects)).rejects.toMatchObject({ code });
			await expect(fetchManifest(folder, effects)).rejects.toMatchObject({ code });
		}
	});
});

describe('fetchManifest', () => {
	it.each(['<html>', '{}', ''])('refuses %j in words of its own', async (text) => {
		const effects = { fetch: async () => new Response(text), online: () => true };
		const refused = fetchManifest(folder, effects);
		await expect(refused).rejects.toMatchObject({ code: 'SUMMARY_HASH' });
	});
});
