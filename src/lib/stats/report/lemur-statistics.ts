/** LEMUR's statistics.xlsx: means over the rows of each net and epoch, with the pictures of its plots. */
import { MAX_ROWS, type Column, type Picture, type Sheet } from '../../xlsx/workbook';
import { boardsOf, rowsOfTasks } from '../plots/boards';
import { aggregatedRows } from '../plots/lemur-rows';
import type { PlotRows } from '../plots/plot';
import { counted } from '../plots/words';
import { meansOf, type MeanTable } from '../means';
import { rollingMean } from '../rolling';
import { countBoards } from './counts';
import { lookedFor, METRICS, placesOf, type Group, type LookedFor } from './lemur-places';
import { DPI_NOTE, inkOfCurves, isFound, paintAll, pictureBytes, type Wanted } from './pictures';
import { PACKAGE_BYTES, planSheets, sheetBytes, splitNotes, splitSheet } from './sheets';
import type { PlanDraft, ReportSpec } from './spec';
import { lemurProperties, NO_ROWS, NUMBER_NOTE } from './words';

/** Plan and workbook of kind 'lemur-statistics'. */
export const lemurStatistics: ReportSpec = {
	plan(rows, rowLimit) {
		const taken = aggregatedRows(rows);
		const wanted = statisticsPictures(rows);
		const counts = countBoards(taken);
		const sampled = meansColumns({ columns: taken.columns, ids: sampleOf(taken.ids) });
		const [sample] = sheetsOf(sampled, MAX_ROWS);
		const perRow = sample && sampled.rows > 0 ? sheetBytes(sample) / sampled.rows : 0;
		// Its values are not asked for in a plan, only its columns.
		const sheets = sheetsOf({ ...sampled, rows: counts.epochs }, rowLimit);
		return {
			...draft(sheets, wanted.filter(isFound), { rows, taken, rowLimit }),
			bytes: Math.round(
				PACKAGE_BYTES +
					perRow * counts.epochs +
					pictureBytes(wanted, inkOfCurves(counts.nets / counts.boards)),
			),
		};
	},
	async build(rows, options, effects) {
		const taken = aggregatedRows(rows);
		const files = lookedFor(groupsOf(taken));
		const painted = await paintAll(rows, statisticsPictures(rows), options, effects);
		await effects.breathe();
		const means = meansColumns(taken);
		await effects.breathe();
		// Without pictures the labels stand where they are with them.
		const present = options.pictures
			? painted.map((one) => one !== undefined)
			: files.map(({ found }) => found);
		const { labels, places } = placesOf(files, present);
		const pictures = painted.flatMap((one, i): Picture[] => {
			const place = places[i];
			return one && place ? [{ ...place, png: one.png, alt: one.alt }] : [];
		});
		const sheets = sheetsOf(means, effects.rowLimit, { cells: labels, pictures });
		const shown = painted.flatMap((one) => (one ? [one.wanted] : []));
		return {
			workbook: { sheets, properties: lemurProperties('LEMUR statistics', options) },
			plan: draft(sheets, shown, { rows, taken, rowLimit: effects.rowLimit }),
		};
	},
};

interface Means {
	readonly rows: number;
	readonly columns: readonly Column[];
}

/** In the order of the sheet: by task, then dataset. */
function groupsOf(rows: PlotRows): Group[] {
	const groups: (Group & { metrics: string[] })[] = [];
	for (const { task, dataset, metric } of boardsOf(rows)) {
		const known = groups.find((group) => group.task === task && group.dataset === dataset);
		if (known) known.metrics.push(metric);
		else groups.push({ task, dataset, metrics: [metric] });
	}
	return groups;
}

/** @returns every picture that the original looks for, with rows where it makes one */
export function statisticsPictures(all: PlotRows): Wanted[] {
	const rows = aggregatedRows(all);
	return lookedFor(groupsOf(rows)).map((file) => {
		const { category: title, file: name, id, options } = file;
		const wanted = { title, file: name, id, options };
		return file.found ? { ...wanted, ids: idsOf(rows, file) } : wanted;
	});
}

function idsOf(rows: PlotRows, { task }: LookedFor): Uint32Array {
	if (task === undefined) return rows.ids;
	return rowsOfTasks(
		rows,
		rows.columns.tasks.map((board) => board.task === task),
	);
}

/** Trials that a size is estimated from, and how many neighbours of them are taken together. */
const SAMPLE = 2048;
const BLOCK = 256;

function sampleOf(ids: Uint32Array): Uint32Array {
	if (ids.length <= SAMPLE) return ids;
	const step = (ids.length - BLOCK) / (SAMPLE / BLOCK - 1);
	return Uint32Array.from({ length: SAMPLE }, (_, i) => {
		const block = Math.floor(i / BLOCK);
		return ids[Math.floor(block * step) + (i % BLOCK)]!;
	});
}

/** The 11 columns of the sheet. */
function meansColumns({ columns, ids }: PlotRows): Means {
	const means = meansOf(columns, ids, { metrics: METRICS.map(({ metric }) => metric) });
	const { tasks, nns } = columns;
	const board = (row: number) => tasks[means.task[row]!]!;
	const isAccuracy = Uint8Array.from(tasks, ({ metric }) => Number(metric === 'acc'));
	const of = (values: Float64Array, accuracy: number) => (row: number) =>
		isAccuracy[means.task[row]!] === accuracy ? values[row]! : NaN;
	const titles = new Map<string, string>(METRICS.map(({ metric, title }) => [metric, title]));
	const rolling = rollingMeans(means);
	return {
		rows: means.count,
		columns: [
			text('task', (row) => board(row).task),
			text('dataset', (row) => board(row).dataset),
			text('nn', (row) => nns[means.nn[row]!]!),
			number('epoch', (row) => means.epoch[row]!),
			number('accuracy_mean', of(means.mean, 1)),
			number('accuracy_std', of(means.std, 1)),
			number('duration', (row) => means.duration[row]!),
			text('metric', (row) => titles.get(board(row).metric) ?? ''),
			number('iou_mean', of(means.mean, 0)),
			number('iou_std', of(means.std, 0)),
			number('rolling_mean', of(rolling, 1)),
		],
	};
}

function text(title: string, at: (row: number) => string): Column {
	return { title, style: 'plain', kind: 'text', at };
}

function number(title: string, at: (row: number) => number): Column {
	return { title, style: 'plain', kind: 'number', at };
}

/** LEMUR's window, rows. */
const WINDOW = 5;

/** @returns per row the mean over itself and up to four rows before it of the same net */
function rollingMeans({ count, task, nn, mean }: MeanTable): Float64Array {
	const rolling = new Float64Array(count);
	// Rows of one net and dataset follow each other; those of its other metric are behind.
	for (let from = 0, to = 0; from < count; from = to) {
		while (to < count && task[to] === task[from] && nn[to] === nn[from]) to++;
		rolling.set(rollingMean(mean.subarray(from, to), WINDOW), from);
	}
	return rolling;
}

function sheetsOf(
	{ rows, columns }: Means,
	rowLimit: number,
	beside: Pick<Sheet, 'cells' | 'pictures'> = {},
): Sheet[] {
	const table = { rows, columns, headerStyle: 'plain' as const };
	return splitSheet({ name: 'Statistics', table, blank: 'empty', ...beside }, rowLimit);
}

function draft(
	sheets: readonly Sheet[],
	shown: readonly Wanted[],
	{ rows, taken, rowLimit }: { rows: PlotRows; taken: PlotRows; rowLimit: number },
): PlanDraft {
	const dropped = rows.ids.length - taken.ids.length;
	return {
		sheets: planSheets(sheets),
		pictures: shown.map(({ title, file }) => `${title}: ${file.replace(/\.png$/, '')}`),
		files: shown.map(({ file }) => file),
		charts: [],
		notes: [
			NUMBER_NOTE,
			...(shown.length > 0 ? [DPI_NOTE] : []),
			...(dropped > 0 ? [droppedNote(dropped, rows)] : []),
			...stopNotes(taken),
			...splitNotes(sheets, rowLimit),
		],
		...emptyReason(rows, taken),
	};
}

function droppedNote(dropped: number, { columns, ids }: PlotRows): string {
	const metrics = new Set(boardsOf({ columns, ids }).map(({ metric }) => metric));
	for (const { metric } of METRICS) metrics.delete(metric);
	return `${counted(dropped, 'record')} of other metrics (${[...metrics].join(', ')}) left out: the original takes acc and iou only.`;
}

/** The original makes no workbook unless both metrics are there. */
function stopNotes(taken: PlotRows): string[] {
	const metrics = new Set(boardsOf(taken).map(({ metric }) => metric));
	return METRICS.flatMap(({ metric }) =>
		metrics.size > 0 && !metrics.has(metric)
			? [`There are no rows of the metric ${metric}: the original stops then, this one does not.`]
			: [],
	);
}

function emptyReason(rows: PlotRows, taken: PlotRows): Pick<PlanDraft, 'empty'> {
	if (rows.ids.length === 0) return { empty: NO_ROWS };
	if (taken.ids.length > 0) return {};
	return {
		empty:
			'None of the records has the metric acc or iou, which this workbook is about. Choose a task that is scored by one of them, or the raw data.',
	};
}
