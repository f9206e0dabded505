/** The columns of runs when own ones stand among a snapshot's: one entry per run, from where it is of. */
import { distinctSorted } from '../stats/text-order';
import { SOURCES, type PrmColumn, type Runs, type TrialColumns } from '../stats/columns';
import { taskText, type Names, type Order, type ReadRun } from './own-order';
import type { PyValue } from './records/python-text';

/** @returns the columns of runs, base and own, in their new order */
export function joinRunColumns(
	base: TrialColumns,
	own: readonly ReadRun[],
	{ transforms }: Names,
	order: Order,
): Runs {
	const { runs } = base;
	const at = new Map(transforms.map((name, index) => [name, index]));
	const ofBase = base.transforms.map((name) => at.get(name)!);
	const pick = <A extends Float64Array | Int32Array | Uint32Array | Uint16Array | Uint8Array>(
		into: A,
		fromBase: (run: number) => number,
		fromOwn: (run: number) => number,
	): A => {
		for (let r = 0; r < order.count; r++) {
			const origin = order.origin[r]!;
			into[r] = origin < 0 ? fromOwn(-1 - origin) : fromBase(origin);
		}
		return into;
	};
	const repeats = repeatsOf(own);
	const planned = runs.plannedEpochs;
	const mine = SOURCES.indexOf('mine');
	let uid: Uint32Array | undefined;
	return {
		count: order.count,
		config: order.config,
		start: order.start,
		transform: pick(
			new Uint16Array(order.count),
			(r) => ofBase[runs.transform[r]!]!,
			(r) => at.get(own[r]!.transform)!,
		),
		source: pick(
			new Uint8Array(order.count),
			(r) => runs.source[r]!,
			() => mine,
		),
		repeat: pick(
			new Uint16Array(order.count),
			(r) => runs.repeat[r]!,
			(r) => repeats[r]!,
		),
		get uid() {
			// Interning the base's takes long; most visits never ask.
			if (!uid) {
				const numbers = ownUids(own, runs.uid);
				uid = pick(
					new Uint32Array(order.count),
					(r) => runs.uid[r]!,
					(r) => numbers[r]!,
				);
			}
			return uid;
		},
		prm: joinPrm(runs.prm, own, order),
		...(planned && {
			plannedEpochs: pick(
				new Float64Array(order.count),
				(r) => planned[r]!,
				() => NaN,
			),
		}),
	};
}

/** The n-th further run of the same configuration and uid is repeat n. */
function repeatsOf(own: readonly ReadRun[]): number[] {
	const seen = new Map<string, number>();
	return own.map(({ run }) => {
		const key = `${taskText(run)} ${run.nn} ${run.uid}`;
		const repeat = seen.get(key) ?? 0;
		seen.set(key, repeat + 1);
		return repeat;
	});
}

/** Own uids name a device and a seed, so none of them is LEMUR's. */
function ownUids(own: readonly ReadRun[], base: Uint32Array): number[] {
	let next = 0;
	for (const uid of base) if (uid >= next) next = uid + 1;
	const numbers = new Map<string, number>();
	return own.map(({ run }) => {
		let number = numbers.get(run.uid);
		if (number === undefined) numbers.set(run.uid, (number = next++));
		return number;
	});
}

function joinPrm(
	base: ReadonlyMap<string, PrmColumn>,
	own: readonly ReadRun[],
	order: Order,
): ReadonlyMap<string, PrmColumn> {
	const names = distinctSorted([...base.keys(), ...own.flatMap(({ prm }) => [...prm.keys()])]);
	const columns = new Map<string, PrmColumn>();
	for (const name of names) {
		if (name === 'transform' || name === 'epoch') continue;
		const values = own.map(({ prm }) => plainValue(prm.get(name)));
		columns.set(name, joinColumn(base.get(name), values, order));
	}
	return columns;
}

/** As LEMUR's numeric column keeps it: booleans are 1 and 0, null is no value. */
function plainValue(value: PyValue | undefined): number | string | undefined {
	if (value === undefined || value === null) return undefined;
	if (typeof value === 'string') return value;
	return typeof value === 'object' ? undefined : Number(value);
}

function joinColumn(
	base: PrmColumn | undefined,
	own: readonly (number | string | undefined)[],
	{ count, origin }: Order,
): PrmColumn {
	const isText = base?.kind === 'text' || own.some((value) => typeof value === 'string');
	if (!isText) {
		const values = new Float64Array(count);
		const from = base?.kind === 'number' ? base.values : undefined;
		for (let r = 0; r < count; r++) {
			const o = origin[r]!;
			values[r] = o < 0 ? Number(own[-1 - o] ?? NaN) : (from?.[o] ?? NaN);
		}
		return { kind: 'number', values };
	}
	const text = (r: number): string | undefined => {
		const o = origin[r]!;
		if (o < 0) return own[-1 - o] === undefined ? undefined : String(own[-1 - o]);
		if (!base) return undefined;
		if (base.kind === 'text') return base.dictionary[base.codes[o]!];
		return Number.isNaN(base.values[o]) ? undefined : String(base.values[o]);
	};
	const texts = Array.from({ length: count }, (_, r) => text(r));
	const dictionary = distinctSorted(texts.filter((one) => one !== undefined));
	const code = new Map(dictionary.map((one, index) => [one, index]));
	const codes = Int32Array.from(texts, (one) => (one === undefined ? -1 : code.get(one)!));
	return { kind: 'text', codes, dictionary };
}
