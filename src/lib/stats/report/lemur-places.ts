/**
 * Where LEMUR's statistics.xlsx puts its pictures and their labels, and which files it looks for.
 * Addresses and names only; what is in the pictures is the plots' own.
 */
import type { Cell, Place } from '../../xlsx/workbook';
import type { PlotOptions } from '../plots/plot';
import type { PlotId } from '../plots/ids';

/** A (task, dataset) of the sheet, and which of its metrics have rows. */
export interface Group {
	readonly task: string;
	readonly dataset: string;
	readonly metrics: readonly string[];
}

/** One file that the original looks for. */
export interface LookedFor {
	readonly category: string;
	readonly file: string;
	readonly id: PlotId;
	readonly options: PlotOptions;
	/** the task whose rows it shows; absent: all rows */
	readonly task?: string;
	/** true where the original makes it for these groups */
	readonly found: boolean;
}

/** LEMUR's metrics of this workbook, and what it calls them there. */
export const METRICS = [
	{ metric: 'acc', title: 'accuracy' },
	{ metric: 'iou', title: 'iou' },
] as const;

/** Rows of pictures: one picture for each group and metric, side by side. 0-based row of the label. */
const BANDS: readonly { category: string; suffix: string; id: PlotId; labelRow: number }[] = [
	{ category: 'Mean and Std Dev', suffix: 'mean_std', id: 'mean-std', labelRow: 0 },
	{ category: 'Box Plot', suffix: 'box', id: 'box-epoch', labelRow: 18 },
	{ category: 'Rolling Mean', suffix: 'rolling_mean', id: 'rolling-mean', labelRow: 36 },
];

/** Tasks of which the original shows the time of the first epoch, with its own words for them. */
const TIMED = [
	{ task: 'img-classification', title: 'Image classification' },
	{ task: 'img-segmentation', title: 'Image segmentation' },
] as const;

/** Three columns beyond the data's 11: N. */
const BAND_COLUMN = 13;
const BAND_STEP = 6;
/** Ten further: X. */
const STACK_COLUMN = BAND_COLUMN + 10;
const STACK_ROW = 57;
const SIZE = { width: 400, height: 300 } as const;

/**
 * @param groups in the order of the sheet
 * @returns the files in the order in which the original looks for them
 */
export function lookedFor(groups: readonly Group[]): LookedFor[] {
	const bands = BANDS.flatMap(({ category, suffix, id }) =>
		METRICS.flatMap(({ metric, title }) =>
			groups.map(({ task, dataset, metrics }): LookedFor => ({
				category,
				id,
				file: `${task}_${dataset}_${title}_${suffix}.png`,
				options: { mode: 'lemur', board: { task, dataset, metric } },
				found: metrics.includes(metric),
			})),
		),
	);
	return [...bands, ...stack(groups)];
}

function stack(groups: readonly Group[]): LookedFor[] {
	const has = (metric: string) => groups.some(({ metrics }) => metrics.includes(metric));
	const time = (metric: string, category: string, name: string): LookedFor => ({
		category,
		file: `${name}_vs_training_time.png`,
		id: 'means-time',
		options: { mode: 'lemur', metric },
		found: has(metric),
	});
	return [
		{
			category: 'Correlation Heatmap',
			file: 'correlation_heatmap.png',
			id: 'correlation',
			options: { mode: 'lemur' },
			found: groups.length > 0,
		},
		time('acc', 'Accuracy vs Training Time', 'accuracy'),
		time('iou', 'IoU vs Training Time', 'iou'),
		...TIMED.map(({ task, title }): LookedFor => ({
			category: `Distribution of Model Durations ${title}`,
			file: `first_epoch_duration_distribution_${task}.png`,
			id: 'first-epoch-violin',
			options: { mode: 'lemur' },
			task,
			found: groups.some((group) => group.task === task),
		})),
	];
}

/**
 * @param files of `lookedFor`
 * @param present which of them have a picture; one without takes no room
 * @returns every label, and a place for each picture that is present, in the same order
 */
export function placesOf(
	files: readonly LookedFor[],
	present: readonly boolean[],
): { labels: Cell[]; places: (Place | undefined)[] } {
	const labels: Cell[] = [];
	const places: (Place | undefined)[] = [];
	const label = (row: number, column: number, value: string) =>
		labels.push({ row, column, value, style: 'plain' });
	for (const { category, labelRow } of BANDS) {
		label(labelRow, BAND_COLUMN, category);
		let column = BAND_COLUMN;
		for (const [i, file] of files.entries()) {
			if (file.category !== category) continue;
			places[i] = present[i] ? { ...SIZE, row: labelRow + 1, column } : undefined;
			if (present[i]) column += BAND_STEP;
		}
	}
	let row = STACK_ROW;
	for (const [i, { category }] of files.entries()) {
		if (BANDS.some((band) => band.category === category)) continue;
		label(row, STACK_COLUMN, category);
		row += 2;
		places[i] = present[i] ? { ...SIZE, row, column: STACK_COLUMN } : undefined;
		if (present[i]) row += 22;
	}
	return { labels, places };
}
