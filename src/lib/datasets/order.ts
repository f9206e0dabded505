/**
 * The order in which an epoch takes its samples: a function of seed and epoch alone. When all shards
 * fit in memory it is a permutation of everything, as PyTorch's shuffle. When they do not, shards are
 * taken in random order, some at a time, and samples are shuffled among those.
 */
import { uniform } from '../nn/formula';

const SAMPLES = 0x53480000; // 'SH': streams of the samples' order, one per epoch and group
const SHARDS = 0x53440000; // 'SD': streams of the shards' order, one per epoch

/** Which samples are taken in what order, and which shards that needs together. */
export interface EpochOrder {
	/** numbers of samples */
	readonly samples: Uint32Array;
	/** shards of each group, and where its samples end in `samples` */
	readonly groups: readonly { readonly shards: readonly number[]; readonly end: number }[];
}

/** What an order depends on. */
export interface OrderRequest {
	/** samples of each shard, after a limit */
	readonly counts: readonly number[];
	/** shards that are held at the same time */
	readonly window: number;
	readonly shuffle: boolean;
	readonly seed: number;
	readonly epoch: number;
}

/** Exchanges entries of `values[from, to)` at random: Fisher and Yates. */
function shuffleRange(
	values: Uint32Array | number[],
	from: number,
	to: number,
	stream: number,
	seed: number,
): void {
	for (let last = to - 1; last > from; last--) {
		const other = from + Math.floor(uniform(stream, last, seed) * (last - from + 1));
		const value = values[last] ?? 0;
		values[last] = values[other] ?? 0;
		values[other] = value;
	}
}

/** @returns each sample once */
export function epochOrder({ counts, window, shuffle, seed, epoch }: OrderRequest): EpochOrder {
	const starts: number[] = [];
	const total = counts.reduce((sum, count) => (starts.push(sum), sum + count), 0);
	const samples = new Uint32Array(total);
	const shards = counts.map((_, index) => index);
	const grouped = shuffle && counts.length > window;
	if (grouped) shuffleRange(shards, 0, shards.length, SHARDS + epoch, seed);
	const groups: { shards: readonly number[]; end: number }[] = [];
	for (let first = 0, at = 0; first < shards.length; first += window) {
		const own = shards.slice(first, first + window);
		const begin = at;
		for (const shard of own)
			for (let i = 0; i < (counts[shard] ?? 0); i++) samples[at++] = (starts[shard] ?? 0) + i;
		if (shuffle) shuffleRange(samples, begin, at, SAMPLES + epoch * 4096 + groups.length, seed);
		groups.push({ shards: own, end: at });
	}
	return { samples, groups };
}
