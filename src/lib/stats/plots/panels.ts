/** A grid of panels in one figure: where each stands, the names of its axes, its title above it. */
import type { Annotation, Axis, LayoutAxes } from './plot';
import { plotName } from './text';

const COLUMNS = 3;
/** shares of a panel's cell that stay free to its left, above and below it */
const GAP = { left: 0.16, top: 0.1, bottom: 0.16 };

export interface Panel {
	/** references of its traces: 'x', 'x2', … */
	readonly xaxis: string;
	readonly yaxis: string;
	/** in the bottom row of its column, or the first of its row: where axis titles stand */
	readonly lowest: boolean;
	readonly leftmost: boolean;
	readonly x: readonly [number, number];
	readonly y: readonly [number, number];
}

/** @returns places of `count` panels in reading order, three a row */
export function panelGrid(count: number): Panel[] {
	const columns = Math.max(1, Math.min(COLUMNS, count));
	const rows = Math.ceil(count / columns);
	return Array.from({ length: count }, (_, i) => {
		const [column, row] = [i % columns, Math.floor(i / columns)];
		const suffix = i === 0 ? '' : String(i + 1);
		return {
			xaxis: `x${suffix}`,
			yaxis: `y${suffix}`,
			lowest: i + columns >= count,
			leftmost: column === 0,
			x: [(column + (column === 0 ? 0 : GAP.left)) / columns, (column + 1) / columns],
			y: [1 - (row + 1 - (row === rows - 1 ? 0 : GAP.bottom)) / rows, 1 - (row + GAP.top) / rows],
		};
	});
}

/** @param axes of one panel, without their place */
export function panelAxes(
	panels: readonly Panel[],
	axes: (index: number) => { readonly x: Axis; readonly y: Axis },
): LayoutAxes {
	const layout: Partial<Record<`xaxis${number}` | `yaxis${number}` | 'xaxis' | 'yaxis', Axis>> = {};
	for (const [i, panel] of panels.entries()) {
		const { x, y } = axes(i);
		const at = i === 0 ? ('' as const) : i + 1;
		layout[`xaxis${at}`] = placed(x, panel.x, panel.yaxis, panel.lowest);
		layout[`yaxis${at}`] = placed(y, panel.y, panel.xaxis, panel.leftmost);
	}
	return layout;
}

function placed(
	{ title, ...axis }: Axis,
	domain: readonly [number, number],
	anchor: string,
	titled: boolean,
): Axis {
	return { ...axis, ...(title && titled ? { title } : {}), domain, anchor };
}

/** @param titles plain names, one a panel */
export function panelTitles(panels: readonly Panel[], titles: readonly string[]): Annotation[] {
	return panels.map(({ x, y }, i) => ({
		text: plotName(titles[i] ?? ''),
		x: (x[0] + x[1]) / 2,
		y: y[1],
		xref: 'paper',
		yref: 'paper',
		showarrow: false,
		xanchor: 'center',
		yanchor: 'bottom',
	}));
}
