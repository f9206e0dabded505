/** Parts that every figure has: a layout in the theme's colours, and the figure that says why it is empty. */
import type { Figure, Layout, LayoutAxes, PlotOptions, PlotSpec } from './plot';
import { paletteOf } from './palette';
import { plotText } from './text';

type Rest = Partial<Omit<Layout, 'title'>>;

/** @param title plain text */
export function layoutOf(
	title: string,
	options: PlotOptions,
	axes: LayoutAxes,
	rest: Rest = {},
): Layout {
	return {
		title: { text: plotText(title) },
		showlegend: true,
		hovermode: 'closest',
		spikedistance: 0,
		...paletteOf(options.theme).layout,
		...axes,
		...rest,
	};
}

/** @param why a sentence: what is missing, and what would change that */
export function emptyFigure(
	spec: Pick<PlotSpec, 'title'>,
	options: PlotOptions,
	why: string,
): Figure {
	return {
		data: [],
		layout: layoutOf(spec.title, options, {}, { showlegend: false }),
		title: spec.title,
		summary: why,
		used: 0,
		notes: [],
		table: [],
		empty: why,
	};
}

export const NO_ROWS =
	'No record passes the filter, so there is nothing to draw. Remove a condition.';

/** @returns the layout of an empty figure with the reason in its middle, for who sees nothing else */
export function emptyLayout(layout: Layout, why: string): Layout {
	const place = { x: 0.5, y: 0.5, xref: 'paper', yref: 'paper' } as const;
	const reason = { ...place, text: plotText(why), showarrow: false } as const;
	return { ...layout, annotations: [...(layout.annotations ?? []), reason] };
}
