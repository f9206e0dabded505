/** Runs side by side: which fields differ, what the difference to the baseline is, as text for papers. */
import type { ExportTable } from '../../stats/export/table';
import type { PaperTable } from '../../stats/export/paper-table';
import { FIELDS, metricTitle, type BaseColumn } from '../../stats/fields';
import { durationText } from '../../stats/print/sentence';
import type { RunDetail } from '../../stats/run-detail';
import type { ChartGroup } from '../chart/series';
import { count } from '../format';

/** One value: as shown, and exact. '' = the run has no such field. */
export interface Value {
	readonly text: string;
	readonly exact: string;
}

export interface FieldRow {
	readonly id: string;
	readonly title: string;
	/** one per run */
	readonly values: readonly Value[];
	readonly differs: boolean;
}

const same = (text: string): Value => ({ text, exact: text });
const BASE = [
	'task',
	'dataset',
	'metric',
	'nn',
	'accuracy',
	'epoch',
	'duration',
	'transform',
	'source',
	'uid',
	'repeat',
] as const;

function baseValue(run: RunDetail, id: (typeof BASE)[number]): Value {
	if (id === 'accuracy') return { text: run.accuracy.toFixed(4), exact: String(run.accuracy) };
	if (id === 'metric') return { text: metricTitle(run.metric), exact: run.metric };
	if (id !== 'duration') return same(String(run[id]));
	return Number.isNaN(run.duration)
		? same('')
		: { text: durationText(run.duration), exact: String(run.duration) };
}

/** @returns every field of the runs, differing ones first, each part in its own order */
export function compareFields(runs: readonly RunDetail[]): FieldRow[] {
	const row = (id: string, title: string, values: readonly Value[]): FieldRow => ({
		id,
		title,
		values,
		differs: new Set(values.map(({ exact }) => exact)).size > 1,
	});
	const title = (id: BaseColumn) => FIELDS[id].title;
	const names = [...new Set(runs.flatMap(({ prm }) => prm.map(({ name }) => name)))].sort();
	const rows = [
		...BASE.map((id) =>
			row(
				id,
				title(id),
				runs.map((run) => baseValue(run, id)),
			),
		),
		row(
			'rank',
			'Rank on its leaderboard',
			runs.map(({ rank, rankOf }) => same(`${count(rank)} of ${count(rankOf)}`)),
		),
		row(
			'epochs',
			'Recorded epochs',
			runs.map(({ epochs }) => same(String(epochs.length))),
		),
		...names
			.filter((name) => name !== 'transform')
			.map((name) =>
				row(
					`prm.${name}`,
					name,
					runs.map((run) => prmValue(run, name)),
				),
			),
	];
	return [...rows.filter(({ differs }) => differs), ...rows.filter(({ differs }) => !differs)];
}

function prmValue({ prm }: RunDetail, name: string): Value {
	const found = prm.find((one) => one.name === name);
	if (!found) return same('');
	const { value, text } = found;
	return typeof value === 'number'
		? { text: String(Number(value.toPrecision(6))), exact: text }
		: same(text);
}

/** What a run gains over the baseline. */
export interface Delta {
	/** difference of the results; undefined where metric, task or dataset differ */
	readonly value: number | undefined;
	/** the difference is no larger than one standard deviation of the baseline's net at that epoch */
	readonly within: boolean;
}

export function deltaTo(baseline: RunDetail, run: RunDetail): Delta {
	const keys = ['task', 'dataset', 'metric'] as const;
	if (keys.some((key) => baseline[key] !== run[key])) return { value: undefined, within: false };
	const value = run.accuracy - baseline.accuracy;
	const std = baseline.band.std[baseline.band.epoch.indexOf(baseline.epoch)] ?? NaN;
	return { value, within: Math.abs(value) <= std };
}

/** +0.0123, −0.0004 */
export function signed(value: number): string {
	return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(4)}`;
}

/** Short names, told apart by epoch and number where nets repeat. */
export function runNames(runs: readonly RunDetail[]): string[] {
	const names = runs.map(({ nn, epoch }) => `${nn} @${epoch}`);
	return names.map((name, i) =>
		names.indexOf(name) === names.lastIndexOf(name) ? name : `${name} #${i + 1}`,
	);
}

/** @returns one chart per task and metric; the first run is the dashed baseline */
export function chartsOfRuns(runs: readonly RunDetail[]): ChartGroup[] {
	const names = runNames(runs);
	const groups = new Map<string, number[]>();
	runs.forEach(({ task, metric }, i) => {
		const id = JSON.stringify([task, metric]);
		groups.set(id, [...(groups.get(id) ?? []), i]);
	});
	return [...groups].map(([id, members]) => {
		const first = runs[members[0] ?? 0];
		return {
			id,
			title: `${metricTitle(first?.metric ?? '')}: ${first?.task ?? ''}`,
			metric: metricTitle(first?.metric ?? ''),
			series: members.flatMap((i) => {
				const run = runs[i];
				if (!run) return [];
				const name = `${names[i] ?? ''}${i === 0 ? ' (baseline)' : ''}`;
				return [
					{
						id: String(i),
						name,
						value: run.nn,
						style: i,
						dashed: i === 0,
						x: run.epochs,
						y: run.accuracies,
						bands: [],
					},
				];
			}),
		};
	});
}

/** Fields as rows, runs as columns; exact values. */
export function asExport(
	rows: readonly FieldRow[],
	names: readonly string[],
	title: string,
	link: string,
): ExportTable {
	const field = { id: 'field', kind: 'text' as const, at: (row: number) => rows[row]?.id ?? '' };
	const columns = names.map((id, run) => ({
		id,
		kind: 'text' as const,
		at: (row: number) => rows[row]?.values[run]?.exact ?? '',
	}));
	return { columns: [field, ...columns], rows: rows.length, title, link };
}

/** @param plainText escapes a cell for the format */
export function asPaper(
	rows: readonly FieldRow[],
	runs: readonly RunDetail[],
	{ title, link, plainText }: { title: string; link: string; plainText: (text: string) => string },
): PaperTable {
	const comparable =
		new Set(runs.map(({ task, dataset, metric }) => JSON.stringify([task, dataset, metric])))
			.size === 1;
	const top = Math.max(...runs.map(({ accuracy }) => accuracy));
	return {
		title,
		link,
		corner: 'Field',
		columns: runNames(runs),
		rows: rows.map((row) => ({
			name: row.title,
			cells: row.values.map(({ text }, i) => ({
				text: plainText(text),
				best: comparable && row.id === 'accuracy' && runs[i]?.accuracy === top,
			})),
		})),
	};
}
