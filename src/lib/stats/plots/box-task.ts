/** LEMUR's raw plot `accuracy_vs_epochs_box`: for each epoch and task a box over every record. */
import { displayName } from '../../url/display-name';
import { metricTitle } from '../fields';
import type { TrialColumns } from '../columns';
import { groupTrials } from '../group';
import { distinctSorted } from '../text-order';
import { epochAxis } from './axes';
import { metricRows } from './boards';
import { boxColumns, boxesOf, boxTraces, type EpochBox } from './epoch-boxes';
import { emptyFigure, layoutOf, NO_ROWS } from './figure';
import { MIXED_METRICS, scoreAxis } from './lemur-rows';
import { paletteOf, type SeriesStyle } from './palette';
import type {
	Figure,
	FigureColumn,
	PlotOptions,
	PlotRows,
	PlotSpec,
	ScatterTrace,
	Trace,
} from './plot';
import { plotName } from './text';
import { counted, countText, fractionText } from './words';

/** Points outside the whiskers that are drawn at most. */
const MAX_OUTSIDE = 5_000;
/** Of one epoch's room, what its boxes take. */
const WIDTH = 0.8;

export const boxTask: PlotSpec = {
	id: 'box-task',
	title: 'Records by epoch and task',
	about:
		'For each epoch and task a box over every record: quartiles, whiskers at the last records within 1.5 interquartile ranges, and the records outside.',
	group: 'LEMUR',
	controls: ['metric'],
	difference:
		'LEMUR puts the values of all metrics on one axis called accuracy, and boxes of a task mix its metrics. Corrected shows one metric at a time.',
	size: [12, 8],
	draw,
};

/** The boxes of one task. */
interface TaskBoxes {
	readonly task: string;
	readonly style: SeriesStyle;
	readonly boxes: readonly EpochBox[];
}

function draw({ columns, ids }: PlotRows, options: PlotOptions): Figure {
	const lemur = options.mode === 'lemur';
	const part = lemur ? { metric: undefined, ids } : metricRows({ columns, ids }, options);
	if (!part || part.ids.length === 0) return emptyFigure(boxTask, options, NO_ROWS);
	const { metric } = part;
	const groups = tasksOf(columns, part.ids, metric, options);
	const score = metric === undefined ? 'accuracy' : metricTitle(metric);
	const title = `${boxTask.title}: ${displayName(score)}`;
	const outside = outsideOf(groups);
	return {
		data: [...groups.flatMap((one, i) => tracesOf(one, i, groups.length)), ...outside.data],
		layout: layoutOf(
			title,
			options,
			{ xaxis: epochAxis(), yaxis: scoreAxis(metric) },
			{ showlegend: groups.length > 1, boxmode: 'overlay' },
		),
		title,
		summary: summaryOf(groups, part.ids.length, score),
		used: part.ids.length,
		notes: [...outside.notes, ...(lemur ? [MIXED_METRICS] : [])],
		table: tableOf(groups),
		brush: { x: { field: 'epoch', scale: 1 }, y: { field: 'accuracy', scale: 1 } },
		...(metric === undefined ? {} : { within: { metric: [metric] } }),
	};
}

/** The boxes of an epoch stand side by side, those of all tasks in the room of one. */
function tasksOf(
	columns: TrialColumns,
	ids: Uint32Array,
	metric: string | undefined,
	{ theme }: PlotOptions,
): TaskBoxes[] {
	const { order, start, keys, count } = groupTrials(columns, ids, ['task', 'epoch']);
	const [names = [], epochs = []] = keys;
	const present = distinctSorted(names);
	const palette = paletteOf(theme);
	const known = distinctSorted(
		columns.tasks.flatMap((one) =>
			metric === undefined || one.metric === metric ? [one.task] : [],
		),
	);
	const step = WIDTH / present.length;
	return present.map((task, i) => {
		const own = Array.from({ length: count }, (_, g) => g).filter((g) => names[g] === task);
		const values = own.map((g) => ({
			epoch: Number(epochs[g]),
			ascending: sortedValues(columns.accuracy, order.subarray(start[g], start[g + 1])),
		}));
		const shift = (i - (present.length - 1) / 2) * step;
		return {
			task,
			style: palette.series(known.indexOf(task)),
			boxes: boxesOf(values, (epoch) => epoch + shift),
		};
	});
}

function sortedValues(accuracy: Float64Array, trials: Uint32Array): Float64Array {
	const values = new Float64Array(trials.length);
	for (let i = 0; i < trials.length; i++) values[i] = accuracy[trials[i]!]!;
	return values.sort();
}

function tracesOf({ task, style, boxes }: TaskBoxes, place: number, of: number): Trace[] {
	const look = {
		name: plotName(task),
		group: String(place),
		width: (WIDTH / of) * 0.9,
		of: 'record',
	};
	return boxTraces(boxes, look, style);
}

/** The records outside, evenly chosen where they are too many; a box's outermost are always among them. */
function outsideOf(groups: readonly TaskBoxes[]): {
	readonly data: ScatterTrace[];
	readonly notes: string[];
} {
	const boxes = groups.flatMap((group) => group.boxes);
	const all = boxes.reduce((sum, { fliers }) => sum + fliers.length, 0);
	const step = Math.max(1, Math.ceil(all / MAX_OUTSIDE));
	let drawn = 0;
	const data = groups.flatMap(({ task, style, boxes: own }, place): ScatterTrace[] => {
		const x: number[] = [];
		const y: number[] = [];
		for (const { fliers, place: at } of own)
			for (const [i, value] of fliers.entries())
				if (i % step === 0 || i === fliers.length - 1) {
					x.push(at);
					y.push(value);
				}
		drawn += x.length;
		if (x.length === 0) return [];
		return [
			{
				type: 'scatter',
				mode: 'markers',
				name: `${plotName(task)}, outside`,
				legendgroup: String(place),
				showlegend: false,
				x: Float64Array.from(x),
				y: Float64Array.from(y),
				marker: { color: style.color, symbol: style.symbol, size: 4, opacity: 0.5 },
				hovertemplate: `${plotName(task)}<br>outside the whiskers: %{y:.4f}<extra></extra>`,
			},
		];
	});
	const notes =
		drawn < all
			? [`${countText(drawn)} of ${countText(all)} records outside the whiskers drawn.`]
			: [];
	return { data, notes };
}

function summaryOf(groups: readonly TaskBoxes[], rows: number, score: string): string {
	const parts = groups.map(({ task, boxes }) => {
		const [first] = boxes;
		let best = first;
		for (const box of boxes) if (best && box.median > best.median) best = box;
		return `${displayName(task)} has its highest median, ${fractionText(best?.median ?? NaN)}, at epoch ${best?.epoch} (n = ${countText(best?.n ?? 0)})`;
	});
	return `${displayName(score)} of ${counted(rows, 'record')} by epoch: ${parts.join('; ')}.`;
}

function tableOf(groups: readonly TaskBoxes[]): FigureColumn[] {
	const tasks = groups.flatMap(({ task, boxes }) => boxes.map(() => task));
	const boxes = groups.flatMap((group) => group.boxes);
	return [{ title: 'Task', unit: 'none', values: tasks }, ...boxColumns(boxes, 'Records')];
}
