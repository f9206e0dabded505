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
	paintTicks(scale, at, look, surface, theme);
	const title = scale.axis.title?.text;
	if (!title || theme.bare) return;
	const room = Math.abs(scale.to - scale.from);
	const { axis: size } = theme.sizes;
	const wide = upright ? Math.max(room, 120) : Math.max(room, 160);
	const text = shortened(plainText(title), wide, size, surface);
	const style = { size, color: theme.palette.text, anchor: 'middle' } as const;
	const away = look.depth + (look.depth ? 9 : 0) + titleRoom(scale, theme) / 2;
	const middle = (scale.from + scale.to) / 2;
	if (upright) surface.text(text, at - away, middle, { ...style, angle: -90 });
	else surface.text(text, middle, at + away, style);
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
