/** The answers of a loader's worker, apart from it so that Node can test them. */
import type { Handlers } from '../worker/rpc';
import type { Library } from './library';
import { openLoader, type Loader, type RawBatch } from './loader';
import { loaderParams, type LoaderRequests } from './loader-protocol';

/** One passage through an epoch: batches are made one after the other, however they are asked for. */
class Passage {
	readonly #batches: AsyncIterator<RawBatch>;
	#last: Promise<unknown> = Promise.resolve();

	constructor(batches: AsyncIterable<RawBatch>) {
		this.#batches = batches[Symbol.asyncIterator]();
	}

	next(): Promise<RawBatch | null> {
		const batch = this.#last.then(async () => {
			const { done, value } = await this.#batches.next();
			return done ? null : value;
		});
		this.#last = batch.catch(() => undefined);
		return batch;
	}
}

/** @param openLibrary the library of a site's root */
export function loaderHandlers(
	openLibrary: (siteRoot: string) => Promise<Library>,
): Handlers<LoaderRequests> {
	let loader: Loader | undefined;
	const passages = new Map<number, Passage>();
	return {
		open: {
			params: loaderParams.open,
			run: async ({ options, siteRoot, memory }, { signal }) => {
				const library = await openLibrary(siteRoot);
				const effects = { library, signal, ...(memory === null ? {} : { memory }) };
				loader = await openLoader(options, effects);
				const { samples, batchSize, batches, shape, classes, dataHash } = loader;
				return { samples, batchSize, batches, shape, classes, dataHash };
			},
		},
		begin: {
			params: loaderParams.begin,
			run: ({ run, epoch, from }) => {
				if (!loader) throw new Error('The loader was not opened.');
				passages.set(run, new Passage(loader.epoch(epoch, from)));
				return null;
			},
		},
		next: {
			params: loaderParams.next,
			run: ({ run }) => passages.get(run)?.next() ?? null,
		},
		end: {
			params: loaderParams.end,
			run: ({ run }) => {
				passages.delete(run);
				return null;
			},
		},
	};
}
