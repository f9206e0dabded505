/** Axes and grids of panels. */
import { plainText } from '../stats/plots/text';
import type { Frame } from './frame';
import { titleRoom } from './frame';
import type { Scale } from './scales';
import type { Panel } from './scene';
import type { Surface } from './surface';
import type { Theme } from './theme';
import { shortened } from './words';

/** Lines at the ticks, the one at zero stronger. Categories need none unless asked for. */
export function paintGrid(panel: Panel, frame: Frame, surface: Surface, { palette }: Theme): void {
	const { x, y } = panel;
	const lines: number[] = [];
	const zeros: number[] = [];
	for (const scale of [x, y]) {
		const { axis, id, place } = scale;
		if (!(axis.showgrid ?? axis.type !== 'category')) continue;
		const zeroLine = axis.type === 'linear' && !axis.tickvals && axis.zeroline !== false;
		const across = (at: number) =>
			scale === x ? [at, y.from, at, y.to, NaN, NaN] : [x.from, at, x.to, at, NaN, NaN];
		for (const { position } of frame.looks.get(id)?.ticks ?? [])
			(position === 0 && zeroLine ? zeros : lines).push(...across(place(position)));
	}
	surface.line(lines, { color: palette.line, width: 1 });
	surface.line(zeros, { color: palette.muted, width: 1, opacity: 0.6 });
}

/** The line, its ticks, their labels and the title. */
export function paintAxis(scale: Scale, frame: Frame, surface: Surface, theme: Theme): void {
	const look = frame.looks.get(scale.id);
	if (!look) return;
	const upright = scale.id.startsWith('y');
	const other = frame.scales.get(scale.axis.anchor ?? (upright ? 'x' : 'y'));
	const at = other ? other.from : upright ? frame.area.x : frame.area.y + frame.area.height;
	// A figure that names no tick draws the axis itself.
	if (scale.axis.tickvals?.length !== 0) paintTicks(scale, at, look, surface, theme);
	const title = scale.axis.title?.text;
	if (!title || theme.bare) return;
	const middle = (scale.from + scale.to) / 2;
	const [text, size] = titleOf(plainText(title), scale, surface, theme);
	const style = { size, color: theme.palette.text, anchor: 'middle' } as const;
	const away = look.depth + (look.depth ? 9 : 0) + titleRoom(scale, theme) / 2;
	if (upright) surface.text(text, at - away, middle, { ...style, angle: -90 });
	else surface.text(text, middle, at + away, style);
}

/** Titles may reach into the gap between panels. */
const OVERHANG = { x: 1.15, y: 1.4 };
const LEAST_SHARE = 0.75;

/** @returns the title and its font size: smaller first, then shortened, where it is longer than its axis */
function titleOf(title: string, scale: Scale, surface: Surface, { sizes }: Theme) {
	const upright = scale.id.startsWith('y');
	const length = Math.abs(scale.to - scale.from) * OVERHANG[upright ? 'y' : 'x'];
	const room = Math.min(length, (upright ? surface.height : surface.width) - 16);
	const share = Math.min(1, room / surface.measure(title, sizes.axis));
	const size = sizes.axis * Math.max(LEAST_SHARE, share);
	return [shortened(title, room + 1, size, surface), size] as const;
}

function paintTicks(
	scale: Scale,
	at: number,
	{ ticks, angle }: NonNullable<ReturnType<Frame['looks']['get']>>,
	surface: Surface,
	{ palette, sizes }: Theme,
): void {
	const upright = scale.id.startsWith('y');
	const lines: number[] = upright
		? [at, scale.from, at, scale.to, NaN, NaN]
		: [scale.from, at, scale.to, at, NaN, NaN];
	const style = { size: sizes.tick, color: palette.text };
	for (const { position, label } of ticks) {
		const place = scale.place(position);
		if (upright) lines.push(at - 4, place, at, place, NaN, NaN);
		else lines.push(place, at, place, at + 4, NaN, NaN);
		if (label === '') continue;
		if (upright) surface.text(label, at - 7, place, { ...style, anchor: 'end' });
		else if (angle === 0)
			surface.text(label, place, at + 7, { ...style, anchor: 'middle', align: 'top' });
		else {
			const anchor = angle < 0 ? 'end' : 'start';
			surface.text(label, place, at + 7 + sizes.tick * 0.4, { ...style, anchor, angle });
		}
	}
	surface.line(lines, { color: palette.muted, width: 1, opacity: 0.7 });
}
