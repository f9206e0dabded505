/** Straight lines and texts that the layout places over the panels. */
import { plainText } from '../stats/plots/text';
import type { Annotation, Layout } from '../stats/plots/plot';
import { dashOf } from './brush';
import type { Frame } from './frame';
import type { Surface } from './surface';
import type { Theme } from './theme';

export function paintShapes({ shapes = [] }: Layout, frame: Frame, surface: Surface): void {
	for (const { x0, y0, x1, y1, xref, yref, line } of shapes) {
		const [ax, bx] = [placeOf(x0, xref, 'x', frame), placeOf(x1, xref, 'x', frame)];
		const [ay, by] = [placeOf(y0, yref, 'y', frame), placeOf(y1, yref, 'y', frame)];
		if (Number.isNaN(ax + ay + bx + by)) continue;
		const { color, width } = line;
		surface.line([ax, ay, bx, by], { color, width, dash: dashOf(line.dash, width) });
	}
}

const ANCHORS = { left: 'start', center: 'middle', right: 'end' } as const;
/** of a text's size that lies before its place */
const SHARES = { left: 0, center: 0.5, right: 1, top: 0, middle: 0.5, bottom: 1 } as const;

export function paintAnnotations(
	{ annotations = [] }: Layout,
	frame: Frame,
	surface: Surface,
	{ palette, sizes }: Theme,
): void {
	for (const note of annotations) {
		const [x, y] = [placeOf(note.x, note.xref, 'x', frame), placeOf(note.y, note.yref, 'y', frame)];
		if (Number.isNaN(x + y)) continue;
		const [xanchor, yanchor] = anchorsOf(note);
		const text = plainText(note.text);
		const size = note.font?.size ?? sizes.tick;
		if (note.bgcolor !== undefined) {
			const [width, height] = [surface.measure(text, size) + 4, size * 1.3];
			const left = x - 2 - (width - 4) * SHARES[xanchor];
			const color = note.bgcolor;
			surface.rects([left, y - height * SHARES[yanchor], width, height], { color });
		}
		surface.text(text, x, y, {
			size,
			color: note.font?.color ?? palette.text,
			anchor: ANCHORS[xanchor],
			align: yanchor,
		});
	}
}

type Letter = 'x' | 'y';

/** @param ref an axis ('x2'), its panel ('x2 domain') or all panels ('paper') */
function placeOf(value: number | string, ref: string, letter: Letter, frame: Frame): number {
	const [id = '', part] = ref.split(' ');
	const scale = frame.scales.get(id);
	if (scale && part !== 'domain') return scale.of(value);
	const share = Number(value);
	if (scale) return scale.from + share * (scale.to - scale.from);
	const { x, y, width, height } = frame.area;
	return letter === 'x' ? x + share * width : y + (1 - share) * height;
}

/** As Plotly chooses them where nothing is said: towards the middle of the paper. */
function anchorsOf({ x, y, xref, yref, xanchor, yanchor }: Annotation) {
	const third = (value: number | string, ref: string) =>
		ref !== 'paper' || (Number(value) >= 1 / 3 && Number(value) <= 2 / 3)
			? 'middle'
			: Number(value) < 1 / 3
				? 'low'
				: 'high';
	const across = { low: 'left', middle: 'center', high: 'right' } as const;
	const upright = { low: 'bottom', middle: 'middle', high: 'top' } as const;
	return [xanchor ?? across[third(x, xref)], yanchor ?? upright[third(y, yref)]] as const;
}
