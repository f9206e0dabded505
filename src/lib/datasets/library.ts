/**
 * The datasets of this device as a whole: what is here, loading from the site, a mirror or files, and
 * freeing. The one thing that workers and tests open; it runs wherever a store and a network are.
 */
import type { NetworkEffects } from '../db/fetch-part';
import type { Store, StoreEstimate } from '../store/store';
import { bytesOnDevice, bytesPerSample, mirrorOf } from './dataset';
import type { DatasetSpec, Mirror, Split } from './dataset';
import { openFiles } from './decode/open-files';
import type { DecodeEffects, NamedBlob, SampleStream } from './decode/stream';
import { download, downloadsIn, forget, type DownloadFetch } from './download';
import { datasetError, plainName } from './errors';
import { ingest } from './ingest';
import type { SourceRecord, SplitRecord } from './record';
import { datasetNamed } from './registry';
import type { Shard } from './shard';
import { isQuota, ShardStore } from './shard-store';
import { readSite } from './site';

/** What a library takes from outside. */
export interface LibraryEffects {
	/** over `DATASET_COLLECTIONS` */
	readonly store: Store;
	readonly network: Omit<NetworkEffects, 'fetch'> & { readonly fetch: DownloadFetch };
	/** absolute URL of the site's root, with its last slash */
	readonly siteRoot: string;
	readonly decode: DecodeEffects;
	/** unique on this device */
	readonly newGeneration: () => string;
	/**
	 * Runs `work` alone among all tabs and workers. While another has the lock: waits for it, or
	 * answers undefined at once.
	 */
	readonly alone: <T>(
		name: string,
		wait: boolean,
		work: () => Promise<T>,
	) => Promise<T | undefined>;
}

/** Where a dataset is loaded from. */
export type Origin =
	| { readonly kind: 'site' }
	| { readonly kind: 'mirror' }
	| { readonly kind: 'files'; readonly files: readonly NamedBlob[] };

/** How far loading is. Counts are of the step and split that are named. */
export interface LoadProgress {
	/** fetching from the site or a mirror · opening archives · decoding and storing */
	readonly step: 'fetch' | 'unpack' | 'store';
	readonly split: Split | null;
	readonly bytes: number;
	readonly totalBytes: number;
	readonly samples: number;
	readonly totalSamples: number;
}

/** Settings of `load`. */
export interface LoadOptions {
	readonly signal: AbortSignal;
	readonly onProgress?: (progress: LoadProgress) => void;
	/** whether to wait while another tab or worker loads the same; default: say so */
	readonly wait?: boolean;
}

const SPLIT_ORDER = ['train', 'test'] as const;

/** See the module's comment. Methods reject with RpcError DATASET_*, StoreError or an AbortError. */
export class Library {
	readonly shards: ShardStore;
	readonly #effects: LibraryEffects;

	constructor(effects: LibraryEffects) {
		this.#effects = effects;
		this.shards = new ShardStore(effects.store);
	}

	/** Every split that is here or was begun. */
	list(): Promise<readonly SplitRecord[]> {
		return this.shards.list();
	}

	/** Bytes that this site uses and may use; null where the browser does not tell. */
	estimate(): Promise<StoreEstimate> {
		return this.#effects.store.estimate();
	}

	/** Bytes of mirrors' files that wait to be read, by address. */
	downloads(): Promise<ReadonlyMap<string, number>> {
		return downloadsIn(this.#effects.store);
	}

	/**
	 * Loads what the origin has of a dataset. Stopping it keeps what was stored; the same call goes on.
	 * @returns the records of the splits that are now whole
	 */
	async load(id: string, origin: Origin, options: LoadOptions): Promise<readonly SplitRecord[]> {
		const spec = datasetNamed(id);
		const wait = options.wait ?? false;
		const work = () => this.#loadFrom(spec, origin, options);
		try {
			const records = await this.#effects.alone(`dataset:${id}`, wait, work);
			if (records) return records;
		} catch (error) {
			throw isQuota(error) ? noRoom(spec, error) : error;
		}
		throw busy(spec);
	}

	/**
	 * A split's record; what the site ships is loaded first when it is not here yet.
	 * @throws RpcError DATASET_ABSENT when only the visitor can fetch it
	 */
	async split(id: string, split: Split, signal: AbortSignal): Promise<SplitRecord> {
		const spec = datasetNamed(id);
		const here = await this.shards.find(id, split);
		if (here) return here;
		if (!spec.sources.some(({ kind }) => kind === 'site')) throw absent(spec, split);
		await this.load(id, { kind: 'site' }, { signal, wait: true });
		const loaded = await this.shards.find(id, split);
		if (loaded) return loaded;
		throw absent(spec, split);
	}

	/** A verified shard. */
	read(record: SplitRecord, index: number): Promise<Shard> {
		return this.shards.read(record, index);
	}

	/** Frees what was begun of a dataset and not finished. */
	async discard(id: string): Promise<void> {
		const spec = datasetNamed(id);
		for (const split of SPLIT_ORDER) await this.shards.remove(id, split, false);
		for (const { url } of mirrorOf(spec)?.files ?? []) await forget(this.#effects.store, url);
	}

	/** Frees a dataset and everything that was begun of it. */
	async remove(id: string): Promise<void> {
		await this.discard(id);
		for (const split of SPLIT_ORDER) await this.shards.remove(id, split, true);
	}

	#loadFrom(spec: DatasetSpec, origin: Origin, options: LoadOptions): Promise<SplitRecord[]> {
		if (origin.kind === 'site') return this.#loadSite(spec, options);
		if (origin.kind === 'mirror') return this.#loadMirror(spec, options);
		return this.#loadFiles(spec, origin.files, options);
	}

	async #loadSite(spec: DatasetSpec, options: LoadOptions): Promise<SplitRecord[]> {
		const { network, siteRoot, newGeneration } = this.#effects;
		const records: SplitRecord[] = [];
		for (const split of SPLIT_ORDER) {
			const here = await this.shards.find(spec.id, split);
			if (here?.source.kind === 'site') {
				records.push(here);
				continue;
			}
			const onProgress = (progress: Omit<LoadProgress, 'step' | 'split'>) =>
				options.onProgress?.({ step: 'fetch', split, ...progress });
			const settings = { network, siteRoot, newGeneration, signal: options.signal, onProgress };
			records.push(await readSite(this.shards, spec, split, settings));
		}
		return records;
	}

	async #loadMirror(spec: DatasetSpec, options: LoadOptions): Promise<SplitRecord[]> {
		const mirror = mirrorOf(spec);
		if (!mirror) throw absent(spec, 'train');
		await this.#requireRoom(spec, mirror);
		const records: SplitRecord[] = [];
		for (const file of mirror.files) {
			const { split, url } = file;
			const names = [plainName(url.split('/').pop() ?? url)];
			const source: SourceRecord = { kind: 'mirror', names, identity: url };
			const { store, network } = this.#effects;
			const here = await this.shards.find(spec.id, split);
			if (here?.source.identity === source.identity) {
				// An earlier visit may have ended between storing the samples and dropping their file.
				await forget(store, url);
				records.push(here);
				continue;
			}
			const onBytes = (bytes: number, totalBytes: number) =>
				options.onProgress?.({ ...NOTHING, step: 'fetch', split, bytes, totalBytes });
			const blob = await download(file, { store, network, signal: options.signal, onBytes });
			const named = [{ name: `${split}.parquet`, blob }];
			const streams = await this.#open(spec, named, options);
			for (const stream of streams) records.push(await this.#store(spec, stream, source, options));
			await forget(store, url);
		}
		return records;
	}

	async #loadFiles(
		spec: DatasetSpec,
		files: readonly NamedBlob[],
		options: LoadOptions,
	): Promise<SplitRecord[]> {
		const streams = await this.#open(spec, files, options);
		const identity = files.map(({ name, blob }) => `${name}:${blob.size}`).join(' ');
		const records: SplitRecord[] = [];
		for (const stream of streams) {
			const source: SourceRecord = { kind: 'files', names: [...stream.names], identity };
			records.push(await this.#store(spec, stream, source, options));
		}
		return records;
	}

	#open(spec: DatasetSpec, files: readonly NamedBlob[], { signal, onProgress }: LoadOptions) {
		const totalBytes = files.reduce((sum, { blob }) => sum + blob.size, 0);
		const onBytes = (bytes: number) =>
			onProgress?.({ ...NOTHING, step: 'unpack', split: null, bytes, totalBytes });
		return openFiles(files, spec, { effects: this.#effects.decode, signal, onBytes });
	}

	#store(
		spec: DatasetSpec,
		stream: SampleStream,
		source: SourceRecord,
		{ signal, onProgress }: LoadOptions,
	): Promise<SplitRecord> {
		const { split } = stream;
		const each = bytesPerSample(spec);
		const onSamples = (samples: number, totalSamples: number) =>
			onProgress?.({
				step: 'store',
				split,
				bytes: samples * each,
				totalBytes: totalSamples * each,
				samples,
				totalSamples,
			});
		const { newGeneration } = this.#effects;
		return ingest(this.shards, spec, stream, { source, newGeneration, signal, onSamples });
	}

	/** A download that cannot fit is not begun. */
	async #requireRoom(spec: DatasetSpec, mirror: Mirror): Promise<void> {
		const { usage, quota } = await this.#effects.store.estimate();
		if (usage === null || quota === null) return;
		const needed = bytesOnDevice(spec) + Math.max(...mirror.files.map(({ bytes }) => bytes));
		const free = quota - usage;
		if (free >= needed) return;
		const mb = (bytes: number) => `${Math.ceil(bytes / 1e6).toLocaleString('en')} MB`;
		throw datasetError(
			'DATASET_QUOTA',
			`${spec.title} needs ${mb(needed)} while it is loaded, and the browser gives this site ${mb(free)} more. Remove another dataset or free space on the disk.`,
			{ dataset: spec.id, needed, free },
		);
	}
}

const NOTHING = { bytes: 0, totalBytes: 0, samples: 0, totalSamples: 0 };

function absent(spec: DatasetSpec, split: Split) {
	return datasetError(
		'DATASET_ABSENT',
		`${spec.title} (${split}) is not on this device: load it on the page Datasets first.`,
		{ dataset: spec.id, split },
	);
}

/** While a file is fetched; what is said while samples are stored is in `ingest.ts`. */
function noRoom(spec: DatasetSpec, cause: unknown) {
	return datasetError(
		'DATASET_QUOTA',
		`The browser has no room for more of ${spec.title}. What arrived is kept. Remove another dataset or free space on the disk, then go on.`,
		{ dataset: spec.id },
		cause,
	);
}

function busy(spec: DatasetSpec) {
	return datasetError(
		'DATASET_BUSY',
		`${spec.title} is being loaded in another tab or by a training: wait for that, or stop it there.`,
		{ dataset: spec.id },
	);
}
