/** How data_api.json writes rows as text, and its order-free sums. Only the oracle runner reads it. */
import { createHash } from 'node:crypto';
import { statId } from '../db/records/identity';
import { writePythonJson } from '../db/records/python-json';
import { floatRepr, type PyValue } from '../db/records/python-text';
import type { DataRows } from './data-api';
import { compareText } from './text-order';

/** One text per row, in the order of the rows. */
export interface RowTexts {
	readonly keys: string[];
	readonly core: string[];
	readonly full: string[];
	/** LEMUR's `id` TAB `prm_id` */
	readonly ids: string[];
}

/** @param options prm: whether the hyperparameter called `epoch` is written */
export function rowTexts(rows: DataRows, options: { prm: 'all' | 'without epoch' }): RowTexts {
	const texts: RowTexts = { keys: [], core: [], full: [], ids: [] };
	const sets = rows.prmSets.map((set) => {
		const { epoch, ...rest } = set;
		const kept = options.prm === 'all' && epoch !== undefined ? { ...rest, epoch } : rest;
		return canonicalJson(pyDict(kept));
	});
	for (let r = 0; r < rows.rows; r++) {
		const [task, dataset, metric, nn] = [
			rows.task[r]!,
			rows.dataset[r]!,
			rows.metric[r]!,
			rows.nn[r]!,
		];
		const [epoch, accuracy, ns] = [rows.epoch[r]!, rows.accuracy[r]!, rows.duration[r]!];
		const duration = Number.isNaN(ns) ? null : BigInt(ns);
		const key = [task, dataset, metric, nn, epoch].join('\t');
		const core = `${key}\t${floatRepr(accuracy)}\t${duration === null ? 'null' : duration}`;
		texts.keys.push(key);
		texts.core.push(core);
		texts.full.push(`${core}\t${sets[rows.prm[r]!]}`);
		const [transform, uid] = [rows.transform[r]!, rows.uid[r]!];
		const id = statId({ transform, uid, task, dataset, metric, nn, epoch, duration, accuracy });
		texts.ids.push(`${id}\t${uid}`);
	}
	return texts;
}

/** @returns SHA-256 (hex) of the lines, sorted by their bytes, one line feed between two */
export function sha256Lines(lines: readonly string[]): string {
	const text = [...lines].sort(compareText).join('\n');
	return createHash('sha256').update(text).digest('hex');
}

/** @returns the hyperparameters of a row */
export function prmObject(rows: DataRows, row: number): Readonly<Record<string, number | string>> {
	return rows.prmSets[rows.prm[row]!] ?? {};
}

/** Whole numbers are ints, as they come out of a column of numeric affinity. */
export function pyDict(set: Readonly<Record<string, number | string>>): Map<string, PyValue> {
	return new Map(
		Object.entries(set).map(([name, value]) => [
			name,
			typeof value === 'number' && Number.isInteger(value) ? BigInt(value) : value,
		]),
	);
}

/** JSON with sorted keys and no blanks, numbers as Python prints them, ASCII only. */
export function canonicalJson(value: PyValue): string {
	if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
	if (!(value instanceof Map)) return writePythonJson(value);
	const entries = [...value].sort(([a], [b]) => compareText(a, b));
	return `{${entries.map(([k, item]) => `${writePythonJson(k)}:${canonicalJson(item)}`).join(',')}}`;
}

/** Correctly rounded sum: partial sums that do not overlap (Shewchuk), as Python's `math.fsum`. */
export function sumExactly(values: Iterable<number>): number {
	const partials: number[] = [];
	for (const value of values) {
		let x = value;
		let kept = 0;
		for (const partial of [...partials]) {
			let [high, low] = Math.abs(x) < Math.abs(partial) ? [partial, x] : [x, partial];
			const sum = high + low;
			low -= sum - high;
			high = sum;
			if (low !== 0) partials[kept++] = low;
			x = high;
		}
		partials.splice(kept, Infinity, x);
	}
	return roundPartials(partials);
}

/** Sums the partials from the largest down; a tie of the last rounding looks at the next partial. */
function roundPartials(partials: number[]): number {
	let high = partials.pop() ?? 0;
	let low = 0;
	while (partials.length > 0) {
		const x = high;
		const y = partials.pop()!;
		high = x + y;
		low = y - (high - x);
		if (low !== 0) break;
	}
	const next = partials.at(-1) ?? 0;
	if ((low < 0 && next < 0) || (low > 0 && next > 0)) {
		const doubled = low * 2;
		const rounded = high + doubled;
		if (doubled === rounded - high) return rounded;
	}
	return high;
}
