import { describe, expect, it } from 'vitest';
import type { Axis, Figure, Trace } from '../../stats/plots/plot';
import { seriesOf } from './legend';
import { plotlyView } from './plotly-view';
import { FIGURE } from './testing';

const size = { width: 900, height: 400 };

describe('plotlyView(figure, settings)', () => {
	it('isolates a series by dimming the others, and changes no number', () => {
		const before = structuredClone(FIGURE);
		const { data } = plotlyView(FIGURE, { ...size, isolated: 'a' });
		expect(data.map(({ opacity }) => opacity)).toEqual([
			...[undefined, undefined, 0.08, 0.08, undefined, undefined],
		]);
		for (const [i, trace] of data.entries()) expect(trace.x).toBe(FIGURE.data[i]?.x);
		expect(FIGURE).toEqual(before);
		expect(plotlyView(FIGURE, size).data.every(({ opacity }) => opacity === undefined)).toBe(true);
	});

	it('zooms the first axes, and lets no further one be dragged by itself', () => {
		const window = { xMin: 1, xMax: 10, yMin: 0.25, yMax: 0.5 };
		const { layout } = plotlyView(FIGURE, { ...size, window });
		expect(layout).toMatchObject({
			...size,
			xaxis: { range: [0, 1], automargin: true },
			yaxis: { range: [0.25, 0.5] },
			xaxis2: { fixedrange: true },
			title: { text: '' },
			showlegend: false,
			dragmode: 'zoom',
		});
		expect(layout['yaxis2']).not.toHaveProperty('fixedrange');
		expect(layout['yaxis']).not.toHaveProperty('fixedrange');
		expect(plotlyView(FIGURE, { ...size, drag: false }).layout['dragmode']).toBe(false);
	});

	it('draws many markers through WebGL and few as SVG', () => {
		const points = (n: number): Figure => ({
			...FIGURE,
			data: [{ type: 'scatter', mode: 'markers', x: new Float64Array(n), y: new Float64Array(n) }],
		});
		expect(plotlyView(points(5000), size).data[0]?.type).toBe('scattergl');
		expect(plotlyView(points(50), size).data[0]?.type).toBe('scatter');
	});

	it('draws through WebGL what lies above such markers, too: SVG would lie beneath', () => {
		const trace = (mode: 'lines' | 'markers', n: number): Trace => ({
			...{ type: 'scatter', mode, x: new Float64Array(n), y: new Float64Array(n) },
		});
		const data = [
			trace('lines', 2),
			trace('markers', 5000),
			trace('markers', 3),
			trace('lines', 2),
			{ ...trace('lines', 2), fill: 'toself' } as const,
		];
		expect(plotlyView({ ...FIGURE, data }, size).data.map(({ type }) => type)).toEqual([
			...['scatter', 'scattergl', 'scattergl', 'scattergl', 'scatter'],
		]);
	});

	it('turns long names below a small chart, and makes labels over it smaller', () => {
		const xaxis: Axis = { type: 'linear', tickvals: [0], ticktext: ['Accuracy'] };
		const label = { text: 'a', x: 0, y: 0, xref: 'x', yref: 'y', showarrow: false } as const;
		const annotations = [{ ...label, bgcolor: '#ffffff', font: { size: 12 } }, label];
		const figure = { ...FIGURE, layout: { ...FIGURE.layout, xaxis, annotations } };
		const small = plotlyView(figure, { width: 320, height: 400 }).layout;
		expect(small['xaxis']).toMatchObject({ tickangle: -40 });
		expect(small['annotations']).toMatchObject([{ font: { size: 9 } }, label]);
		const large = plotlyView(figure, size).layout;
		expect(large['xaxis']).not.toHaveProperty('tickangle');
		expect(large['annotations']).toEqual(annotations);
	});

	it('labels only the decades of a long logarithmic axis', () => {
		const axis = (high: number, rest: Partial<Axis> = {}) => {
			const xaxis: Axis = { type: 'log', range: [-5, high], ...rest };
			const figure = { ...FIGURE, layout: { ...FIGURE.layout, xaxis } };
			return plotlyView(figure, size).layout['xaxis'];
		};
		expect(axis(0)).toMatchObject({ dtick: 1 });
		expect(axis(-3)).not.toHaveProperty('dtick');
		expect(axis(0, { tickvals: [0.001, 0.1] })).not.toHaveProperty('dtick');
	});
});

describe('cells of a heatmap', () => {
	it('show their text, which Plotly takes from another place', () => {
		const heatmap = FIGURE.data[4];
		if (heatmap?.type !== 'heatmap') throw new Error('No heatmap.');
		const customdata = [
			['a', 'b'],
			['c', 'd'],
		];
		const texttemplate = '%{customdata}';
		const figure = { ...FIGURE, data: [{ ...heatmap, customdata, texttemplate }] };
		expect(plotlyView(figure, size).data[0]).toMatchObject({
			text: customdata,
			texttemplate: '%{text}',
		});
	});
});

describe('seriesOf(figure)', () => {
	it('names every series once, in plain text, with its mark', () => {
		const { series, keys } = seriesOf(FIGURE);
		expect(series).toEqual([
			{
				key: 'a',
				name: 'Net <A>',
				color: '#0b62a8',
				dash: 'dash',
				symbol: 'square',
				filled: false,
			},
			{ key: 'trace 2', name: 'B', color: 'currentColor', filled: true },
			{ key: 'trace 3', name: 'C', color: 'currentColor', filled: true },
		]);
		expect(keys).toEqual(['a', 'a', 'trace 2', 'trace 3', undefined, undefined]);
	});

	it('is empty where the figure shows no legend', () => {
		const layout = { ...FIGURE.layout, showlegend: false };
		expect(seriesOf({ ...FIGURE, layout }).series).toEqual([]);
	});
});
