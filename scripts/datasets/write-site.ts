/** Writes a dataset in the form that the site ships: `manifest.json` and gzip shards named by hash. */
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import * as v from 'valibot';
import { sha256 } from '../../src/lib/db/sha256';
import type { DatasetSpec } from '../../src/lib/datasets/dataset';
import type { SampleStream } from '../../src/lib/datasets/decode/stream';
import { ingest } from '../../src/lib/datasets/ingest';
import { DATASET_COLLECTIONS, ShardStore } from '../../src/lib/datasets/shard-store';
import { siteManifestSchema, type SiteManifest } from '../../src/lib/datasets/site';
import { createMemoryStore } from '../../src/lib/store/memory';

type SiteSplit = SiteManifest['splits']['train'];

/** Reads a stream as the page would and packs what came of it. */
async function writeSplit(folder: string, spec: DatasetSpec, stream: SampleStream, level: number) {
	const store = createMemoryStore({ name: 'build', collections: DATASET_COLLECTIONS });
	const shards = new ShardStore(store);
	const record = await ingest(shards, spec, stream, {
		source: { kind: 'files', names: [...stream.names], identity: '' },
		newGeneration: () => 'build',
		signal: new AbortController().signal,
		onSamples: () => undefined,
	});
	const files: SiteSplit['shards'] = [];
	for (const [index, { samples, bytes, sha256: hash }] of record.shards.entries()) {
		const raw = await shards.readBytes(record, index);
		const packed = gzipSync(raw, { level });
		packed[9] = 255; // the system that packed it: unknown, so that all systems give the same bytes
		const packedHash = await sha256(packed);
		const name = `${stream.split}-${index}-${packedHash.slice(0, 16)}.bin`;
		await writeFile(join(folder, name), packed);
		const shard = { bytes, sha256: hash };
		const classes = await classesOf(shards, record, index, spec.classes.length);
		files.push({ name, bytes: packed.length, sha256: packedHash, samples, classes, shard });
	}
	return { samples: stream.expected, shards: files };
}

async function classesOf(
	shards: ShardStore,
	record: Parameters<ShardStore['read']>[0],
	index: number,
	count: number,
): Promise<number[]> {
	const classes = new Array<number>(count).fill(0);
	for (const label of (await shards.read(record, index)).labels)
		classes[label] = (classes[label] ?? 0) + 1;
	return classes;
}

/**
 * Replaces `folder` with the dataset.
 * @param source where it came from: package and version
 * @param level of gzip: 9 is 2 % smaller than 6 and takes three times as long
 */
export async function writeSite(
	folder: string,
	spec: DatasetSpec,
	source: string,
	streams: readonly SampleStream[],
	level = 6,
): Promise<SiteManifest> {
	const find = (split: 'train' | 'test') => {
		const stream = streams.find((one) => one.split === split);
		if (!stream || !spec.size) throw new Error(`There are no ${split} samples of ${spec.title}.`);
		return stream;
	};
	await mkdir(folder, { recursive: true });
	for (const name of await staleFiles(folder)) await rm(join(folder, name));
	const manifest: SiteManifest = {
		format: 1,
		dataset: spec.id,
		source,
		size: [...(spec.size ?? [0, 0])],
		channels: spec.channels,
		splits: {
			train: await writeSplit(folder, spec, find('train'), level),
			test: await writeSplit(folder, spec, find('test'), level),
		},
	};
	await writeFile(join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, '\t')}\n`);
	return manifest;
}

/** Files that an older run wrote; others in the folder are left alone. */
async function staleFiles(folder: string): Promise<string[]> {
	const manifest = await readManifest(folder);
	if (!manifest) return [];
	const { train, test } = manifest.splits;
	const names = [...train.shards, ...test.shards].map(({ name }) => name);
	return ['manifest.json', ...names].filter((name) => existsSync(join(folder, name)));
}

/** @returns undefined when there is none, or one of another form */
export async function readManifest(folder: string): Promise<SiteManifest | undefined> {
	try {
		const text = await readFile(join(folder, 'manifest.json'), 'utf8');
		const parsed = v.safeParse(siteManifestSchema, JSON.parse(text));
		return parsed.success ? parsed.output : undefined;
	} catch {
		return undefined;
	}
}

/** True when the folder holds the dataset of this source, with all files of the right size. */
export async function isWritten(folder: string, source: string): Promise<boolean> {
	const manifest = await readManifest(folder);
	if (manifest?.source !== source) return false;
	for (const { name, bytes } of [...manifest.splits.train.shards, ...manifest.splits.test.shards]) {
		const found = await stat(join(folder, name)).catch(() => undefined);
		if (found?.size !== bytes) return false;
	}
	return true;
}
