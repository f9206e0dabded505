/**
 * What a plot is: a pure function of rows and options that returns a figure in Plotly's terms, with
 * its sentence, its notes and its table. It draws nothing itself: `ui/plots` hands figures to Plotly,
 * `lib/picture` paints them.
 */
import type { Palette } from './palette';
import type { Conditions } from '../filter';
import type { TaskInfo, TrialColumns } from '../columns';
import type { ColumnId } from '../fields';
import type { Evaluator, PlotId, PlotMode } from './ids';

/** All rows that pass the filter. Statistics use every one of them, never a sample. */
export interface PlotRows {
	readonly columns: TrialColumns;
	/** trials, ascending */
	readonly ids: Uint32Array;
}

/** A part of the plane in axis units (not logarithms). */
export interface PlotWindow {
	readonly xMin: number;
	readonly xMax: number;
	readonly yMin: number;
	readonly yMax: number;
}

/** Absent means: the plot decides. A plot heeds the options its `controls` name, `mode` and `theme`. */
export interface PlotOptions {
	/** default 'corrected' */
	readonly mode?: PlotMode;
	/** default 'light', which is also what is printed and exported */
	readonly theme?: 'light' | 'dark';
	/** the leaderboard shown; default: the one with most rows under the filter */
	readonly board?: TaskInfo;
	/** the metric shown by plots over several leaderboards; default: the one with most rows */
	readonly metric?: string;
	/** series drawn at most */
	readonly top?: number;
	/** names of hyperparameters, without `prm.` */
	readonly prm?: readonly string[];
	readonly evaluator?: Evaluator;
	/** the zoomed part, for plots that draw raw points once few enough are left */
	readonly window?: PlotWindow;
	/** for files: the table holds also what is not drawn because it is too much */
	readonly whole?: boolean;
}

/** `prm`, `prm1` and `prm2` choose any number of hyperparameters, one, or two. */
export type PlotControl =
	'board' | 'metric' | 'top' | 'prm' | 'prm1' | 'prm2' | 'evaluator' | 'window';

/** One plot of the registry. */
export interface PlotSpec {
	readonly id: PlotId;
	readonly title: string;
	/** one sentence: what is drawn, over what, in whose terms */
	readonly about: string;
	readonly group: 'LEMUR' | 'nn-stat' | 'Hyperparameters';
	readonly controls: readonly PlotControl[];
	/** what `top` is without a choice */
	readonly top?: number;
	/** present where the original errs: what 'lemur' mode does and what 'corrected' does instead */
	readonly difference?: string;
	/** inches, of the original where there is one */
	readonly size: readonly [width: number, height: number];
	/** Never throws for any rows: says in `empty` what is missing. */
	readonly draw: (rows: PlotRows, options: PlotOptions) => Figure;
}

export type Values = Float64Array | readonly number[];
/** positions on an axis: numbers, or the names of categories */
export type Positions = Values | readonly string[];

export type Dash = 'solid' | 'dash' | 'dot' | 'dashdot';
export type MarkerSymbol =
	'circle' | 'square' | 'diamond' | 'triangle-up' | 'cross' | 'x' | 'star' | 'triangle-down';

interface TraceBase {
	/** shown in the legend; already safe (`plotText`) */
	readonly name?: string;
	readonly legendgroup?: string;
	readonly showlegend?: boolean;
	/** 'x', 'x2', … for figures of several panels */
	readonly xaxis?: string;
	readonly yaxis?: string;
	readonly opacity?: number;
	readonly hoverinfo?: 'skip';
	readonly hovertemplate?: string;
	/** text of each point for `%{text}` of the hover, already safe */
	readonly text?: readonly string[];
}

/** Lines, markers, bands (`fill`), polygons. NaN breaks a line. */
export interface ScatterTrace extends TraceBase {
	readonly type: 'scatter';
	readonly mode: 'lines' | 'markers' | 'lines+markers' | 'text';
	readonly x: Positions;
	readonly y: Positions;
	readonly line?: { readonly color?: string; readonly width?: number; readonly dash?: Dash };
	readonly marker?: {
		readonly color?: string;
		readonly size?: number;
		readonly symbol?: MarkerSymbol;
		readonly opacity?: number;
	};
	/** 'tonexty' fills to the trace before this one */
	readonly fill?: 'none' | 'tozeroy' | 'tonexty' | 'toself';
	/** with alpha, as rgba(…) */
	readonly fillcolor?: string;
	readonly textposition?: 'middle right' | 'middle left' | 'top center' | 'middle center';
	readonly error_y?: ErrorBars;
	readonly error_x?: ErrorBars;
}

interface ErrorBars {
	readonly type: 'data';
	readonly symmetric: false;
	readonly array: Values;
	readonly arrayminus: Values;
	readonly color?: string;
}

export interface BarTrace extends TraceBase {
	readonly type: 'bar';
	readonly orientation: 'v' | 'h';
	readonly x: Positions;
	readonly y: Positions;
	readonly marker?: { readonly color?: string };
	/** 1 = bars touch their neighbours */
	readonly width?: number | Values;
	readonly textposition?: 'outside' | 'none';
	/** text of each bar for `%{hovertext}` of the hover, already safe; `text` stands at its end */
	readonly hovertext?: readonly string[];
	readonly error_y?: ErrorBars;
	readonly error_x?: ErrorBars;
}

/** Boxes from quartiles that we computed; points outside are a scatter trace of their own. */
export interface BoxTrace extends TraceBase {
	readonly type: 'box';
	readonly x: Positions;
	readonly q1: Values;
	readonly median: Values;
	readonly q3: Values;
	readonly lowerfence: Values;
	readonly upperfence: Values;
	readonly mean?: Values;
	readonly boxpoints: false;
	readonly marker?: { readonly color?: string };
	readonly line?: { readonly color?: string; readonly width?: number };
	readonly fillcolor?: string;
	/** in axis units */
	readonly width?: number;
	readonly offsetgroup?: string;
}

/** A grid of values; NaN = an empty cell. */
export interface HeatmapTrace extends TraceBase {
	readonly type: 'heatmap';
	readonly x: Positions;
	readonly y: Positions;
	/** one row per y */
	readonly z: readonly Values[];
	/** one text per cell, for `texttemplate: '%{customdata}'` */
	readonly customdata?: readonly (readonly string[])[];
	readonly texttemplate?: string;
	/** one text per cell for `%{hovertext}` of the hover, already safe; lines apart by `<br>` */
	readonly hovertext?: readonly (readonly string[])[];
	readonly colorscale: readonly (readonly [position: number, color: string])[];
	readonly zmin?: number;
	readonly zmax?: number;
	readonly showscale: boolean;
	readonly colorbar?: { readonly title: { readonly text: string } };
	readonly hoverongaps: false;
	readonly zsmooth?: false;
}

export type Trace = ScatterTrace | BarTrace | BoxTrace | HeatmapTrace;

export interface Axis {
	readonly title?: { readonly text: string };
	readonly type: 'linear' | 'log' | 'category';
	/** as Plotly has it: logarithms to base 10 on a log axis */
	readonly range?: readonly [number, number];
	readonly autorange?: 'reversed';
	readonly tickvals?: Positions;
	readonly ticktext?: readonly string[];
	readonly tickformat?: string;
	readonly tickangle?: number;
	readonly rangemode?: 'tozero';
	/** order of the categories */
	readonly categoryarray?: readonly string[];
	readonly categoryorder?: 'array';
	readonly domain?: readonly [number, number];
	readonly anchor?: string;
	readonly matches?: string;
	readonly showgrid?: boolean;
	readonly zeroline?: boolean;
	readonly showticklabels?: boolean;
	readonly fixedrange?: boolean;
}

export interface Annotation {
	readonly text: string;
	readonly x: number | string;
	readonly y: number | string;
	readonly xref: string;
	readonly yref: string;
	readonly showarrow: false;
	readonly xanchor?: 'left' | 'center' | 'right';
	readonly yanchor?: 'top' | 'middle' | 'bottom';
	readonly font?: { readonly size?: number; readonly color?: string };
	/** behind the text, as rgba(…) where it lets through what is beneath */
	readonly bgcolor?: string;
}

/** A straight line. */
export interface Shape {
	readonly type: 'line';
	readonly x0: number;
	readonly x1: number;
	readonly y0: number;
	readonly y1: number;
	readonly xref: string;
	readonly yref: string;
	readonly line: { readonly color: string; readonly width: number; readonly dash?: Dash };
}

export type Layout = {
	readonly title: { readonly text: string };
	readonly showlegend: boolean;
	readonly barmode?: 'group' | 'overlay';
	readonly boxmode?: 'group' | 'overlay';
	readonly bargap?: number;
	readonly annotations?: readonly Annotation[];
	readonly shapes?: readonly Shape[];
	readonly hovermode?: 'closest' | 'x unified' | false;
	readonly spikedistance?: number;
	readonly margin?: {
		readonly l?: number;
		readonly r?: number;
		readonly t?: number;
		readonly b?: number;
	};
} & PaletteLayout &
	LayoutAxes;

/** `xaxis`, `yaxis`, `xaxis2`, … as Plotly names them. */
export type LayoutAxes = { readonly xaxis?: Axis; readonly yaxis?: Axis } & Readonly<
	Partial<Record<`xaxis${number}` | `yaxis${number}`, Axis>>
>;

/** Colours of paper, text and grid. */
export type PaletteLayout = Palette['layout'];

/** What may be read off an axis as a condition of the filter. */
export interface BrushAxis {
	readonly field: Extract<ColumnId, 'epoch' | 'accuracy' | 'duration' | `prm.${string}`>;
	/** units of the field in one unit of the axis, such as 3.6e12 ns in an hour */
	readonly scale: number;
}

export interface FigureColumn {
	readonly title: string;
	/** 'fraction' shows 0.9274, 'ns' a human duration, 'count' an integer, 'plain' the number itself */
	readonly unit: 'fraction' | 'ns' | 'count' | 'plain' | 'none';
	/** NaN = nothing; text is as in the data, not escaped */
	readonly values: Values | readonly string[];
}

/** A drawn plot. Plain values and typed arrays only: it crosses from worker to page. */
export interface Figure {
	readonly data: readonly Trace[];
	readonly layout: Layout;
	/** plain text */
	readonly title: string;
	/** one sentence with the main numbers, for screen readers and captions; plain text */
	readonly summary: string;
	/** rows of the filter that entered the statistics */
	readonly used: number;
	/** what is not drawn, dropped, sampled or differs from the original: sentences, shown on the chart */
	readonly notes: readonly string[];
	/** the numbers behind the drawing, columns of equal length */
	readonly table: readonly FigureColumn[];
	readonly brush?: { readonly x?: BrushAxis; readonly y?: BrushAxis };
	/** conditions that hold for all that is drawn, to be added to a brush */
	readonly within?: Conditions;
	/** why nothing can be drawn and what would change that; `data` is empty then */
	readonly empty?: string;
}
