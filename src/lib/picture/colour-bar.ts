/** The colour scale of a heatmap beside the panels, with a few values. */
import { plainText } from '../stats/plots/text';
import type { HeatmapTrace, Trace } from '../stats/plots/plot';
import { colourAt } from './colour';
import { valueRange } from './heatmap';
import type { Rect, Surface } from './surface';
import type { Theme } from './theme';
import { ticksOf, type Tick } from './ticks';
import { shortened } from './words';

export interface ColourBar {
	readonly trace: HeatmapTrace;
	readonly low: number;
	readonly high: number;
	readonly ticks: readonly Tick[];
	readonly width: number;
}

const BAR = 16;

/** @returns that of the first heatmap that shows one */
export function colourBarOf(
	data: readonly Trace[],
	surface: Surface,
	{ sizes }: Theme,
): ColourBar | undefined {
	const trace = data.find((one): one is HeatmapTrace => one.type === 'heatmap' && one.showscale);
	if (!trace) return undefined;
	const [low, high] = valueRange(trace);
	const model = { id: 'z', axis: { type: 'linear' }, names: [], at: Number } as const;
	const ticks = high > low ? ticksOf({ ...model, range: [low, high] }, 5) : [];
	const widest = Math.max(0, ...ticks.map(({ label }) => surface.measure(label, sizes.tick)));
	const title = trace.colorbar ? sizes.axis * 1.5 : 0;
	return { trace, low, high, ticks, width: BAR + 6 + widest + title };
}

const STEPS = 64;

/** @param left where it starts, beside `area` */
export function paintColourBar(
	{ trace, low, high, ticks, width }: ColourBar,
	area: Rect,
	left: number,
	surface: Surface,
	{ palette, sizes }: Theme,
): void {
	const height = Math.min(area.height, 320);
	const top = area.y + (area.height - height) / 2;
	for (let i = 0; i < STEPS; i++) {
		const color = colourAt(trace.colorscale, (i + 0.5) / STEPS);
		const y = top + height * (1 - (i + 1) / STEPS);
		surface.rects([left, y, BAR, height / STEPS], { color });
	}
	for (const { position, label } of ticks) {
		const y = top + height * (1 - (position - low) / (high - low));
		surface.text(label, left + BAR + 6, y, { size: sizes.tick, color: palette.text });
	}
	if (!trace.colorbar) return;
	const title = shortened(plainText(trace.colorbar.title.text), height, sizes.axis, surface);
	surface.text(title, left + width - sizes.axis * 0.6, top + height / 2, {
		size: sizes.axis,
		color: palette.text,
		anchor: 'middle',
		angle: 90,
	});
}
