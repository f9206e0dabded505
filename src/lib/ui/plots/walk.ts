/** The points of a figure one by one, in words: what the arrow keys walk and a screen reader hears. */
import type { Axis, Figure, Layout, Trace } from '../../stats/plots/plot';
import { plainText } from '../../stats/plots/text';
import { hoverText, hoverValues, valueText } from './hover-text';
import { seriesOf } from './legend';

export interface Place {
	/** index into the figure's traces */
	readonly trace: number;
	/** index into the trace's points */
	readonly point: number;
}

export type Step = 'next' | 'previous' | 'first' | 'last' | 'up' | 'down';

/** The key of each step. */
export const STEP_KEYS: Readonly<Record<string, Step>> = {
	ArrowRight: 'next',
	ArrowLeft: 'previous',
	Home: 'first',
	End: 'last',
	ArrowUp: 'up',
	ArrowDown: 'down',
};

/**
 * Left and right walk a series; up and down change it, or the row of a heatmap.
 * @param from undefined = nowhere yet
 * @param isolated key of the only series that is walked
 * @returns where the step leads; undefined in a figure without points
 */
export function step(
	figure: Figure,
	from: Place | undefined,
	by: Step,
	isolated?: string,
): Place | undefined {
	const traces = walked(figure, isolated);
	const [start] = traces;
	if (start === undefined) return undefined;
	if (!from || !traces.includes(from.trace)) return edge(figure, start, 'first');
	if (by === 'first' || by === 'last') return edge(figure, from.trace, by);
	if (by === 'next' || by === 'previous') return along(figure, from, by === 'next' ? 1 : -1);
	const row = nextRow(figure, from, by);
	if (row) return row;
	const at = traces.indexOf(from.trace) + (by === 'down' ? 1 : -1);
	const trace = traces[Math.min(traces.length - 1, Math.max(0, at))] ?? from.trace;
	const point = Math.min(from.point, size(figure, trace) - 1);
	return valid(figure.data[trace], point) ? { trace, point } : edge(figure, trace, 'first');
}

/** Traces that can be read: bands and what is dimmed are passed over. */
function walked(figure: Figure, isolated: string | undefined): number[] {
	const { keys } = seriesOf(figure);
	return figure.data.flatMap((trace, i) => {
		const shown = isolated === undefined || keys[i] === isolated;
		const readable = trace.hoverinfo !== 'skip' && edge(figure, i, 'first') !== undefined;
		return shown && readable ? [i] : [];
	});
}

function size({ data }: Figure, trace: number): number {
	const one = data[trace];
	if (!one) return 0;
	if (one.type === 'heatmap') return one.x.length * one.y.length;
	return one.type === 'box' ? one.median.length : one.x.length;
}

function edge(figure: Figure, trace: number, end: 'first' | 'last'): Place | undefined {
	const n = size(figure, trace);
	const start = { trace, point: end === 'first' ? -1 : n };
	const place = along(figure, start, end === 'first' ? 1 : -1);
	return place.point < 0 || place.point >= n ? undefined : place;
}

/** The next point with a value; the same where there is none. */
function along(figure: Figure, from: Place, by: 1 | -1): Place {
	const one = figure.data[from.trace];
	const n = size(figure, from.trace);
	for (let point = from.point + by; point >= 0 && point < n; point += by)
		if (valid(one, point)) return { trace: from.trace, point };
	return from;
}

/** The next filled cell above or below in a heatmap; undefined at its edge and elsewhere. */
function nextRow(figure: Figure, { trace, point }: Place, by: 'up' | 'down'): Place | undefined {
	const one = figure.data[trace];
	if (one?.type !== 'heatmap') return undefined;
	const { layout } = figure;
	const turned = axisOf(layout, one.yaxis ?? 'y')?.autorange === 'reversed';
	const stride = one.x.length * ((by === 'up') === turned ? -1 : 1);
	const n = size(figure, trace);
	for (let next = point + stride; next >= 0 && next < n; next += stride)
		if (valid(one, next)) return { trace, point: next };
	return undefined;
}

function valid(trace: Trace | undefined, point: number): boolean {
	if (!trace || point < 0) return false;
	if (trace.type === 'heatmap') return !Number.isNaN(cell(trace, point).value);
	if (trace.type === 'box') return !Number.isNaN(trace.median[point]);
	return isThere(trace.x[point]) && isThere(trace.y[point]);
}

const isThere = (value: number | string | undefined) => value !== undefined && !Number.isNaN(value);

type Heatmap = Extract<Trace, { type: 'heatmap' }>;

function cell({ x, z }: Heatmap, point: number) {
	const row = Math.floor(point / x.length);
	const column = point % x.length;
	return { row, column, value: z[row]?.[column] ?? NaN };
}

/** @returns the point in words: series, place in it, and what the pointer would be told of it */
export function placeText(figure: Figure, { trace, point }: Place): string {
	const one = figure.data[trace];
	if (!one) return '';
	const values = valuesText(figure.layout, one, point);
	const name = one.name ? plainText(one.name) : '';
	const series = name === '' || values.includes(name) ? '' : `${name}, `;
	const n = size(figure, trace).toLocaleString('en-US');
	return `${series}${(point + 1).toLocaleString('en-US')} of ${n}: ${values}`;
}

function valuesText(layout: Layout, trace: Trace, point: number): string {
	const at = trace.type === 'heatmap' ? cell(trace, point) : { row: 0, column: 0 };
	const values = hoverValues(trace, point, at);
	if (trace.hovertemplate !== undefined) return hoverText(trace.hovertemplate, values);
	const part = (name: string) => plainText(valueText(values.get(name)));
	const x = `${axisTitle(layout, trace.xaxis ?? 'x')} ${part('x')}`;
	const y = axisTitle(layout, trace.yaxis ?? 'y');
	if (trace.type === 'heatmap')
		return `${x}, ${y} ${part('y')}: ${part('customdata') || part('z')}`;
	if (trace.type === 'box')
		return `${x}, ${y}: median ${part('median')}, quartiles ${part('q1')} and ${part('q3')}, whiskers ${part('lowerfence')} and ${part('upperfence')}`;
	const text = part('text');
	return `${x}, ${y} ${part('y')}${text && ` (${text.replace(/<br>/g, ', ')})`}`;
}

/** @param reference of an axis in a trace: 'x', 'y2' */
function axisOf(layout: Layout, reference: string): Axis | undefined {
	const key = `${reference.slice(0, 1)}axis${reference.slice(1)}`;
	const found = Object.entries(layout).find(([name]) => name === key)?.[1];
	return typeof found === 'object' && 'type' in found ? found : undefined;
}

function axisTitle(layout: Layout, reference: string): string {
	return plainText(axisOf(layout, reference)?.title?.text ?? '') || reference.slice(0, 1);
}
