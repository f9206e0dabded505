/** A small snapshot, as a site serves it, for tests of what loads and opens one. */
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import initSqlJs from 'sql.js';
import type { NetworkEffects } from './fetch-part';

export const TEST_SITE = 'https://lemur.example/sub/';

const SQL = `
PRAGMA page_size = 4096; PRAGMA journal_mode = OFF;
CREATE TABLE dim_task(id INTEGER PRIMARY KEY, task TEXT NOT NULL, dataset TEXT NOT NULL, metric TEXT NOT NULL, denominator INTEGER);
CREATE TABLE dim_nn(id INTEGER PRIMARY KEY, name TEXT NOT NULL, code_id TEXT);
CREATE TABLE dim_transform(id INTEGER PRIMARY KEY, name TEXT NOT NULL, code_id TEXT);
CREATE TABLE config(id INTEGER PRIMARY KEY, task INTEGER NOT NULL, nn INTEGER NOT NULL);
CREATE TABLE trial_run(id INTEGER PRIMARY KEY, config INTEGER NOT NULL, uid, repeat INTEGER, transform INTEGER, batch INTEGER, lr REAL, momentum REAL, dropout REAL, extra INTEGER);
CREATE TABLE extra(id INTEGER PRIMARY KEY, prm TEXT NOT NULL);
CREATE TABLE epoch_prm(run INTEGER NOT NULL, epoch INTEGER NOT NULL, value NOT NULL, PRIMARY KEY(run, epoch)) WITHOUT ROWID;
CREATE TABLE key_order(id INTEGER PRIMARY KEY, names TEXT NOT NULL);
CREATE TABLE trial(run INTEGER NOT NULL, epoch INTEGER NOT NULL, accuracy NOT NULL, duration INTEGER, PRIMARY KEY(run, epoch)) WITHOUT ROWID;
INSERT INTO dim_task VALUES (1, 'img-classification', 'cifar-10', 'acc', 10000), (2, 'img-classification', 'mnist', 'acc', 10000);
INSERT INTO dim_nn VALUES (1, 'AlexNet', NULL), (2, 'ResNet', NULL);
INSERT INTO dim_transform VALUES (1, 'norm_32', NULL);
INSERT INTO config VALUES (1, 1, 1), (2, 1, 2), (3, 2, 2);
INSERT INTO key_order VALUES (0, '');
INSERT INTO trial_run VALUES (1, 1, 'u1', NULL, 1, 4, 0.1, 0.5, NULL, NULL), (2, 2, 'u2', NULL, 1, 8, 0.01, 0.5, NULL, NULL),
 (3, 2, 'u2', 1, 1, 8, 0.01, 0.5, NULL, NULL), (4, 3, 'u4', NULL, 1, 16, 0.2, 0.9, NULL, NULL);
INSERT INTO trial VALUES (1, 1, 5000, 1000), (1, 2, 6000, 2000), (2, 1, 7000, 1500), (3, 1, 7000, NULL), (4, 1, 9900, 10), (4, 2, 9917, 20);
`;

const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** @returns the six trials of `SQL` as a database file */
export async function testDatabase(): Promise<Uint8Array> {
	const { Database } = await initSqlJs();
	const db = new Database();
	db.run(SQL);
	const bytes = db.export();
	db.close();
	return bytes;
}

/** @returns every file of a site that ships `database` as snapshot 1.0, by URL below `base` */
export function siteFiles(database: Uint8Array, base = TEST_SITE): Map<string, Uint8Array> {
	const packed = new Uint8Array(gzipSync(database));
	const half = Math.ceil(packed.length / 2);
	const files = new Map<string, Uint8Array>();
	const chunks = [packed.slice(0, half), packed.slice(half)].map((bytes) => {
		const name = `1.0-${hashOf(bytes).slice(0, 16)}.bin`;
		files.set(`${base}stat-db/${name}`, bytes);
		return { name, bytes: bytes.length, sha256: hashOf(bytes) };
	});
	const snapshot = {
		version: '1.0',
		title: 'Test',
		source: { file: 'test.whl', sha256: hashOf(packed) },
		counts: { trials: 6, runs: 4, configurations: 3, nets: 2, deviceRuns: 0 },
		database: { bytes: database.length, sha256: hashOf(database) },
		chunks,
		summary: { name: '1.0-summary-0.bin', bytes: 0, sha256: hashOf(new Uint8Array()) },
		date: '2026-01-01',
	};
	const manifest = JSON.stringify({ format: 1, default: '1.0', snapshots: [snapshot] });
	files.set(`${base}stat-db/manifest.json`, new TextEncoder().encode(manifest));
	return files;
}

/** A network that has exactly these files. */
export function networkOf(files: ReadonlyMap<string, Uint8Array>): NetworkEffects {
	return {
		async fetch(url) {
			const bytes = files.get(url);
			return bytes ? new Response(new Blob([bytes.slice()])) : new Response('', { status: 404 });
		},
		online: () => true,
		timer: (ms, done) => {
			const handle = setTimeout(done, ms);
			return () => clearTimeout(handle);
		},
	};
}
