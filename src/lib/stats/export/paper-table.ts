/**
 * A small table for a paper: nets by datasets, say. From a summary to printed cells with the best
 * of each column marked; `latex.ts` and `markdown.ts` only write it down.
 */
import type { GroupField, SummaryTable } from '../summary';

export interface PaperCell {
	/** '' = no trials */
	readonly text: string;
	/** the standard deviation as printed; absent where it is not shown or undefined */
	readonly spread?: string;
	/** the highest of its column as printed; equal texts share it */
	readonly best: boolean;
}

export interface PaperTable {
	/** the sentence that says which rows these are */
	readonly title: string;
	/** address that shows the same rows */
	readonly link: string;
	/** heading of the first column */
	readonly corner: string;
	readonly columns: readonly string[];
	readonly rows: readonly { readonly name: string; readonly cells: readonly PaperCell[] }[];
}

export interface PaperOptions {
	readonly title: string;
	readonly link: string;
	/** fields of the summary; default nets by datasets */
	readonly row?: GroupField;
	readonly column?: GroupField;
	/** the highest accuracy, or mean ± standard deviation (ddof 1) */
	readonly statistic: 'best' | 'mean';
	/** after the point; default 4, as LEMUR's paper prints */
	readonly digits?: number;
}

const CORNERS: Readonly<Partial<Record<GroupField, string>>> = { nn: 'Net', nnFamily: 'Family' };

/**
 * @param summary grouped by the two fields alone (and `metric` and `task`, which make columns of
 * their own: numbers of different metrics never share a column)
 * @returns rows and columns in the summary's order of their first group
 * @throws RangeError when the summary is grouped by anything else, or not by these
 */
export function paperTable(
	summary: SummaryTable,
	{ title, link, row = 'nn', column = 'dataset', statistic, digits = 4 }: PaperOptions,
): PaperTable {
	const rowKeys = keysOf(summary, [row]);
	const columnKeys = keysOf(summary, [...new Set<GroupField>([column, 'metric', 'task'])]);
	const further = summary.by.filter((f) => ![row, column, 'metric', 'task'].includes(f));
	if (further.length > 0)
		throw new RangeError(`A table of ${row} by ${column} has no place for ${further.join(', ')}.`);
	const rows = distinct(rowKeys);
	const columns = distinct(columnKeys);
	const groups = new Map(rowKeys.map((key, g) => [key + columnKeys[g], g]));
	const best = columns.map((c) => highest(summary, statistic, columnKeys, c).toFixed(digits));
	const cell = (r: string, c: number): PaperCell => {
		const g = groups.get(r + columns[c]);
		if (g === undefined) return { text: '', best: false };
		const text = valueOf(summary, statistic, g).toFixed(digits);
		const std = summary.std[g] ?? NaN;
		const spread =
			statistic === 'mean' && !Number.isNaN(std) ? { spread: std.toFixed(digits) } : {};
		return { text, ...spread, best: text === best[c] };
	};
	return {
		title,
		link,
		corner: CORNERS[row] ?? row,
		columns: headings(columns),
		rows: rows.map((key) => ({
			name: parse(key)[0] ?? '',
			cells: columns.map((_, c) => cell(key, c)),
		})),
	};
}

const distinct = (keys: readonly string[]) => [...new Set(keys)];
const parse = (key: string) => key.split(SEPARATOR);
/** In no name of LEMUR's, and a border between the parts of a key. */
const SEPARATOR = '\u0000';

/** One text per group. */
function keysOf({ by, keys, groups }: SummaryTable, fields: readonly GroupField[]): string[] {
	const lists = fields.map((field) => {
		const list = keys[by.indexOf(field)];
		if (!list) throw new RangeError(`The summary is not grouped by ${field}: group it so first.`);
		return list;
	});
	return Array.from({ length: groups }, (_, g) => lists.map((list) => list[g]).join(SEPARATOR));
}

function valueOf({ max, mean }: SummaryTable, statistic: PaperOptions['statistic'], g: number) {
	return (statistic === 'best' ? max : mean)[g] ?? NaN;
}

function highest(
	summary: SummaryTable,
	statistic: PaperOptions['statistic'],
	keys: readonly string[],
	key: string,
): number {
	return keys.reduce(
		(best, k, g) => (k === key ? Math.max(best, valueOf(summary, statistic, g)) : best),
		-Infinity,
	);
}

/** As short as it can be: the metric where there are several, the task where that is not enough. */
function headings(columns: readonly string[]): string[] {
	const parts = columns.map(parse);
	const several = distinct(parts.map(([, metric]) => metric ?? '')).length > 1;
	const short = parts.map(([name, metric]) => (several ? `${name} (${metric})` : (name ?? '')));
	return short.map((text, c) => {
		const unique = short.filter((other) => other === text).length === 1;
		const [name, metric, task] = parts[c] ?? [];
		return unique ? text : `${name} (${metric}, ${task})`;
	});
}
