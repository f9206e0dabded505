/** The frame of parallel coordinates: an upright axis for each parameter, with its own labels. */
import { layoutOf } from './figure';
import { paletteOf, withAlpha } from './palette';
import type { Annotation, Layout, PlotOptions } from './plot';
import { prmTicks } from './prm-axis';
import type { Parameter } from './search-runs';
import { shortName } from './text';

/** Between the outermost axes and the ends of the plane, in distances of axes and in heights. */
const ROOM = { left: 0.45, right: 0.2, above: 0.05 };
/** Longest name below an axis, characters. */
const MAX_NAME = 24;
const LABEL_SIZE = 11;
/** Labels along an axis, about. */
const LABELS = 6;

/** @param axes from left to right; values are drawn at their `placeOf`, 0 at the foot and 1 at the top */
export function parallelLayout(
	title: string,
	axes: readonly Parameter[],
	options: PlotOptions,
): Layout {
	const palette = paletteOf(options.theme);
	const line = { color: palette.muted, width: 1 };
	const last = axes.length - 1;
	const still = { type: 'linear', showgrid: false, zeroline: false } as const;
	return layoutOf(
		title,
		options,
		{
			xaxis: {
				...still,
				range: [-ROOM.left, last + ROOM.right],
				tickvals: [...axes.keys()],
				ticktext: axes.map(({ name }) => shortName(name, MAX_NAME)),
			},
			yaxis: { ...still, range: [-ROOM.above, 1 + ROOM.above], tickvals: [] },
		},
		{
			shapes: axes.map((_, x) => ({
				...{ type: 'line', x0: x, x1: x, y0: 0, y1: 1, xref: 'x', yref: 'y', line },
			})),
			annotations: axes.flatMap((axis, x) => labelsOf(axis, x, palette.layout.paper_bgcolor)),
		},
	);
}

function labelsOf(axis: Parameter, x: number, paper: string): Annotation[] {
	return prmTicks(axis, LABELS).map(({ place, text }) => ({
		text,
		x: x - 0.02,
		y: place,
		...{ xref: 'x', yref: 'y', showarrow: false, xanchor: 'right', yanchor: 'middle' },
		font: { size: LABEL_SIZE },
		bgcolor: withAlpha(paper, 0.75),
	}));
}
