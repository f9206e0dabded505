import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import initSqlJs from 'sql.js';
import { describe, expect, it } from 'vitest';
import { readManifest, snapshotFiles } from './publish';
import { buildWheel } from './run';

const SHIPPED = fileURLToPath(new URL('../../static/stat-db', import.meta.url));
const wheels = process.env['WHEELS_DIR'];

describe.each(readManifest(SHIPPED)?.snapshots ?? [])('shipped snapshot $version', (snapshot) => {
	const path = wheels ? join(wheels, snapshot.source.file) : '';

	// Needs WHEELS_DIR; takes half a minute.
	it.skipIf(!existsSync(path))(
		'is what its wheel gives',
		async () => {
			const built = await buildWheel(await initSqlJs(), path, () => undefined);
			expect(snapshotFiles(built).snapshot).toEqual(snapshot);
		},
		300_000,
	);

	it('has small files', () => {
		const packed = snapshot.chunks.reduce((sum, { bytes }) => sum + bytes, 0);
		expect(packed).toBeLessThan(10_500_000);
		expect(snapshot.summary.bytes).toBeLessThan(150_000);
	});
});
