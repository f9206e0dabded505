/** Opens a shipped snapshot in Node: manifest, chunks, gunzip, sqlite. For oracles and benchmarks. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import initSqlJs, { type Database } from 'sql.js';
import * as v from 'valibot';
import { manifestSchema } from '../src/lib/db/manifest';

const SHIPPED = fileURLToPath(new URL('../static/stat-db', import.meta.url));

/**
 * @param version such as `2.1.2`
 * @param folder a built stat-db; STAT_DB_DIR or the one that is shipped
 * @returns the bytes of its database, checked; null when this folder does not hold the version
 * @throws Error when a file is not the one that the manifest names
 */
export async function snapshotBytes(
	version: string,
	folder = process.env['STAT_DB_DIR'] ?? SHIPPED,
): Promise<Uint8Array | null> {
	const path = join(folder, 'manifest.json');
	if (!existsSync(path)) return null;
	const manifest = v.parse(manifestSchema, JSON.parse(await readFile(path, 'utf8')));
	const snapshot = manifest.snapshots.find((candidate) => candidate.version === version);
	if (!snapshot) return null;
	const chunks = snapshot.chunks.map(({ name }) => readFile(join(folder, name)));
	const bytes = gunzipSync(Buffer.concat(await Promise.all(chunks)));
	if (createHash('sha256').update(bytes).digest('hex') === snapshot.database.sha256) return bytes;
	throw new Error(`The chunks of ${version} are not what the manifest says: run npm run stat-db.`);
}

/** @returns the open database, or null when the version is not shipped */
export async function openSnapshot(version: string): Promise<Database | null> {
	const bytes = await snapshotBytes(version);
	if (!bytes) return null;
	const sqlite = await initSqlJs();
	return new sqlite.Database(bytes);
}
