/**
 * Datasets that the site ships: a manifest and gzip shards in `datasets/<id>`. They are stored like
 * any other, so that training reads all datasets the same way and works offline.
 */
import * as v from 'valibot';
import { fetchPart, type NetworkEffects } from '../db/fetch-part';
import { inflate } from '../db/inflate';
import { sha256 } from '../db/sha256';
import { abortError, isAbort, RpcError } from '../worker/rpc-error';
import type { DatasetSpec, Split } from './dataset';
import { datasetError } from './errors';
import { outOfRoom } from './ingest';
import { samplesIn, type SplitRecord } from './record';
import { isQuota, type ShardStore } from './shard-store';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
/** a plain name: never a path */
const fileName = v.pipe(v.string(), v.regex(/^[\w.-]+$/));

const shardSchema = v.object({
	/** gzip file in the same folder, named by its hash */
	name: fileName,
	bytes: count,
	sha256: hash,
	samples: count,
	/** samples per class in it */
	classes: v.array(count),
	/** the shard inside of it */
	shard: v.object({ bytes: count, sha256: hash }),
});

const splitSchema = v.object({ samples: count, shards: v.array(shardSchema) });

/** `datasets/<id>/manifest.json`. */
export const siteManifestSchema = v.object({
	format: v.literal(1),
	dataset: v.string(),
	/** where it was taken from: package and version */
	source: v.string(),
	size: v.tuple([count, count]),
	channels: v.picklist([1, 3]),
	splits: v.object({ train: splitSchema, test: splitSchema }),
});

export type SiteManifest = v.InferOutput<typeof siteManifestSchema>;

/** Progress of one split, in bytes of the files and in samples. */
export interface SiteProgress {
	readonly bytes: number;
	readonly totalBytes: number;
	readonly samples: number;
	readonly totalSamples: number;
}

/** Settings of `readSite`. */
export interface SiteOptions {
	readonly network: NetworkEffects;
	/** absolute URL of the site's root, with its last slash */
	readonly siteRoot: string;
	readonly newGeneration: () => string;
	readonly signal: AbortSignal;
	readonly onProgress: (progress: SiteProgress) => void;
}

const MANIFEST_LIMIT = 15_000;

const folderOf = (siteRoot: string, id: string) => new URL(`datasets/${id}/`, siteRoot);

/** @throws RpcError DATASET_NETWORK, DATASET_OFFLINE; an AbortError */
async function fetchManifest(spec: DatasetSpec, options: SiteOptions): Promise<SiteManifest> {
	const { network, siteRoot, signal } = options;
	const controller = new AbortController();
	const stop = () => controller.abort(abortError());
	const forget = network.timer(MANIFEST_LIMIT, stop);
	signal.addEventListener('abort', stop, { once: true });
	try {
		const url = new URL('manifest.json', folderOf(siteRoot, spec.id)).href;
		const response = await network.fetch(url, { signal: controller.signal });
		if (!response.ok) throw new Error(`the server answered ${response.status}`);
		return v.parse(siteManifestSchema, await response.json());
	} catch (error) {
		if (signal.aborted) throw abortError();
		throw unreachable(spec, network, 'Its list of files did not arrive', error);
	} finally {
		forget();
		signal.removeEventListener('abort', stop);
	}
}

function unreachable(spec: DatasetSpec, network: NetworkEffects, what: string, cause: unknown) {
	const details = { dataset: spec.id };
	if (!network.online())
		return datasetError(
			'DATASET_OFFLINE',
			`You are offline, and ${spec.title} is not on this device yet.`,
			details,
			cause,
		);
	const why = cause instanceof Error && !isAbort(cause) ? ` (${cause.message})` : '';
	return datasetError(
		'DATASET_NETWORK',
		`${spec.title} could not be loaded. ${what}${why}. Try again; what arrived is kept.`,
		details,
		cause,
	);
}

type SiteShard = SiteManifest['splits']['train']['shards'][number];

async function fetchShard(
	spec: DatasetSpec,
	file: SiteShard,
	options: SiteOptions,
	onBytes: (received: number) => void,
): Promise<Uint8Array> {
	const { network, siteRoot, signal } = options;
	const url = new URL(file.name, folderOf(siteRoot, spec.id)).href;
	const part = { name: `a part of ${spec.title}`, url, bytes: file.bytes, sha256: file.sha256 };
	try {
		const packed = await fetchPart(network, part, onBytes, signal);
		const bytes = await inflate([packed], file.shard.bytes);
		if (!bytes || (await sha256(bytes)) !== file.shard.sha256)
			throw new Error('a part is damaged on the server');
		return bytes;
	} catch (error) {
		if (signal.aborted) throw abortError();
		const what = error instanceof RpcError ? error.message.replace(/\.$/, '') : 'A part is missing';
		throw unreachable(spec, network, what, error instanceof RpcError ? undefined : error);
	}
}

/** The reading that was begun of the same files, or a new one. */
async function begin(
	store: ShardStore,
	spec: DatasetSpec,
	split: Split,
	manifest: SiteManifest,
	newGeneration: () => string,
): Promise<SplitRecord> {
	const files = manifest.splits[split];
	const identity = files.shards.map(({ shard }) => shard.sha256.slice(0, 12)).join(' ');
	const begun = await store.find(spec.id, split, false);
	if (begun?.source.kind === 'site' && begun.source.identity === identity) return begun;
	return store.begin({
		dataset: spec.id,
		split,
		generation: newGeneration(),
		source: { kind: 'site', names: [manifest.source], identity },
		size: manifest.size,
		channels: manifest.channels,
		expected: files.samples,
		shards: [],
		classes: spec.classes.map(() => 0),
		complete: false,
	});
}

/**
 * Stores a split that the site ships; goes on where an earlier call was stopped.
 * @throws RpcError DATASET_NETWORK, DATASET_OFFLINE, DATASET_QUOTA, DATASET_BUSY; an AbortError
 */
export async function readSite(
	store: ShardStore,
	spec: DatasetSpec,
	split: Split,
	options: SiteOptions,
): Promise<SplitRecord> {
	const manifest = await fetchManifest(spec, options);
	const { shards, samples: totalSamples } = manifest.splits[split];
	let record = await begin(store, spec, split, manifest, options.newGeneration);
	const totalBytes = shards.reduce((sum, { bytes }) => sum + bytes, 0);
	const sumOf = (files: readonly SiteShard[]) => files.reduce((sum, { bytes }) => sum + bytes, 0);
	const tell = (bytes: number) =>
		options.onProgress({ bytes, totalBytes, samples: samplesIn(record), totalSamples });
	try {
		for (let index = record.shards.length; index < shards.length; index++) {
			const file = shards[index];
			if (!file) break;
			if (options.signal.aborted) throw abortError();
			const before = sumOf(shards.slice(0, index));
			const bytes = await fetchShard(spec, file, options, (got) => tell(before + got));
			const { samples, classes, shard } = file;
			record = await store.append(record, { bytes, samples, classes, sha256: shard.sha256 });
			tell(before + file.bytes);
		}
		return await store.finish(record);
	} catch (error) {
		throw isQuota(error) ? outOfRoom(spec, record, error) : error;
	}
}
