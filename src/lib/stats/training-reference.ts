/**
 * Where a training stands among LEMUR's records of the same task, dataset and net: the distribution of
 * accuracies at every epoch, and the hyperparameters that LEMUR's best runs had. Own runs do not count.
 */
import { SOURCES, type TrialColumns } from './columns';
import { standing } from './rank';

export interface ReferenceQuestion {
	readonly task: string;
	readonly dataset: string;
	readonly metric: string;
	readonly nn: string;
	/** where LEMUR's runs of this transform are asked for alone; absent: all */
	readonly transform?: string;
}

/** What the best tenth of LEMUR's runs had. */
export interface Preset {
	/** medians by name; `batch` is a value that some run had */
	readonly prm: Readonly<Record<string, number>>;
	/** the transform that most of them had */
	readonly transform: string;
	/** runs they are taken from, and all that were looked at */
	readonly best: number;
	readonly runs: number;
	/** the lowest best accuracy among them */
	readonly from: number;
}

export interface TrainingReference {
	/** epochs with a record, ascending */
	readonly epochs: Uint16Array;
	/** accuracies at epochs[i] are values[start[i]] … values[start[i + 1] − 1], ascending */
	readonly start: Uint32Array;
	readonly values: Float64Array;
	/** undefined: LEMUR has no run of this */
	readonly preset?: Preset;
	/** transforms with the number of LEMUR's runs, most first */
	readonly transforms: readonly { readonly name: string; readonly runs: number }[];
}

/** Share of runs that count as the best. */
const BEST_SHARE = 0.1;
/** Names that are no choices of a person. */
const NOT_CHOSEN: ReadonlySet<string> = new Set(['seed', 'epoch_max']);

export function trainingReference(
	columns: TrialColumns,
	question: ReferenceQuestion,
): TrainingReference {
	const all = runsOf(columns, question);
	const wanted =
		question.transform === undefined
			? all
			: all.filter((r) => columns.transforms[columns.runs.transform[r]!] === question.transform);
	const preset = presetOf(columns, wanted);
	return {
		...distribution(columns, all),
		transforms: transformsOf(columns, all),
		...(preset ? { preset } : {}),
	};
}

/** LEMUR's runs of a configuration. */
function runsOf(columns: TrialColumns, { task, dataset, metric, nn }: ReferenceQuestion): number[] {
	const { tasks, nns, configs, runs } = columns;
	const t = tasks.findIndex(
		(one) => one.task === task && one.dataset === dataset && one.metric === metric,
	);
	const n = nns.indexOf(nn);
	const lemur = SOURCES.indexOf('lemur');
	const found: number[] = [];
	for (let r = 0; r < runs.count; r++) {
		const config = runs.config[r]!;
		if (configs.task[config] === t && configs.nn[config] === n && runs.source[r] === lemur)
			found.push(r);
	}
	return found;
}

function distribution({ runs, epoch, accuracy }: TrialColumns, of: readonly number[]) {
	const byEpoch = new Map<number, number[]>();
	for (const r of of)
		for (let t = runs.start[r]!; t < runs.start[r + 1]!; t++) {
			const list = byEpoch.get(epoch[t]!);
			if (list) list.push(accuracy[t]!);
			else byEpoch.set(epoch[t]!, [accuracy[t]!]);
		}
	const epochs = Uint16Array.from(byEpoch.keys()).sort();
	const start = new Uint32Array(epochs.length + 1);
	const lists = Array.from(epochs, (one) => Float64Array.from(byEpoch.get(one)!).sort());
	for (const [i, list] of lists.entries()) start[i + 1] = start[i]! + list.length;
	const values = new Float64Array(start[epochs.length]!);
	for (const [i, list] of lists.entries()) values.set(list, start[i]);
	return { epochs, start, values };
}

function transformsOf({ runs, transforms }: TrialColumns, of: readonly number[]) {
	const counts = new Map<string, number>();
	for (const r of of) {
		const name = transforms[runs.transform[r]!]!;
		if (name !== '') counts.set(name, (counts.get(name) ?? 0) + 1);
	}
	return [...counts]
		.map(([name, count]) => ({ name, runs: count }))
		.sort((a, b) => b.runs - a.runs || (a.name < b.name ? -1 : 1));
}

function presetOf(columns: TrialColumns, of: readonly number[]): Preset | undefined {
	if (of.length === 0) return undefined;
	const { runs, accuracy } = columns;
	const bestOf = (r: number) => {
		let best = -Infinity;
		for (let t = runs.start[r]!; t < runs.start[r + 1]!; t++) best = Math.max(best, accuracy[t]!);
		return best;
	};
	const ranked = of
		.map((r) => ({ r, best: bestOf(r) }))
		.sort((a, b) => b.best - a.best || a.r - b.r);
	const top = ranked.slice(0, Math.max(1, Math.ceil(of.length * BEST_SHARE)));
	const prm: Record<string, number> = {};
	for (const [name, column] of runs.prm) {
		if (column.kind !== 'number' || NOT_CHOSEN.has(name)) continue;
		const values = top.map(({ r }) => column.values[r]!).filter((value) => !Number.isNaN(value));
		// A parameter that most of them lack is not this net's.
		if (values.length * 2 > top.length) prm[name] = median(values, name === 'batch');
	}
	const [transform] = transformsOf(
		columns,
		top.map(({ r }) => r),
	);
	const from = top.at(-1)!.best;
	return { prm, transform: transform?.name ?? '', best: top.length, runs: of.length, from };
}

/** @param whole the lower of the two middle values rather than their mean: one that some run had */
function median(values: number[], whole: boolean): number {
	values.sort((a, b) => a - b);
	const low = values[Math.floor((values.length - 1) / 2)]!;
	const high = values[Math.ceil((values.length - 1) / 2)]!;
	return whole ? low : (low + high) / 2;
}

/** One accuracy among LEMUR's at its epoch. */
export interface Place {
	/** LEMUR's records at this epoch */
	readonly n: number;
	/** share of them that are lower, plus half the ties, 0..1 */
	readonly percentile: number;
	readonly median: number;
	readonly best: number;
}

/** @returns undefined when LEMUR has no record at this epoch */
export function placeOf(
	{ epochs, start, values }: TrainingReference,
	epoch: number,
	accuracy: number,
): Place | undefined {
	const at = epochs.indexOf(epoch);
	if (at < 0) return undefined;
	const list = values.subarray(start[at], start[at + 1]);
	const { percentile } = standing(accuracy, list);
	const middle = (list[(list.length - 1) >> 1]! + list[list.length >> 1]!) / 2;
	return { n: list.length, percentile, median: middle, best: list.at(-1)! };
}
