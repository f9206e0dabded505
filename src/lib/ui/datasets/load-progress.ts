/** One bar over all that loading a dataset takes, and its words. */
import type { DatasetSpec, Split } from '../../datasets/dataset';
import type { LibraryEvent } from '../../datasets/library-protocol';
import { bytes, count } from '../format';

/** Guesses at how the time of a split is shared out. */
const SHARES = {
	site: { fetch: 1, unpack: 0, store: 0 },
	mirror: { fetch: 0.75, unpack: 0, store: 0.25 },
	files: { fetch: 0, unpack: 0.3, store: 0.7 },
} as const;

/** The last step is not the end: the record is written after it. */
const MOST = 0.99;

const SPLIT_WORDS: Readonly<Record<Split, string>> = {
	train: 'training samples',
	test: 'test samples',
};

/** 0..1 of a step that counts bytes or samples. */
function partOf(event: Exclude<LibraryEvent, { step: 'verify' }>): number {
	const [done, total] =
		event.totalSamples > 0 && event.step === 'store'
			? [event.samples, event.totalSamples]
			: [event.bytes, event.totalBytes];
	return total > 0 ? Math.min(1, done / total) : 0;
}

/**
 * @param before the share so far: the result never is less
 * @returns 0..0.99 of the work
 */
export function loadShare(
	spec: DatasetSpec,
	origin: keyof typeof SHARES,
	event: LibraryEvent | undefined,
	before: number,
): number {
	if (!event || event.step === 'verify') return before;
	const shares = SHARES[origin];
	const all = spec.counts.train + spec.counts.test;
	const train = spec.counts.train / all;
	const part = partOf(event);
	const raised = (share: number) => Math.max(before, Math.min(MOST, share));
	// Archives are opened before it is known what is in them.
	if (origin === 'files' && event.step === 'unpack') return raised(shares.unpack * part);
	const [start, weight] = event.split === 'test' ? [train, 1 - train] : [0, train];
	const common = origin === 'files' ? shares.unpack : 0;
	const fetched = event.step === 'fetch' ? shares.fetch * part : shares.fetch;
	const stored = event.step === 'store' ? shares.store * part : 0;
	return raised(common + start * (1 - common) + weight * (fetched + stored));
}

/** @returns what is being done: "Fetching the training samples: 43.1 MB of 119.7 MB" */
export function loadText(event: LibraryEvent | undefined): string {
	if (!event) return 'Beginning…';
	if (event.step === 'verify')
		return `Looking at part ${count(event.done)} of ${count(event.total)}`;
	const of = event.split ? SPLIT_WORDS[event.split] : 'files';
	const amount = `${bytes(event.bytes)} of ${bytes(event.totalBytes)}`;
	if (event.step === 'unpack') return `Opening the ${of}: ${amount}`;
	const samples = `${count(event.samples)} of ${count(event.totalSamples)}`;
	if (event.step === 'store') return `Storing the ${of}: ${samples}`;
	const stored = event.totalSamples > 0 ? `, ${samples} stored` : '';
	return `Fetching the ${of}: ${amount}${stored}`;
}
