/** A small figure of every kind of trace. Test code: nothing of the site imports this. */
import { layoutOf } from '../../stats/plots/figure';
import type { Axis, Figure, Trace } from '../../stats/plots/plot';

const line: Trace = {
	type: 'scatter',
	mode: 'lines+markers',
	name: 'Net &lt;A&gt;',
	legendgroup: 'a',
	x: [1, 2, 3],
	y: [0.5, NaN, 0.75],
	line: { color: '#0b62a8', dash: 'dash' },
	marker: { color: '#0b62a8', symbol: 'square' },
	text: ['first', 'second', 'third'],
	hovertemplate: '%{text}<br>Epoch %{x}: %{y:.4f}<extra>%{fullData.name}</extra>',
};
const band: Trace = {
	type: 'scatter',
	mode: 'lines',
	name: 'Net &lt;A&gt;',
	legendgroup: 'a',
	showlegend: false,
	hoverinfo: 'skip',
	x: [1, 3],
	y: [0.4, 0.6],
};
const bars: Trace = { type: 'bar', orientation: 'v', name: 'B', x: ['p', 'q'], y: [3, 4] };
const boxes: Trace = {
	type: 'box',
	name: 'C',
	x: [5],
	...{ q1: [1], median: [2], q3: [3], lowerfence: [0], upperfence: [9] },
	boxpoints: false,
};
const cells: Trace = {
	type: 'heatmap',
	x: [1, 2],
	y: ['low', 'high'],
	z: [
		[1, NaN],
		[3, 4],
	],
	colorscale: [
		[0, '#ffffff'],
		[1, '#000000'],
	],
	showscale: true,
	hoverongaps: false,
};
const reference: Trace = { type: 'scatter', mode: 'lines', showlegend: false, x: [0], y: [0] };

export const xaxis: Axis = { type: 'log', title: { text: 'Time (hours)' } };
export const yaxis: Axis = { type: 'linear', title: { text: 'Accuracy (fraction)' } };

/** Traces: 0 line of series a, 1 its band, 2 bars, 3 box, 4 heatmap, 5 a line of no series. */
export const FIGURE: Figure = {
	data: [line, band, bars, boxes, cells, reference],
	layout: layoutOf('T', {}, { xaxis, yaxis, xaxis2: yaxis, yaxis2: { ...yaxis, matches: 'y' } }),
	title: 'T',
	summary: 'S.',
	used: 12,
	notes: ['N.'],
	table: [
		{ title: 'Net', unit: 'none', values: ['=1+1', 'plain, "quoted"', ''] },
		{ title: 'Accuracy', unit: 'fraction', values: Float64Array.of(0.1, NaN, 1 / 3) },
		{ title: 'Time so far', unit: 'ns', values: [97760707514.62746, -0, 1e21] },
	],
	brush: { x: { field: 'duration', scale: 3600e9 }, y: { field: 'accuracy', scale: 1 } },
	within: { metric: ['acc'] },
};
