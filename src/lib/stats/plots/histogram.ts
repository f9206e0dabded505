/** LEMUR's raw plot `accuracy_histogram`: 30 equal bins over every record, with a density curve of the same area. */
import { displayName } from '../../url/display-name';
import { metricTitle } from '../fields';
import { binned } from '../histogram';
import { kde } from '../kde';
import { quantile, sorted } from '../quantile';
import { metricRows } from './boards';
import { emptyFigure, layoutOf, NO_ROWS } from './figure';
import { paletteOf } from './palette';
import type { Figure, PlotOptions, PlotRows, PlotSpec, Trace } from './plot';
import { plotText } from './text';
import { counted, countText, fractionText } from './words';

/** LEMUR's number of bins, and seaborn's of points on a density curve. */
const BINS = 30;
const POINTS = 200;

export const histogram: PlotSpec = {
	id: 'histogram',
	title: 'Histogram',
	about:
		'How many records have which score: 30 equal bins from the lowest to the highest, and a Gaussian kernel density (bandwidth by Scott’s rule) scaled to the same area.',
	group: 'LEMUR',
	controls: ['metric'],
	difference:
		'LEMUR counts the values of all metrics together as accuracy. Corrected counts one metric at a time.',
	size: [12, 8],
	draw,
};

function draw({ columns, ids }: PlotRows, options: PlotOptions): Figure {
	const lemur = options.mode === 'lemur';
	const part = lemur ? { metric: undefined, ids } : metricRows({ columns, ids }, options);
	if (!part || part.ids.length === 0) return emptyFigure(histogram, options, NO_ROWS);
	const values = sorted(valuesOf(columns.accuracy, part.ids));
	const { edges, counts } = binned(values, BINS);
	const score = part.metric === undefined ? 'accuracy (every metric)' : metricTitle(part.metric);
	const title = `${histogram.title}: ${displayName(score)}`;
	return {
		data: tracesOf(values, edges, counts, options),
		layout: layoutOf(
			title,
			options,
			{
				xaxis: { type: 'linear', title: { text: `${plotText(score)} (fraction)` } },
				yaxis: { type: 'linear', title: { text: 'Records' }, rangemode: 'tozero' },
			},
			{ showlegend: false, bargap: 0 },
		),
		title,
		summary: summaryOf(values, edges, counts, score),
		used: values.length,
		notes: [
			...(lemur
				? [
						'As in LEMUR’s picture, the values of all metrics are counted together, although they cannot be compared.',
					]
				: []),
			...(values[0] === values.at(-1)
				? ['All values are equal, so there is no density curve.']
				: []),
		],
		table: [
			{ title: 'From', unit: 'fraction', values: edges.slice(0, BINS) },
			{ title: 'To', unit: 'fraction', values: edges.slice(1) },
			{ title: 'Records', unit: 'count', values: Float64Array.from(counts) },
		],
		brush: { x: { field: 'accuracy', scale: 1 } },
		...(part.metric === undefined ? {} : { within: { metric: [part.metric] } }),
	};
}

function valuesOf(accuracy: Float64Array, ids: Uint32Array): Float64Array {
	const values = new Float64Array(ids.length);
	for (let i = 0; i < ids.length; i++) values[i] = accuracy[ids[i]!]!;
	return values;
}

function tracesOf(
	values: Float64Array,
	edges: Float64Array,
	counts: Uint32Array,
	{ theme }: PlotOptions,
): Trace[] {
	const palette = paletteOf(theme);
	const width = (edges[BINS]! - edges[0]!) / BINS;
	const bars: Trace = {
		type: 'bar',
		orientation: 'v',
		name: 'Records',
		x: Float64Array.from(counts, (_, i) => (edges[i]! + edges[i + 1]!) / 2),
		y: Float64Array.from(counts),
		width,
		opacity: 0.7,
		marker: { color: palette.series(2).color },
		hovertext: Array.from(
			counts,
			(n, i) =>
				`${counted(n, 'record')}<br>from ${fractionText(edges[i]!)} to ${fractionText(edges[i + 1]!)}`,
		),
		hovertemplate: '%{hovertext}<extra></extra>',
	};
	if (values[0] === values.at(-1)) return [bars];
	const { x, density } = kde(values, { factor: 'scott', points: POINTS });
	const area = values.length * width;
	const curve: Trace = {
		type: 'scatter',
		mode: 'lines',
		name: 'Density',
		x,
		y: density.map((value) => value * area),
		line: { color: palette.text, width: 2 },
		hovertemplate: 'Density %{y:.1f} records a bin<br>at %{x:.4f}<extra></extra>',
	};
	return [bars, curve];
}

function summaryOf(
	values: Float64Array,
	edges: Float64Array,
	counts: Uint32Array,
	score: string,
): string {
	const peak = counts.indexOf(counts.reduce((a, b) => Math.max(a, b)));
	return `${counted(values.length, 'record')} with ${displayName(score)} from ${fractionText(values[0] ?? NaN)} to ${fractionText(values.at(-1) ?? NaN)}, median ${fractionText(quantile(values, 0.5))}; the fullest of 30 bins, from ${fractionText(edges[peak] ?? NaN)} to ${fractionText(edges[peak + 1] ?? NaN)}, has ${countText(counts[peak] ?? 0)}.`;
}
