/** The legend: a sample and a name per series, as many as fit beside the panels. */
import { plainText } from '../stats/plots/text';
import type { Layout, Trace } from '../stats/plots/plot';
import { dashOf } from './brush';
import type { Rect, Surface } from './surface';
import type { Theme } from './theme';
import { shortened } from './words';

interface Entry {
	readonly trace: Trace;
	/** plain text, as long as it fits */
	readonly name: string;
	readonly color: string;
}

export interface Legend {
	readonly entries: readonly Entry[];
	readonly width: number;
}

const SAMPLE = 26;
const GAP = 6;

/** @param room widest it may be; @returns undefined when there is nothing to tell apart */
export function legendOf(
	data: readonly Trace[],
	layout: Layout,
	room: number,
	surface: Surface,
	{ palette, sizes }: Theme,
): Legend | undefined {
	if (!layout.showlegend) return undefined;
	const named = data.flatMap((trace, i) =>
		trace.name && trace.showlegend !== false && trace.type !== 'heatmap'
			? [{ trace, name: plainText(trace.name), color: colourOf(trace, palette.series(i).color) }]
			: [],
	);
	if (named.length === 0) return undefined;
	const entries = named.map((entry) => ({
		...entry,
		name: shortened(entry.name, room - SAMPLE - GAP, sizes.legend, surface),
	}));
	const widest = Math.max(...entries.map(({ name }) => surface.measure(name, sizes.legend)));
	return { entries, width: SAMPLE + GAP + widest };
}

/** @returns the colour a series is known by */
export function colourOf(trace: Trace, fallback: string): string {
	const line = 'line' in trace ? trace.line?.color : undefined;
	const marker = 'marker' in trace ? trace.marker?.color : undefined;
	const fill = 'fillcolor' in trace ? trace.fillcolor : undefined;
	return line ?? marker ?? fill ?? fallback;
}

/** @param area the panels, beside which it stands; @param right its right end */
export function paintLegend(
	{ entries, width }: Legend,
	area: Rect,
	right: number,
	surface: Surface,
	{ palette, sizes }: Theme,
): void {
	const row = sizes.legend * 1.5;
	const fits = Math.max(1, Math.floor(area.height / row));
	const shown = entries.length <= fits ? entries : entries.slice(0, fits - 1);
	const left = right - width;
	const style = { size: sizes.legend, color: palette.text };
	shown.forEach((entry, i) => {
		const y = area.y + (i + 0.5) * row;
		paintSample(entry, left, y, surface);
		surface.text(entry.name, left + SAMPLE + GAP, y, style);
	});
	if (shown.length === entries.length) return;
	const more = `… ${entries.length - shown.length} more`;
	const y = area.y + (shown.length + 0.5) * row;
	surface.text(more, left + SAMPLE + GAP, y, { ...style, color: palette.muted });
}

function paintSample({ trace, color }: Entry, x: number, y: number, surface: Surface): void {
	const opacity = trace.opacity ?? 1;
	const swatch = [x + 5, y - 5, SAMPLE - 10, 10];
	if (trace.type !== 'scatter') return surface.rects(swatch, { color, opacity });
	const width = trace.line?.width ?? 2;
	if (trace.mode === 'lines' && (width === 0 || trace.fill === 'toself'))
		return surface.rects(swatch, { color: trace.fillcolor ?? color, opacity });
	if (trace.mode.startsWith('lines'))
		surface.line([x, y, x + SAMPLE, y], { color, width, dash: dashOf(trace.line?.dash, width) });
	if (!trace.mode.endsWith('markers')) return;
	const { size = 6, symbol = 'circle' } = trace.marker ?? {};
	const fill = { color: trace.marker?.color ?? color };
	surface.markers([x + SAMPLE / 2, y], symbol, Math.min(Math.max(size, 6), 10), fill);
}
