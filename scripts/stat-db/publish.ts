/**
 * The files of a snapshot under static/stat-db: gzip chunks, summary, report, manifest. Names carry
 * hashes; files of an earlier build of the same version are removed.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import * as v from 'valibot';
import {
	manifestSchema,
	type Manifest,
	type Snapshot,
	type SnapshotFile,
	type SummaryFile,
} from '../../src/lib/db/manifest';
import type { Source } from './build';
import type { Report } from './report';

/** Largest piece of the packed database, bytes. */
export const CHUNK_BYTES = 4 * 2 ** 20;

/** What a build made of one wheel. */
export interface Built {
	readonly source: Source;
	readonly database: Uint8Array;
	readonly summary: SummaryFile;
	readonly report: Report;
	/** ISO date of the wheel's newest file */
	readonly date: string;
}

/** A file's name and content before it is written. */
export type OutputFile = readonly [name: string, bytes: Uint8Array];

/** Names of the snapshots for people; other versions are called by their number. */
const TITLES: Readonly<Record<string, string>> = {
	'2.1.2': 'LEMUR 2.1.2',
	'1.2.2': 'LEMUR 1.2.2 (the paper)',
};

/** Place of the operating system in a gzip header, and the value for "unknown". */
const OS_BYTE = 9;
const OS_UNKNOWN = 255;

/**
 * gzip without time and system. Another release of zlib may pack the same bytes otherwise: what
 * identifies a snapshot is the hash of the database, not that of its chunks. (fflate would always
 * give the same bytes, but 3.4 % more of them.)
 */
export function pack(bytes: Uint8Array): Uint8Array {
	const packed = gzipSync(bytes, { level: 9 });
	packed[OS_BYTE] = OS_UNKNOWN;
	return packed;
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const toText = (value: unknown) => `${JSON.stringify(value, null, '\t')}\n`;
const encode = (text: string) => new TextEncoder().encode(text);

/** The files of a snapshot and its entry in the manifest. */
export function snapshotFiles(built: Built): { snapshot: Snapshot; files: OutputFile[] } {
	const { source, database, summary, report, date } = built;
	const { version } = source;
	const packed = pack(database);
	const files: OutputFile[] = [];
	const add = (prefix: string, bytes: Uint8Array): SnapshotFile => {
		const hash = sha256(bytes);
		const name = `${prefix}-${hash.slice(0, 16)}.bin`;
		files.push([name, bytes]);
		return { name, bytes: bytes.length, sha256: hash };
	};
	const chunks: SnapshotFile[] = [];
	for (let at = 0; at < packed.length; at += CHUNK_BYTES)
		chunks.push(add(version, packed.subarray(at, at + CHUNK_BYTES)));
	const snapshot = {
		version,
		title: TITLES[version] ?? `LEMUR ${version}`,
		source: { file: source.file, sha256: source.sha256 },
		counts: summary.counts,
		database: { bytes: database.length, sha256: sha256(database) },
		chunks,
		summary: add(`${version}-summary`, pack(encode(JSON.stringify(summary)))),
		date,
	};
	files.push([`${version}-report.json`, encode(toText(report))]);
	return { snapshot, files };
}

/** The manifest in `folder`, or null when there is none yet. */
export function readManifest(folder: string): Manifest | null {
	const path = join(folder, 'manifest.json');
	if (!existsSync(path)) return null;
	return v.parse(manifestSchema, JSON.parse(readFileSync(path, 'utf8')));
}

/**
 * Puts a snapshot's files into `folder` and its entry into the manifest; other versions stay.
 * @param preferred the version to open when none is asked for; without it the manifest's, or this
 */
export function publish(folder: string, built: Built, preferred?: string): Manifest {
	mkdirSync(folder, { recursive: true });
	const { snapshot, files } = snapshotFiles(built);
	const old = readManifest(folder);
	const { version } = snapshot;
	const others = old?.snapshots.filter((other) => other.version !== version) ?? [];
	const manifest: Manifest = {
		format: 1,
		default: preferred ?? old?.default ?? version,
		snapshots: [...others, snapshot].sort((a, b) =>
			b.version.localeCompare(a.version, 'en', { numeric: true }),
		),
	};
	for (const name of readdirSync(folder)) if (isPartOf(version, name)) rmSync(join(folder, name));
	for (const [name, bytes] of files) writeFileSync(join(folder, name), bytes);
	writeFileSync(join(folder, 'manifest.json'), toText(manifest));
	return manifest;
}

function isPartOf(version: string, name: string): boolean {
	return (
		name.startsWith(`${version}-`) &&
		/^(?:summary-)?[0-9a-f]{16}\.bin$/.test(name.slice(version.length + 1))
	);
}
