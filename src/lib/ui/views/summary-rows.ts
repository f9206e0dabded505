/** The summary table as the page shows it: its number columns, its order, and its paper tables. */
import type { PaperTable } from '../../stats/export/paper-table';
import { FIELDS, metricTitle } from '../../stats/fields';
import type { GroupField, SummaryTable } from '../../stats/summary';
import { compareText } from '../../stats/text-order';

/** Columns with one number per group. */
export const NUMBERS = [
	['trials', 'Records', 'count'],
	['runs', 'Runs', 'count'],
	['nets', 'Nets', 'count'],
	['max', 'Best', 'fraction'],
	['ties', 'Ties', 'count'],
	['mean', 'Mean', 'fraction'],
	['std', 'Std (ddof 1)', 'fraction'],
	['q1', 'Lower quartile', 'fraction'],
	['median', 'Median', 'fraction'],
	['q3', 'Upper quartile', 'fraction'],
	['meanDuration', 'Mean time so far', 'ns'],
] as const;
export type NumberColumn = (typeof NUMBERS)[number][0];

export interface SummarySort {
	readonly column: NumberColumn | GroupField;
	readonly descending: boolean;
}

/** @returns heading of a field that groups */
export function groupTitle(field: GroupField): string {
	return field === 'nnFamily' ? 'Family' : FIELDS[field].title;
}

/** @returns one value of a group as shown; metrics by their title */
export function groupText(field: GroupField, value: string): string {
	if (value === '') return 'none';
	return field === 'metric' ? metricTitle(value) : value;
}

/** @returns the groups' positions in the asked order: stable, blanks last in both directions */
export function orderOf(table: SummaryTable, sort: SummarySort | undefined): number[] {
	const order = Array.from({ length: table.groups }, (_, g) => g);
	if (!sort) return order;
	const sign = sort.descending ? -1 : 1;
	const at = table.by.findIndex((field) => field === sort.column);
	if (at >= 0) {
		const keys = table.keys[at] ?? [];
		const numeric = sort.column === 'epoch';
		return order.sort((a, b) => {
			const [left, right] = [keys[a] ?? '', keys[b] ?? ''];
			return sign * (numeric ? Number(left) - Number(right) : compareText(left, right)) || a - b;
		});
	}
	const column = NUMBERS.find(([id]) => id === sort.column)?.[0];
	if (!column) return order;
	const values = table[column];
	return order.sort((a, b) => {
		const [left, right] = [values[a] ?? NaN, values[b] ?? NaN];
		if (Number.isNaN(left) || Number.isNaN(right))
			return Number(Number.isNaN(left)) - Number(Number.isNaN(right)) || a - b;
		return sign * (left - right) || a - b;
	});
}

/** @returns whether numbers of several metrics stand under each other */
export function mixesMetrics({ by, keys }: SummaryTable): boolean {
	const distinct = (field: GroupField) => new Set(keys[by.indexOf(field)] ?? []).size;
	return distinct('metric') > 1 || distinct('task') > 1;
}

/**
 * The rows as shown, for a paper. The best is bold only where all rows share metric and task.
 * @param order positions of the groups
 */
export function asPaper(
	table: SummaryTable,
	order: readonly number[],
	{ title, link }: { readonly title: string; readonly link: string },
): PaperTable {
	const comparable = !mixesMetrics(table);
	const fraction = (value: number) => (Number.isNaN(value) ? '' : value.toFixed(4));
	const top = (values: Float64Array) =>
		fraction(order.reduce((m, g) => Math.max(m, values[g] ?? m), 0));
	const best = { max: top(table.max), mean: top(table.mean), median: top(table.median) };
	const cell = (column: 'max' | 'mean' | 'median', g: number) => {
		const text = fraction(table[column][g] ?? NaN);
		return { text, best: comparable && order.length > 1 && text === best[column] };
	};
	return {
		title,
		link,
		corner: table.by.map(groupTitle).join(' / '),
		columns: ['Trials', 'Runs', 'Nets', 'Best', 'Mean', 'Median'],
		rows: order.map((g) => {
			const std = fraction(table.std[g] ?? NaN);
			return {
				name: table.by.map((field, k) => groupText(field, table.keys[k]?.[g] ?? '')).join(' / '),
				cells: [
					...[table.trials, table.runs, table.nets].map((counts) => ({
						text: String(counts[g] ?? 0),
						best: false,
					})),
					cell('max', g),
					{ ...cell('mean', g), ...(std ? { spread: std } : {}) },
					cell('median', g),
				],
			};
		}),
	};
}
