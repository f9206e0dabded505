/**
 * The border to Plotly: the few functions that are used, checked when the bundle arrives, and its
 * events as plain values. It is fetched when a plot is first shown. No figure is made here.
 */
import * as v from 'valibot';
import type { PlotlyView } from './plotly-view';

const bundleSchema = v.looseObject({
	react: v.function(),
	purge: v.function(),
	Fx: v.looseObject({ hover: v.function(), unhover: v.function() }),
});
type Bundle = v.InferOutput<typeof bundleSchema>;

/** what Plotly adds to the element it draws in */
const elementSchema = v.looseObject({ on: v.function(), removeAllListeners: v.function() });

/** Ours are the buttons, and nothing is asked of Plotly's own servers. */
const CONFIG = {
	displayModeBar: false,
	displaylogo: false,
	doubleClick: false,
	responsive: false,
	scrollZoom: false,
	showTips: false,
	plotlyServerURL: '',
	topojsonURL: '',
} as const;

/** A range of an axis as Plotly has it: logarithms to base 10 on a log axis. */
export type AxisRange = readonly [number, number];

export interface ChartEvents {
	/** a box was dragged: the new ranges by the names of the axes, such as `xaxis` */
	readonly onranges: (ranges: ReadonlyMap<string, AxisRange>) => void;
	readonly onreset: () => void;
}

/** A chart in an element. */
export interface Chart {
	/** draws, or changes what is drawn */
	show(view: PlotlyView): Promise<void>;
	/** the ranges of the axes as they are drawn */
	ranges(): ReadonlyMap<string, AxisRange>;
	/** shows what Plotly shows of a point under the pointer; undefined = nothing */
	hover(point: { readonly trace: number; readonly point: number } | undefined): void;
	close(): void;
}

let loading: Promise<Bundle> | undefined;

/** @throws when the file does not arrive; the next call asks for it again */
export function loadPlotly(): Promise<Bundle> {
	loading ??= import('plotly.js-strict-dist-min')
		.then(({ default: bundle }) => v.parse(bundleSchema, bundle))
		.catch((error: unknown) => {
			loading = undefined;
			throw error;
		});
	return loading;
}

/** @param element empty; it belongs to the chart until `close` */
export async function openChart(element: HTMLElement, events: ChartEvents): Promise<Chart> {
	const plotly = await loadPlotly();
	let listening = false;

	function listen(): void {
		if (listening) return;
		listening = true;
		const { on } = v.parse(elementSchema, element);
		on.call(element, 'plotly_relayout', (change: unknown) => {
			const ranges = rangesOf(change);
			if (ranges.size > 0) events.onranges(ranges);
		});
		on.call(element, 'plotly_doubleclick', () => events.onreset());
	}

	return {
		async show({ data, layout }) {
			await plotly.react(element, data, layout, CONFIG);
			listen();
		},
		ranges: () => layoutRanges(element),
		hover(point) {
			if (point === undefined) return void plotly.Fx.unhover(element);
			const { trace, point: number } = point;
			plotly.Fx.hover(element, [{ curveNumber: trace, pointNumber: number }]);
		},
		close() {
			plotly.purge(element);
		},
	};
}

const changeSchema = v.record(v.string(), v.unknown());
const RANGE_KEY = /^([xy]axis\d*)\.range(?:\[([01])\])?$/;

/** @returns the ranges in a `plotly_relayout` event, which names each end or the pair */
export function rangesOf(change: unknown): Map<string, AxisRange> {
	const read = v.safeParse(changeSchema, change);
	const found = new Map<string, [number, number]>();
	if (!read.success) return new Map();
	for (const [key, value] of Object.entries(read.output)) {
		const [, axis, end] = RANGE_KEY.exec(key) ?? [];
		if (axis === undefined) continue;
		const pair = found.get(axis) ?? [NaN, NaN];
		if (end === undefined) {
			const both = v.safeParse(rangeSchema, value);
			if (both.success) pair.splice(0, 2, ...both.output);
		} else pair[end === '0' ? 0 : 1] = Number(value);
		found.set(axis, pair);
	}
	return new Map([...found].filter(([, pair]) => pair.every(Number.isFinite)));
}

const rangeSchema = v.tuple([v.pipe(v.number(), v.finite()), v.pipe(v.number(), v.finite())]);
const axisSchema = v.looseObject({ range: rangeSchema });

function layoutRanges(element: HTMLElement): Map<string, AxisRange> {
	const layout = v.safeParse(v.looseObject({ layout: changeSchema }), element);
	const found = new Map<string, AxisRange>();
	if (!layout.success) return found;
	for (const [key, axis] of Object.entries(layout.output.layout)) {
		const read = /^[xy]axis\d*$/.test(key) ? v.safeParse(axisSchema, axis) : undefined;
		if (read?.success) found.set(key, read.output.range);
	}
	return found;
}
