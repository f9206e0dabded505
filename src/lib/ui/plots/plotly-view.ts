/**
 * A figure as it is handed to Plotly: without the parts that the page shows itself (title, legend),
 * with the zoom of the link and the series that is isolated. Changes no number of the figure.
 */
import type {
	Annotation,
	Axis,
	Figure,
	HeatmapTrace,
	Layout,
	PlotWindow,
	ScatterTrace,
	Trace,
} from '../../stats/plots/plot';
import { seriesOf } from './legend';
import { hasPanels, stackedPanels } from './panels';
import { paletteOf } from '../../stats/plots/palette';
import { zoomedFigure } from '../../stats/plots/zoomed';

/** `scattergl` draws the same points through WebGL: thousands of SVG nodes would hold the page up. */
type DrawnTrace =
	| Trace
	| (Omit<ScatterTrace, 'type'> & { readonly type: 'scattergl' })
	| (Omit<HeatmapTrace, 'text'> & { readonly text: HeatmapTrace['customdata'] });

type DrawnAxis = Axis & { readonly automargin: true };

export interface PlotlyView {
	readonly data: readonly DrawnTrace[];
	/** the figure's, with size, zoom and dragging; Plotly's own names */
	readonly layout: Readonly<Record<string, unknown>>;
}

export interface ViewSettings {
	/** CSS px */
	readonly width: number;
	readonly height: number;
	/** key of `seriesOf`; undefined = all series alike */
	readonly isolated?: string | undefined;
	readonly window?: PlotWindow | undefined;
	/** false: dragging does nothing, so that a page can be scrolled by touch */
	readonly drag?: boolean;
}

/** Markers of a figure above which WebGL draws them, from the first trace of more than a few. */
const MANY_POINTS = 2_000;
const FEW_POINTS = 100;
/** columns of a heatmap that leave room for text in a small chart */
const FEW_CELLS = 7;
const DIMMED = 0.08;
const MARGIN = { l: 56, r: 16, t: 24, b: 48 };
/** px below which a chart counts as small */
export const NARROW = 520;
/** px of text in a chart that is small or has many panels */
const SMALL = 11;
/** of the size of labels over what a small chart draws */
const SMALLER = 0.75;

/** @returns new objects: Plotly writes into what it is given */
export function plotlyView(figure: Figure, settings: ViewSettings): PlotlyView {
	const { width, height, window, isolated, drag = true } = settings;
	const narrow = width < NARROW;
	const zoomed = (window ? zoomedFigure(figure, window) : figure).layout;
	const { margin, ...layout } = narrow ? stackedPanels(zoomed) : zoomed;
	const small = narrow || hasPanels(layout);
	return {
		data: tracesOf(figure, isolated, narrow),
		layout: {
			...layout,
			title: { text: '' },
			...axesOf(layout, narrow),
			...(narrow && layout.annotations ? { annotations: smallNotes(layout.annotations) } : {}),
			showlegend: false,
			font: { ...layout.font, size: small ? SMALL : layout.font.size },
			margin: { ...MARGIN, ...margin, ...(narrow ? { l: 44, r: 8 } : {}) },
			...{ width, height, dragmode: drag ? 'zoom' : false },
			hoverlabel: { namelength: -1, font: { family: layout.font.family } },
		},
	};
}

function tracesOf(
	{ data, layout }: Figure,
	isolated: string | undefined,
	narrow: boolean,
): DrawnTrace[] {
	const keys = seriesOf({ data, layout }).keys;
	const first = firstThroughGl(data);
	return data.map((trace, i) => {
		const drawn = drawnTrace(trace, i >= first, narrow);
		const key = keys[i];
		if (isolated === undefined || key === undefined || key === isolated) return { ...drawn };
		return { ...drawn, opacity: DIMMED, hoverinfo: 'skip' };
	});
}

function markersOf(trace: Trace): number {
	return trace.type === 'scatter' && trace.mode === 'markers' ? trace.x.length : 0;
}

/** @returns place of the first trace that WebGL draws; Infinity where markers are few */
function firstThroughGl(data: readonly Trace[]): number {
	const points = data.reduce((sum, trace) => sum + markersOf(trace), 0);
	const first = data.findIndex((trace) => markersOf(trace) > FEW_POINTS);
	return points > MANY_POINTS && first >= 0 ? first : Infinity;
}

/** @param gl whether it is above what WebGL draws: in SVG it would be hidden beneath */
function drawnTrace(trace: Trace, gl: boolean, narrow: boolean): DrawnTrace {
	if (gl && trace.type === 'scatter' && trace.mode !== 'text' && trace.fill === undefined)
		return { ...trace, type: 'scattergl' };
	if (trace.type !== 'heatmap') return trace;
	return narrow ? withCellText(narrowHeatmap(trace)) : withCellText(trace);
}

/** Plotly writes no custom data into cells, only `text`. */
function withCellText(trace: HeatmapTrace): DrawnTrace {
	if (!trace.texttemplate || !trace.customdata) return trace;
	const texttemplate = trace.texttemplate.replaceAll('%{customdata}', '%{text}');
	return { ...trace, text: trace.customdata, texttemplate };
}

/** Cells of a small chart have no room for text, nor has the chart for a wide scale. */
function narrowHeatmap({ texttemplate, ...trace }: HeatmapTrace): HeatmapTrace {
	const { colorbar } = trace;
	const text = texttemplate && trace.x.length <= FEW_CELLS ? { texttemplate } : {};
	const thin = { thickness: 8, title: { text: colorbar?.title.text ?? '', side: 'right' } };
	return { ...trace, ...text, ...(colorbar ? { colorbar: thin } : {}) };
}

/** Labels within a small plot would hide it. */
function smallNotes(notes: readonly Annotation[]): Annotation[] {
	return notes.map((note) => {
		const size = note.font?.size ?? SMALL;
		return note.bgcolor ? { ...note, font: { ...note.font, size: size * SMALLER } } : note;
	});
}

const AXIS = /^[xy]axis(\d*)$/;

/** Grid lines of the theme that the figure was made in: Plotly's own are hardly seen on a dark ground. */
function gridOf({ paper_bgcolor }: Pick<Layout, 'paper_bgcolor'>): string {
	const dark = paletteOf('dark');
	return (dark.layout.paper_bgcolor === paper_bgcolor ? dark : paletteOf('light')).line;
}

function axesOf(layout: Omit<Layout, 'margin'>, narrow: boolean): Record<string, DrawnAxis> {
	const gridcolor = gridOf(layout);
	const common = { zeroline: false, gridcolor, separatethousands: true };
	const axes = Object.entries(layout).flatMap(([key, axis]) => {
		if (!AXIS.test(key) || !isAxis(axis)) return [];
		const first = key === 'xaxis' || key === 'yaxis';
		// The zoom of a link is one window: axes of further panels move with the first or not at all.
		const still = first || axis.matches !== undefined ? {} : { fixedrange: true };
		const words = { ...wordsOf(axis, narrow), ...turned(key, axis, narrow) };
		return [[key, { ...common, ...axis, ...still, ...words, automargin: true }]];
	});
	return Object.fromEntries(axes);
}

/** Decades of a log axis from which only their ends are labelled: with 2 and 5 labels would touch. */
const DECADES = { wide: 3.5, narrow: 1.5 };

/** Titles keep clear of the labels; a log axis names whole numbers, not their first digits alone. */
function wordsOf({ title, type, tickformat, tickvals, range }: Axis, narrow: boolean) {
	const decades = type === 'log' && range && !tickvals ? Math.abs(range[1] - range[0]) : 0;
	return {
		...(decades > DECADES[narrow ? 'narrow' : 'wide'] ? { dtick: 1 } : {}),
		...(title
			? {
					title: { ...title, standoff: narrow ? 4 : 10, ...(narrow ? { font: { size: 10 } } : {}) },
				}
			: {}),
		...(type === 'log' && tickformat === undefined ? { tickformat: ',~g' } : {}),
	};
}

/** Names longer than this are turned below a small chart, to end at their ticks: they would leave it at its right. */
const LONG_NAME = 4;

function turned(key: string, { ticktext, tickangle }: Axis, narrow: boolean) {
	const long = ticktext?.some((text) => text.length > LONG_NAME) ?? false;
	return narrow && long && key.startsWith('x') && !tickangle ? { tickangle: -40 } : {};
}

function isAxis(value: Layout[keyof Layout]): value is Axis {
	return typeof value === 'object' && 'type' in value;
}
