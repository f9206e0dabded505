/** Figures and surfaces for tests of painting. Test support only. */
import { layoutOf } from '../stats/plots/figure';
import { paletteOf, withAlpha } from '../stats/plots/palette';
import type { Axis, Figure, Layout, LayoutAxes, MarkerSymbol, Trace } from '../stats/plots/plot';
import { plotText } from '../stats/plots/text';
import type { Brush } from './brush';
import type { PictureOptions } from './picture';
import { positioner, scaleOf, type Scale } from './scales';
import type { Fill, Points, Rect, Stroke, Surface, TextStyle } from './surface';
import { textWidth } from './text-width';

export interface Drawn {
	readonly kind: 'line' | 'polygon' | 'rects' | 'markers' | 'text' | 'clip';
	readonly points: readonly number[];
	readonly style: Partial<Stroke & Fill & TextStyle>;
	readonly text?: string;
	readonly symbol?: MarkerSymbol;
	readonly size?: number;
}

/** Arithmetic along different ways differs in the last digits. */
export const toMillionths = (value: number) => Math.round(value * 1e6) / 1e6 + 0;

/** A surface that remembers what was drawn, in order. */
export function recordingSurface(width = 1000, height = 600): Surface & { drawn: Drawn[] } {
	const drawn: Drawn[] = [];
	const add = (kind: Drawn['kind'], points: Points, style: Drawn['style'], more = {}) =>
		drawn.push({ kind, points: Array.from(points, toMillionths), style, ...more });
	return {
		drawn,
		width,
		height,
		line: (points, stroke) => add('line', points, stroke),
		polygon: (points, fill) => add('polygon', points, fill),
		rects: (rects, fill) => add('rects', rects, fill),
		markers: (points, symbol, size, fill) => add('markers', points, fill, { symbol, size }),
		text: (text, x, y, style) => add('text', [x, y], style, { text }),
		clip({ x, y, width: w, height: h }: Rect, draw) {
			add('clip', [x, y, w, h], {});
			draw();
		},
		measure: textWidth,
	};
}

export const LINEAR: LayoutAxes = { xaxis: { type: 'linear' }, yaxis: { type: 'linear' } };

/** @param title plain text */
export function figureOf(
	data: readonly Trace[],
	axes: LayoutAxes = LINEAR,
	rest: Partial<Omit<Layout, 'title'>> = {},
	title = 'A sample',
): Figure {
	const layout = layoutOf(title, {}, axes, rest);
	return { data, layout, title, summary: 'One sentence.', used: 3, notes: [], table: [] };
}

/** Curves with bands over 50 epochs, named so that nothing in a name may act as markup. */
export function curves(count: number): Figure {
	const palette = paletteOf();
	const data = Array.from({ length: count }, (_, i) => {
		const { color, dash, symbol } = palette.series(i);
		const x = Array.from({ length: 50 }, (_, epoch) => epoch + 1);
		const y = x.map((epoch) => 0.9 - 0.8 / (1 + epoch * (0.05 + i / 100)));
		const edge = { line: { width: 0 }, showlegend: false, hoverinfo: 'skip' } as const;
		const base = { type: 'scatter', x } as const;
		return [
			{ ...base, ...edge, mode: 'lines', y: y.map((v) => v - 0.02) },
			{
				...base,
				...edge,
				mode: 'lines',
				y: y.map((v) => v + 0.02),
				fill: 'tonexty',
				fillcolor: withAlpha(color, 0.3),
			},
			{
				...base,
				mode: 'lines+markers',
				y,
				name: plotText(`<b>net</b> & "${i}"`),
				line: { color, dash, width: 2 },
				marker: { color, symbol, size: 6 },
			},
		] as const satisfies readonly Trace[];
	});
	return figureOf(data.flat(), {
		xaxis: { type: 'linear', title: { text: 'Epoch' }, tickformat: 'd' },
		yaxis: { type: 'linear', title: { text: 'Accuracy (fraction)' } },
	});
}

export const PICTURE: PictureOptions = {
	format: 'svg',
	width: 14,
	height: 8,
	dpi: 300,
	sentence: 'Records of <all> nets.',
	link: 'https://example.org/#a=1&b=2',
	source: 'LEMUR 2.1.2, sha256 abc',
};

/** @returns a scale of 0..10 over 0..100 units, upwards from 100 for y */
export function scaleOfTen(
	id: 'x' | 'y',
	axis: Axis = { type: 'linear' },
	names: string[] = [],
): Scale {
	const range =
		axis.type === 'category' ? ([-0.5, names.length - 0.5] as const) : ([0, 10] as const);
	const model = { id, axis, names, range, at: positioner(axis, names) };
	return id === 'x' ? scaleOf(model, 0, 100) : scaleOf(model, 100, 0);
}

export function brushOn(surface: Surface, bare = false): Brush {
	return { surface, color: '#0000ff', text: '#000000', fontSize: 12, bare };
}
