/**
 * Stable sorting of trials by several columns. Every column gets dense ranks once, on first use;
 * after that a sort is a radix sort of small integers. The order equals SQL's
 * `ORDER BY x IS NULL, x [DESC], <mirror order>`: missing values last both ways, text by code point.
 */
import { SOURCES, type PrmColumn, type TrialColumns } from './columns';
import { isPrmColumn, prmName, type ColumnId, type SortKey } from './fields';
import { epochDurations, type UidText } from './reader';
import { remember } from './remember';
import { compareText, distinctSorted } from './text-order';

/** Ranks of a column: 0 for the lowest value, equal for equal values. */
interface Ranks {
	/** one rank per run or per trial; `count` = no value */
	readonly level: 'run' | 'trial';
	readonly rank: Uint32Array;
	/** distinct values */
	readonly count: number;
}

/** Orders of all trials that are kept, 2.3 MB each at full size. */
const MAX_ORDERS = 3;
/** Fewer than one in this many of the trials are sorted by themselves. */
const FEW = 8;

/** Sorts trials of one snapshot and keeps its columns' ranks and the last few orders of all trials. */
export class Sorter {
	readonly #columns: TrialColumns;
	readonly #uidText: UidText;
	readonly #ranks = new Map<ColumnId, Ranks>();
	readonly #orders = new Map<string, Uint32Array>();

	/** @param uidText needed to sort by `uid`; without it all uids are equal */
	constructor(columns: TrialColumns, uidText: UidText = () => '') {
		this.#columns = columns;
		this.#uidText = uidText;
	}

	/**
	 * @param ids trials in ascending order, which ties keep
	 * @param keys most important first
	 * @returns the trials in order, not to be written to; `ids` itself where there are no keys
	 */
	sort(ids: Uint32Array, keys: readonly SortKey[]): Uint32Array {
		const few = ids.length * FEW < this.#columns.count;
		return few || keys.length === 0 ? this.#sorted(ids, keys) : pick(this.#orderOfAll(keys), ids);
	}

	#sorted(ids: Uint32Array, keys: readonly SortKey[]): Uint32Array {
		let order = ids;
		for (const { column, descending } of [...keys].reverse())
			order = sortByRank(order, this.#columns.run, this.#ranksOf(column), descending);
		return order;
	}

	/** A filter leaves the order of what passes as it is, so most filters need no sort of their own. */
	#orderOfAll(keys: readonly SortKey[]): Uint32Array {
		const text = JSON.stringify(keys.map(({ column, descending }) => [column, descending]));
		return remember(this.#orders, text, MAX_ORDERS, () => {
			const all = new Uint32Array(this.#columns.count);
			for (let t = 0; t < all.length; t++) all[t] = t;
			return this.#sorted(all, keys);
		});
	}

	#ranksOf(column: ColumnId): Ranks {
		let ranks = this.#ranks.get(column);
		if (!ranks) this.#ranks.set(column, (ranks = rankColumn(this.#columns, column, this.#uidText)));
		return ranks;
	}
}

/** @returns the trials in the order of the keys, without keeping anything for a next time */
export function sortTrials(
	columns: TrialColumns,
	ids: Uint32Array,
	keys: readonly SortKey[],
	uidText?: UidText,
): Uint32Array {
	return new Sorter(columns, uidText).sort(ids, keys);
}

/** @returns those of `order` that are among `ids`, in its order */
function pick(order: Uint32Array, ids: Uint32Array): Uint32Array {
	if (ids.length === order.length) return order;
	const wanted = new Uint8Array(order.length);
	for (let i = 0; i < ids.length; i++) wanted[ids[i]!] = 1;
	const picked = new Uint32Array(ids.length);
	let n = 0;
	// The next place is written whether or not it counts: a branch on a mixed mask costs more.
	for (let i = 0; n < picked.length; i++) {
		const trial = order[i]!;
		picked[n] = trial;
		n += wanted[trial]!;
	}
	return picked;
}

const DIGIT_BITS = 11;
const RADIX = 2 ** DIGIT_BITS;

function sortByRank(
	ids: Uint32Array,
	run: Uint32Array,
	{ level, rank, count }: Ranks,
	descending: boolean,
): Uint32Array {
	const keys = new Uint32Array(ids.length);
	for (let i = 0; i < ids.length; i++) {
		const value = rank[level === 'run' ? run[ids[i]!]! : ids[i]!]!;
		keys[i] = descending && value < count ? count - 1 - value : value;
	}
	return radixSort(ids, keys, count);
}

/** Stable; `keys[i]` (at most `max`) belongs to `ids[i]`. */
function radixSort(ids: Uint32Array, keys: Uint32Array, max: number): Uint32Array {
	let [fromIds, fromKeys] = [ids, keys];
	for (let shift = 0; shift < 32 && max >>> shift > 0; shift += DIGIT_BITS) {
		const starts = new Uint32Array(RADIX + 1);
		for (let i = 0; i < fromKeys.length; i++)
			starts[((fromKeys[i]! >>> shift) & (RADIX - 1)) + 1]!++;
		for (let d = 0; d < RADIX; d++) starts[d + 1]! += starts[d]!;
		const toIds = new Uint32Array(ids.length);
		const toKeys = new Uint32Array(ids.length);
		for (let i = 0; i < fromKeys.length; i++) {
			const to = starts[(fromKeys[i]! >>> shift) & (RADIX - 1)]!++;
			toIds[to] = fromIds[i]!;
			toKeys[to] = fromKeys[i]!;
		}
		[fromIds, fromKeys] = [toIds, toKeys];
	}
	return fromIds;
}

function rankColumn(columns: TrialColumns, id: ColumnId, uidText: UidText): Ranks {
	const { runs, configs, nns, transforms, tasks } = columns;
	if (isPrmColumn(id)) return rankPrm(runs.prm.get(prmName(id)), runs.count);
	switch (id) {
		case 'task':
		case 'dataset':
		case 'metric': {
			const texts = tasks.map((task) => task[id]);
			return rankTexts(texts, runs.count, (r) => configs.task[runs.config[r]!]!);
		}
		case 'nn':
			return rankTexts(nns, runs.count, (r) => configs.nn[runs.config[r]!]!);
		case 'transform':
			return rankTexts(transforms, runs.count, (r) => runs.transform[r]!);
		case 'source':
			return rankTexts(SOURCES, runs.count, (r) => runs.source[r]!);
		case 'uid':
			return rankUids(columns, uidText);
		case 'repeat':
			return rankSmall('run', runs.repeat);
		case 'epoch':
			return rankSmall('trial', columns.epoch);
		case 'accuracy':
		case 'duration':
			return rankNumbers('trial', columns[id]);
		case 'epochDuration':
			return rankNumbers('trial', epochDurations(columns));
		default:
			return id satisfies never;
	}
}

function rankPrm(column: PrmColumn | undefined, runs: number): Ranks {
	if (!column) return { level: 'run', rank: new Uint32Array(runs), count: 0 };
	if (column.kind === 'number') return rankNumbers('run', column.values);
	return rankTexts(column.dictionary, runs, (r) => column.codes[r]!);
}

/** @param of index into `texts` of a run, or -1; an empty text is no value */
function rankTexts(texts: readonly string[], runs: number, of: (run: number) => number): Ranks {
	const sorted = distinctSorted(texts.filter((text) => text !== ''));
	const position = new Map(sorted.map((text, index) => [text, index]));
	const ranks = texts.map((text) => position.get(text) ?? sorted.length);
	const rank = new Uint32Array(runs);
	for (let r = 0; r < runs; r++) rank[r] = ranks[of(r)] ?? sorted.length;
	return { level: 'run', rank, count: sorted.length };
}

/** One uid text per distinct uid number, not per run. */
function rankUids({ runs }: TrialColumns, uidText: UidText): Ranks {
	const texts = new Map<number, string>();
	for (let r = 0; r < runs.count; r++)
		if (!texts.has(runs.uid[r]!)) texts.set(runs.uid[r]!, uidText(r));
	const sorted = [...texts].sort(([, a], [, b]) => compareText(a, b));
	const ranks = new Map<number, number>();
	let count = 0;
	for (const [i, [uid, text]] of sorted.entries()) {
		if (i > 0 && text !== sorted[i - 1]![1]) count++;
		ranks.set(uid, count);
	}
	const rank = Uint32Array.from(runs.uid, (uid) => ranks.get(uid) ?? 0);
	return { level: 'run', rank, count: sorted.length === 0 ? 0 : count + 1 };
}

/** Whole numbers below 65,536 are their own ranks. */
function rankSmall(level: Ranks['level'], values: Uint16Array): Ranks {
	return { level, rank: Uint32Array.from(values), count: 2 ** 16 };
}

const SIGN = 0x80000000;

/** Ranks of doubles, NaN last: radix sort on their bits, flipped so that they order as integers. */
function rankNumbers(level: Ranks['level'], values: Float64Array): Ranks {
	const n = values.length;
	const { low, high } = orderedBits(values);
	const ascending = new Uint32Array(n);
	for (let i = 0; i < n; i++) ascending[i] = i;
	const byLow = radixSort(ascending, low, 0xffffffff);
	const keys = new Uint32Array(n);
	for (let i = 0; i < n; i++) keys[i] = high[byLow[i]!]!;
	const order = radixSort(byLow, keys, 0xffffffff);
	const rank = new Uint32Array(n);
	let count = 0;
	let previous = NaN;
	for (let i = 0; i < n; i++) {
		const value = values[order[i]!]!;
		if (!Number.isNaN(value) && value !== previous) count++;
		previous = value;
		rank[order[i]!] = Number.isNaN(value) ? count : count - 1;
	}
	return { level, rank, count };
}

/** The two halves of each double as unsigned integers that order as the doubles do; -0 as 0. */
function orderedBits(values: Float64Array): { low: Uint32Array; high: Uint32Array } {
	const n = values.length;
	const low = new Uint32Array(n);
	const high = new Uint32Array(n);
	const double = new Float64Array(1);
	const bits = new Uint32Array(double.buffer);
	for (let i = 0; i < n; i++) {
		double[0] = values[i]! + 0;
		const negative = bits[1]! >= SIGN;
		low[i] = negative ? ~bits[0]! : bits[0]!;
		high[i] = negative ? ~bits[1]! : bits[1]! | SIGN;
		if (Number.isNaN(double[0])) high[i] = 0xffffffff;
	}
	return { low, high };
}
