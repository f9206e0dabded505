/** The value of trials over two hyperparameters: local means with level lines. */
import { ticks } from 'd3-array';
import { emptyFigure, layoutOf } from '../../stats/plots/figure';
import { isolines } from '../../stats/plots/isolines';
import { localMeans } from '../../stats/plots/local-means';
import { paletteOf } from '../../stats/plots/palette';
import { cellAxis, cellsOf, numberText, valueAt, valueText } from '../../stats/plots/prm-axis';
import type { HeatmapTrace, ScatterTrace } from '../../stats/plots/plot';
import { plotName } from '../../stats/plots/text';
import { counted } from '../../stats/plots/words';
import { tableOf } from './parallel';
import { planeOf, type Plane } from './plane';
import type { StudyPlotOptions, StudyPlotSpec } from './plot';
import { marked, markedNote } from './trials';

/** Cells along an axis of numbers. */
const CELLS = 40;
/** How far a trial counts along it: a standard deviation as a share of it, × n^(−1/6) (Scott). */
const SPREAD = 0.19;
const LEVELS = 7;
const MAX_POINTS = 400;

export const contour: StudyPlotSpec = {
	id: 'contour',
	title: 'Contour',
	about:
		'Trials by two of their hyperparameters: the colour is the mean value of the trials near a place (Gaussian weights), blank where none is near.',
	controls: ['prm2'],
	ratio: 0.65,
	compares: false,
	draw([study], options) {
		const plane = planeOf(study, options);
		if (typeof plane === 'string') return emptyFigure(contour, options, plane);
		const { columns, x, y } = plane;
		const grid = gridOf(plane);
		const shown = marked(x.values, y.values, MAX_POINTS);
		return {
			data: [
				surface(grid, options),
				...levels(plane, grid, options),
				points(plane, shown, options),
			],
			layout: layoutOf(contour.title, options, {
				xaxis: cellAxis(x, grid.across),
				yaxis: cellAxis(y, grid.up),
			}),
			title: contour.title,
			summary: `Mean value of ${counted(columns.trials.length, 'trial')} near each place over ${plotName(x.name)} and ${plotName(y.name)}.`,
			used: columns.trials.length,
			notes: markedNote(shown.length, columns.trials.length),
			table: tableOf(columns),
		};
	},
};

type Grid = ReturnType<typeof gridOf>;

function gridOf({ columns, x, y }: Plane) {
	const across = cellsOf(x, CELLS);
	const up = cellsOf(y, CELLS);
	const cells = Uint32Array.from(
		x.values,
		(value, i) => up.of(y.values[i]!) * across.count + across.of(value),
	);
	const binned = { columns: across.count, rows: up.count, cells, values: columns.values };
	const spread = (equal: boolean) => (equal ? CELLS * SPREAD * cells.length ** (-1 / 6) : 0);
	const means = localMeans(binned, [spread(across.equal), spread(up.equal)]);
	return { across, up, means };
}

function surface({ across, up, means }: Grid, { theme }: StudyPlotOptions): HeatmapTrace {
	const row = (r: number) => means.mean.subarray(r * across.count, (r + 1) * across.count);
	return {
		type: 'heatmap',
		x: across.centres,
		y: up.centres,
		z: Array.from({ length: up.count }, (_, r) => row(r)),
		hovertext: Array.from({ length: up.count }, (_, r) =>
			Array.from(row(r), (mean, c) =>
				Number.isNaN(mean) ? '' : `${across.texts[c]}, ${up.texts[r]}<br>Mean ${numberText(mean)}`,
			),
		),
		colorscale: paletteOf(theme).sequential,
		showscale: true,
		colorbar: { title: { text: 'Local mean' } },
		hoverongaps: false,
		zsmooth: false,
		hovertemplate: '%{hovertext}<extra></extra>',
	};
}

function levels(
	{ x, y }: Plane,
	{ across, up, means }: Grid,
	{ theme }: StudyPlotOptions,
): ScatterTrace[] {
	if (!across.equal || !up.equal) return [];
	const known = means.mean.filter((mean) => !Number.isNaN(mean)).sort();
	const [low = 0, high = 0] = [known[0], known.at(-1)];
	if (!(high - low > Number.MIN_VALUE * 1e6)) return [];
	const heights = { columns: across.count, rows: up.count, values: means.mean };
	const lines = ticks(low, high, LEVELS).map((at) => isolines(heights, at));
	const place = (parameter: Plane['x']) => (at: number) =>
		Number.isNaN(at) ? NaN : valueAt(parameter, (at + 0.5) / CELLS);
	return [
		{
			type: 'scatter',
			mode: 'lines',
			name: 'Equal means',
			x: lines.flatMap((line) => line.x.map(place(x))),
			y: lines.flatMap((line) => line.y.map(place(y))),
			line: { color: paletteOf(theme).text, width: 1 },
			opacity: 0.5,
			hoverinfo: 'skip',
		},
	];
}

function points(
	{ columns, x, y }: Plane,
	shown: Uint32Array,
	{ theme }: StudyPlotOptions,
): ScatterTrace {
	return {
		type: 'scatter',
		mode: 'markers',
		name: 'Trial',
		x: Float64Array.from(shown, (i) => x.values[i]!),
		y: Float64Array.from(shown, (i) => y.values[i]!),
		marker: { color: paletteOf(theme).series(1).color, size: 4, opacity: 0.8 },
		text: Array.from(
			shown,
			(i) =>
				`Trial ${columns.trials[i]!.number}: ${numberText(columns.values[i]!)}<br>${plotName(x.name)} ${valueText(x, x.values[i]!)}<br>${plotName(y.name)} ${valueText(y, y.values[i]!)}`,
		),
		hovertemplate: '%{text}<extra></extra>',
	};
}
