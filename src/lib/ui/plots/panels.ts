/**
 * Figures of several panels in the room there is: how high they must be, and one below the other
 * where three beside each other would be too small to read. The figure itself is laid out in threes.
 */
import type { Annotation, Axis, Layout } from '../../stats/plots/plot';

interface PanelPlace {
	readonly xKey: string;
	readonly yKey: string;
	readonly x: readonly [number, number];
	readonly y: readonly [number, number];
}

const AXIS = /^xaxis(\d*)$/;
/** px of a panel's height, title and labels included */
export const PANEL_HEIGHT = 230;
/** share of a panel's slice that stays free above and below it */
const FREE = { top: 0.14, bottom: 0.24 };

/** @returns the panels in reading order; none in a figure of one */
function panelsOf(layout: Omit<Layout, 'margin'>): PanelPlace[] {
	const axes = new Map(Object.entries(layout));
	const places = [...axes.keys()].flatMap((xKey): PanelPlace[] => {
		const number = AXIS.exec(xKey)?.[1];
		if (number === undefined) return [];
		const yKey = `yaxis${number}`;
		const [x, y] = [domainOf(axes.get(xKey)), domainOf(axes.get(yKey))];
		return x && y ? [{ xKey, yKey, x, y }] : [];
	});
	return places.length > 1 ? places.sort((a, b) => b.y[1] - a.y[1] || a.x[0] - b.x[0]) : [];
}

/** @returns px that the panels need at least; 0 for a figure of one */
export function panelsHeight(layout: Layout, stacked: boolean): number {
	const panels = panelsOf(layout);
	const rows = stacked ? panels.length : new Set(panels.map(({ y }) => y[1])).size;
	return rows * PANEL_HEIGHT;
}

/** @returns true where the layout has more than one panel */
export function hasPanels(layout: Omit<Layout, 'margin'>): boolean {
	return panelsOf(layout).length > 1;
}

/** @returns the layout with its panels one below the other, their titles with them */
export function stackedPanels(layout: Layout): Layout {
	const panels = panelsOf(layout);
	const axes: Record<string, Axis> = {};
	const moved = new Map<string, readonly [x: number, y: number]>();
	for (const [i, { xKey, yKey, x, y }] of panels.entries()) {
		const slice = 1 / panels.length;
		const [bottom, top] = [1 - (i + 1) * slice, 1 - i * slice];
		const place: readonly [number, number] = [bottom + FREE.bottom * slice, top - FREE.top * slice];
		for (const [key, domain] of [
			[xKey, [0, 1]],
			[yKey, place],
		] as const) {
			const axis = axisAt(layout, key);
			if (axis) axes[key] = { ...axis, domain };
		}
		moved.set(placeKey((x[0] + x[1]) / 2, y[1]), [0.5, place[1]]);
	}
	const annotations = layout.annotations?.map((one) => movedAnnotation(one, moved));
	return { ...layout, ...axes, ...(annotations ? { annotations } : {}) };
}

function movedAnnotation(
	one: Annotation,
	moved: ReadonlyMap<string, readonly [number, number]>,
): Annotation {
	const place =
		one.xref === 'paper' ? moved.get(placeKey(Number(one.x), Number(one.y))) : undefined;
	return place ? { ...one, x: place[0], y: place[1] } : one;
}

const placeKey = (x: number, y: number) => `${x.toFixed(6)} ${y.toFixed(6)}`;

function axisAt(layout: Layout, key: string): Axis | undefined {
	const found = Object.entries(layout).find(([name]) => name === key)?.[1];
	return typeof found === 'object' && 'type' in found ? found : undefined;
}

function domainOf(axis: Layout[keyof Layout]): readonly [number, number] | undefined {
	return typeof axis === 'object' && 'domain' in axis ? axis.domain : undefined;
}
