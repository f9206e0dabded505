/** Where everything stands: the margins that labels need, the axes in their places, the panels. */
import type { Figure, Layout } from '../stats/plots/plot';
import { plainText } from '../stats/plots/text';
import { axisLook, type AxisLook } from './axis-look';
import { colourBarOf, type ColourBar } from './colour-bar';
import { legendOf, type Legend } from './legend';
import { axesOf, type Axes } from './ranges';
import { scaleOf, type AxisModel, type Scale } from './scales';
import type { Rect, Surface } from './surface';
import type { Theme } from './theme';
import { wrapped } from './words';

export interface Frame {
	/** inside of all margins: what 'paper' refers to */
	readonly area: Rect;
	readonly scales: ReadonlyMap<string, Scale>;
	readonly looks: ReadonlyMap<string, AxisLook>;
	readonly slots: Axes['slots'];
	readonly legend: Legend | undefined;
	readonly colourBar: ColourBar | undefined;
	/** lines of text */
	readonly title: readonly string[];
	readonly notes: readonly string[];
}

const EDGE = 12;
const LEGEND_SHARE = 0.25;
const LABEL_SHARE = 0.3;
/** In one, labels that were turned at first and then lie flat would have no room. */
const ROUNDS = 2;

export function frameOf(figure: Figure, surface: Surface, theme: Theme): Frame {
	const { data, layout } = figure;
	const { bare, sizes } = theme;
	const { models, slots } = axesOf(data, layout);
	const room = surface.width - 2 * EDGE;
	const legend = bare ? undefined : legendOf(data, layout, room * LEGEND_SHARE, surface, theme);
	const colourBar = bare ? undefined : colourBarOf(data, surface, theme);
	const title = bare
		? []
		: wrapped(plainText(layout.title.text), room, sizes.title, surface, 2, true);
	const notes = bare ? [] : wrapped(figure.notes.join(' '), room, sizes.note, surface, 3);
	const fixed = {
		top:
			EDGE + title.length * sizes.title * 1.3 + panelTitles(layout, bare) + (title.length ? 6 : 0),
		right: sideRoom(legend, colourBar),
		notes: notes.length ? notes.length * sizes.note * 1.35 + 6 : 0,
	};
	const parts = { models, layout, surface, theme };
	// Labels decide the margins and the margins the labels: a guess first, then what follows from it.
	let area: Rect = {
		x: surface.width * 0.08,
		y: 0,
		width: room * 0.78,
		height: surface.height * 0.72,
	};
	for (let round = 0; round < ROUNDS; round++) area = areaFor(parts, looksOf(parts, area), fixed);
	const scales = new Map([...models].map(([id, model]) => [id, placed(model, area)]));
	return { area, scales, looks: looksOf(parts, area), slots, legend, colourBar, title, notes };
}

interface Parts {
	readonly models: ReadonlyMap<string, AxisModel>;
	readonly layout: Layout;
	readonly surface: Surface;
	readonly theme: Theme;
}

function areaFor(
	{ models, surface, theme }: Parts,
	looks: ReadonlyMap<string, AxisLook>,
	fixed: { top: number; right: number; notes: number },
): Rect {
	let [left, bottom] = [EDGE, EDGE];
	for (const [id, look] of looks) {
		const model = models.get(id)!;
		if (before(model, models) > 0) continue;
		const needed = EDGE + look.depth + (look.depth ? 9 : 0) + titleRoom(model, theme);
		if (id.startsWith('y')) left = Math.max(left, needed);
		else bottom = Math.max(bottom, needed);
	}
	// A label at the end of an axis reaches beyond it by half its width.
	const right = Math.max(fixed.right, theme.bare ? 10 : 26);
	return {
		x: left,
		y: fixed.top,
		width: Math.max(20, surface.width - left - right),
		height: Math.max(20, surface.height - fixed.top - bottom - fixed.notes),
	};
}

function looksOf({ models, surface, theme }: Parts, area: Rect): Map<string, AxisLook> {
	return new Map(
		[...models].map(([id, model]) => {
			const upright = id.startsWith('y');
			const [low, high] = domainOf(model);
			const length = (upright ? area.height : area.width) * (high - low);
			const whole = upright ? surface.width : surface.height;
			const gap = before(model, models) * (upright ? area.width : area.height);
			const depth = gap > 0 ? gap - 14 - titleRoom(model, theme) : whole * LABEL_SHARE;
			const room = {
				length,
				before: area.x + low * area.width,
				depth: Math.max(20, depth),
				size: theme.sizes.tick,
				bare: theme.bare,
				// Panels of a preview are too small for them.
				labels: !theme.bare || models.size <= 2,
			};
			return [id, axisLook(model, room, surface)];
		}),
	);
}

/** @returns room for the title across the axis */
export function titleRoom({ axis }: AxisModel, { bare, sizes }: Theme): number {
	return axis.title?.text && !bare ? sizes.axis * 1.5 : 0;
}

function sideRoom(legend: Legend | undefined, colourBar: ColourBar | undefined): number {
	return EDGE + (legend ? legend.width + 14 : 0) + (colourBar ? colourBar.width + 14 : 0);
}

/** @returns room for texts that stand on the upper edge of the panels */
function panelTitles({ annotations = [] }: Layout, bare: boolean): number {
	const above = annotations.some(
		({ yref, y, yanchor }) =>
			yref !== 'y' && typeof y === 'number' && y >= 1 && yanchor === 'bottom',
	);
	return above && !bare ? 20 : 0;
}

const domainOf = ({ axis }: AxisModel) => axis.domain ?? ([0, 1] as const);

/** @returns share of the area between this axis and the panel before it; 0 where it is the first */
function before(model: AxisModel, models: ReadonlyMap<string, AxisModel>): number {
	const across = model.id.startsWith('y') ? 'x' : 'y';
	const own = models.get(model.axis.anchor ?? across);
	const start = own ? domainOf(own)[0] : 0;
	if (start < 0.02) return 0;
	const ends = [...models.values()]
		.filter(({ id }) => id.startsWith(across))
		.map((other) => domainOf(other)[1])
		.filter((end) => end <= start + 1e-9);
	return ends.length ? Math.max(0.001, start - Math.max(...ends)) : 0;
}

function placed(model: AxisModel, area: Rect): Scale {
	const [low, high] = domainOf(model);
	return model.id.startsWith('x')
		? scaleOf(model, area.x + low * area.width, area.x + high * area.width)
		: scaleOf(model, area.y + (1 - low) * area.height, area.y + (1 - high) * area.height);
}
