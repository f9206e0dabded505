/** Drawing on an OffscreenCanvas. Overlapping markers add up as they do on the page. */
import { SYMBOLS, type Fill, type Points, type Stroke, type Surface } from './surface';
import type { TextStyle } from './surface';
import type { MarkerSymbol } from '../stats/plots/plot';

/** @param scale device pixels in one unit; @param family as in CSS */
export function canvasSurface(
	context: OffscreenCanvasRenderingContext2D,
	scale: number,
	family: string,
): Surface {
	context.setTransform(scale, 0, 0, scale, 0, 0);
	context.lineJoin = 'round';
	const fontOf = (size: number, bold = false) => `${bold ? '600 ' : ''}${size}px ${family}`;
	return {
		width: context.canvas.width / scale,
		height: context.canvas.height / scale,
		line: (points, stroke) => strokeLine(context, points, stroke),
		polygon(points, fill) {
			setFill(context, fill);
			context.beginPath();
			trace(context, points);
			context.fill();
		},
		rects: (rects, fill) => fillRects(context, rects, fill, scale),
		markers: (points, symbol, size, fill) => fillMarkers(context, points, symbol, size, fill),
		text(text, x, y, style) {
			context.font = fontOf(style.size, style.bold);
			fillText(context, text, x, y, style);
		},
		clip(rect, draw) {
			context.save();
			context.beginPath();
			context.rect(rect.x, rect.y, rect.width, rect.height);
			context.clip();
			draw();
			context.restore();
		},
		measure(text, size, bold) {
			context.font = fontOf(size, bold);
			return context.measureText(text).width;
		},
	};
}

type Context = OffscreenCanvasRenderingContext2D;

function setFill(context: Context, { color, opacity = 1 }: Fill): void {
	context.fillStyle = color;
	context.globalAlpha = opacity;
}

function trace(context: Context, points: Points): void {
	let down = false;
	for (let i = 0; i + 1 < points.length; i += 2) {
		const x = points[i]!;
		const y = points[i + 1]!;
		if (Number.isNaN(x + y)) down = false;
		else if (down) context.lineTo(x, y);
		else {
			context.moveTo(x, y);
			down = true;
		}
	}
}

function strokeLine(context: Context, points: Points, stroke: Stroke): void {
	context.strokeStyle = stroke.color;
	context.lineWidth = stroke.width;
	context.globalAlpha = stroke.opacity ?? 1;
	context.setLineDash([...(stroke.dash ?? [])]);
	// Stretches one by one: a path of thousands takes the rasteriser many times longer.
	let start = 0;
	for (let i = 0; i < points.length; i += 2) {
		if (!Number.isNaN(points[i]! + points[i + 1]!)) continue;
		strokeStretch(context, points, start, i);
		start = i + 2;
	}
	strokeStretch(context, points, start, points.length);
}

function strokeStretch(context: Context, points: Points, start: number, end: number): void {
	if (end - start < 4) return;
	context.beginPath();
	for (let i = start; i < end; i += 2) context.lineTo(points[i]!, points[i + 1]!);
	context.stroke();
}

/** Edges on whole device pixels; a thin bar is a line of one, not nothing. */
function fillRects(context: Context, rects: Points, fill: Fill, scale: number): void {
	setFill(context, fill);
	const whole = (value: number) => Math.round(value * scale) / scale;
	for (let i = 0; i + 3 < rects.length; i += 4) {
		const [x, y, width, height] = [rects[i]!, rects[i + 1]!, rects[i + 2]!, rects[i + 3]!];
		const [left, top] = [whole(x), whole(y)];
		const wide = width > 0 ? Math.max(whole(x + width) - left, 1 / scale) : 0;
		const high = height > 0 ? Math.max(whole(y + height) - top, 1 / scale) : 0;
		context.fillRect(left, top, wide, high);
	}
}

function fillMarkers(
	context: Context,
	points: Points,
	symbol: MarkerSymbol,
	size: number,
	fill: Fill,
): void {
	setFill(context, fill);
	const radius = size / 2;
	const corners = SYMBOLS[symbol];
	for (let i = 0; i + 1 < points.length; i += 2) {
		const x = points[i]!;
		const y = points[i + 1]!;
		if (Number.isNaN(x + y)) continue;
		context.beginPath();
		if (corners.length === 0) context.arc(x, y, radius, 0, 2 * Math.PI);
		else for (const [dx, dy] of corners) context.lineTo(x + dx * radius, y + dy * radius);
		context.fill();
	}
}

function fillText(context: Context, text: string, x: number, y: number, style: TextStyle): void {
	setFill(context, style);
	context.textAlign = style.anchor === 'middle' ? 'center' : (style.anchor ?? 'start');
	context.textBaseline = style.align ?? 'middle';
	context.save();
	context.translate(x, y);
	if (style.angle) context.rotate((style.angle * Math.PI) / 180);
	context.fillText(text, 0, 0);
	context.restore();
}
