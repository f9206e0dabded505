/** A whole figure on a surface: panels with their axes, traces, legend, title and notes. */
import type { Figure, Trace } from '../stats/plots/plot';
import { paintBars } from './bar';
import { paintBoxes } from './box';
import type { Brush } from './brush';
import { paintColourBar } from './colour-bar';
import { frameOf, type Frame } from './frame';
import { paintHeatmap } from './heatmap';
import { paintLegend } from './legend';
import { paintAnnotations, paintShapes } from './overlay';
import { paintAxis, paintGrid } from './paint-axis';
import type { Scale } from './scales';
import { paintScatter } from './scatter';
import type { Points, Rect, Surface } from './surface';
import { themeOf, type Theme } from './theme';
import { wrapped } from './words';
import { plainText } from '../stats/plots/text';

/** @param bare a preview: no title, legend, axis titles or notes, thicker lines */
export function paintScene(figure: Figure, surface: Surface, bare: boolean): void {
	const theme = themeOf(figure.layout, bare);
	const { width, height } = surface;
	surface.rects([0, 0, width, height], { color: theme.background });
	if (figure.empty !== undefined) return paintEmpty(figure.title, figure.empty, surface, theme);
	const frame = frameOf(figure, surface, theme);
	const panels = panelsOf(figure, frame);
	for (const panel of panels) paintGrid(panel, frame, surface, theme);
	for (const panel of panels) paintPanel(panel, figure, frame, surface, theme);
	for (const scale of frame.scales.values()) paintAxis(scale, frame, surface, theme);
	paintShapes(figure.layout, frame, surface);
	if (!bare) paintAround(figure, frame, surface, theme);
}

export interface Panel {
	readonly x: Scale;
	readonly y: Scale;
	readonly area: Rect;
	/** places of its traces in the figure, in the order of painting */
	readonly traces: readonly number[];
}

/** Plotly's order, too: lines and points are above all else. */
const LAYERS = { heatmap: 0, bar: 1, box: 2, scatter: 3 } as const;

function panelsOf({ data }: Figure, { scales }: Frame): Panel[] {
	const panels = new Map<string, number[]>();
	data.forEach(({ xaxis = 'x', yaxis = 'y' }, i) => {
		const key = `${xaxis} ${yaxis}`;
		const own = panels.get(key);
		if (own) own.push(i);
		else panels.set(key, [i]);
	});
	return [...panels].map(([key, traces]) => {
		const [x, y] = key.split(' ').map((id) => scales.get(id)!) as [Scale, Scale];
		const layer = (i: number) => LAYERS[data[i]!.type];
		return { x, y, area: areaOf(x, y), traces: traces.sort((a, b) => layer(a) - layer(b)) };
	});
}

function areaOf(x: Scale, y: Scale): Rect {
	return { x: x.from, y: y.to, width: x.to - x.from, height: y.from - y.to };
}

function paintPanel(
	{ x, y, area, traces }: Panel,
	{ data }: Figure,
	frame: Frame,
	surface: Surface,
	{ palette, sizes, bare }: Theme,
): void {
	const common = { surface, text: palette.text, fontSize: sizes.tick, bare };
	let before: Points | undefined;
	const paint = (i: number) => {
		const brush = { ...common, color: palette.series(i).color };
		before = paintTrace(data[i]!, x, y, brush, frame, before);
	};
	const words = (i: number) => {
		const trace = data[i]!;
		return trace.type === 'scatter' && trace.mode === 'text';
	};
	surface.clip(area, () => traces.filter((i) => !words(i)).forEach(paint));
	// Labels may reach beyond the panel.
	traces.filter(words).forEach(paint);
}

/** @returns the points of a scatter, for the fill of the next one */
function paintTrace(
	trace: Trace,
	x: Scale,
	y: Scale,
	brush: Brush,
	{ slots }: Frame,
	before: Points | undefined,
): Points | undefined {
	if (trace.type === 'scatter') return paintScatter(trace, x, y, brush, before);
	const slot = slots.get(trace);
	if (trace.type === 'heatmap') paintHeatmap(trace, x, y, brush);
	else if (trace.type === 'bar' && slot) paintBars(trace, slot, x, y, brush);
	else if (trace.type === 'box' && slot) paintBoxes(trace, slot, x, y, brush);
	return undefined;
}

/** What stands beside, above and below the panels. */
function paintAround(figure: Figure, frame: Frame, surface: Surface, theme: Theme): void {
	const { palette, sizes } = theme;
	const { area, legend, colourBar, title, notes } = frame;
	paintAnnotations(figure.layout, frame, surface, theme);
	title.forEach((line, i) => {
		const style = { size: sizes.title, color: palette.text, bold: true, anchor: 'middle' } as const;
		surface.text(line, surface.width / 2, 12 + (i + 0.5) * sizes.title * 1.3, style);
	});
	notes.forEach((line, i) => {
		const y = surface.height - 8 - (notes.length - i - 0.5) * sizes.note * 1.35;
		surface.text(line, 12, y, { size: sizes.note, color: palette.muted });
	});
	const right = surface.width - 12;
	if (colourBar) paintColourBar(colourBar, area, right - colourBar.width, surface, theme);
	const legendRight = colourBar ? right - colourBar.width - 14 : right;
	if (legend) paintLegend(legend, area, legendRight, surface, theme);
}

function paintEmpty(title: string, why: string, surface: Surface, theme: Theme): void {
	const { palette, sizes } = theme;
	const middle = surface.width / 2;
	const lines = wrapped(why, surface.width * 0.7, sizes.axis, surface, 6);
	const style = { color: palette.text, anchor: 'middle' } as const;
	if (!theme.bare)
		surface.text(plainText(title), middle, 24, { ...style, size: sizes.title, bold: true });
	lines.forEach((line, i) => {
		const y = surface.height / 2 + (i - (lines.length - 1) / 2) * sizes.axis * 1.4;
		surface.text(line, middle, y, { ...style, size: sizes.axis, color: palette.muted });
	});
}
