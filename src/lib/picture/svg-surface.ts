/** Drawing into SVG text, anywhere. Text stays text; a series is one path; numbers have two decimals. */
import {
	SYMBOLS,
	type Fill,
	type Points,
	type Stroke,
	type Surface,
	type TextStyle,
} from './surface';
import { textWidth } from './text-width';
import type { MarkerSymbol } from '../stats/plots/plot';

export interface SvgSurface extends Surface {
	/** @returns what was drawn, as elements without the enclosing <svg> */
	content(): string;
}

/** @param width in units, as `height` */
export function svgSurface(width: number, height: number): SvgSurface {
	const parts: string[] = [];
	let clips = 0;
	let symbols = 0;
	return {
		width,
		height,
		line(points, stroke) {
			parts.push(`<path d="${pathOf(points)}" fill="none"${strokeOf(stroke)}/>`);
		},
		polygon(points, fill) {
			parts.push(`<path d="${pathOf(points, 'Z')}"${fillOf(fill)}/>`);
		},
		rects(rects, fill) {
			parts.push(`<path d="${rectsPath(rects)}"${fillOf(fill)} shape-rendering="crispEdges"/>`);
		},
		markers(points, symbol, size, fill) {
			const id = `m${++symbols}`;
			parts.push(markersOf(points, symbol, size / 2, fill, id));
		},
		text(text, x, y, style) {
			parts.push(textOf(text, x, y, style));
		},
		clip({ x, y, width: w, height: h }, draw) {
			const id = `c${++clips}`;
			const place = `x="${num(x)}" y="${num(y)}" width="${num(w)}" height="${num(h)}"`;
			parts.push(`<clipPath id="${id}"><rect ${place}/></clipPath><g clip-path="url(#${id})">`);
			draw();
			parts.push('</g>');
		},
		measure: textWidth,
		content: () => parts.join('\n'),
	};
}

const ESCAPES: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
};
/** What XML 1.0 allows in no form. */
// eslint-disable-next-line no-control-regex
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu;

/** @returns text for an element or a quoted attribute */
export function xmlText(text: string): string {
	return text.replace(FORBIDDEN, '').replace(/[&<>"]/g, (char) => ESCAPES[char] ?? char);
}

function num(value: number): string {
	const rounded = Math.round(value * 100) / 100;
	return Number.isFinite(rounded) ? String(rounded === 0 ? 0 : rounded) : '0';
}

function pathOf(points: Points, close = ''): string {
	let path = '';
	let down = false;
	for (let i = 0; i + 1 < points.length; i += 2) {
		const x = points[i]!;
		const y = points[i + 1]!;
		if (Number.isNaN(x + y)) {
			if (down) path += close;
			down = false;
			continue;
		}
		path += `${down ? 'L' : 'M'}${num(x)} ${num(y)}`;
		down = true;
	}
	return down ? path + close : path;
}

function rectsPath(rects: Points): string {
	let path = '';
	for (let i = 0; i + 3 < rects.length; i += 4) {
		const [x, y, width, height] = [0, 1, 2, 3].map((at) => num(rects[i + at]!));
		path += `M${x} ${y}h${width}v${height}h-${width}z`;
	}
	return path;
}

function fillOf({ color, opacity = 1 }: Fill): string {
	return ` fill="${xmlText(color)}"${opacity < 1 ? ` fill-opacity="${num(opacity)}"` : ''}`;
}

function strokeOf({ color, width, dash = [], opacity = 1 }: Stroke): string {
	const pattern = dash.length ? ` stroke-dasharray="${dash.map(num).join(' ')}"` : '';
	const faint = opacity < 1 ? ` stroke-opacity="${num(opacity)}"` : '';
	return ` stroke="${xmlText(color)}" stroke-width="${num(width)}"${pattern}${faint} stroke-linejoin="round"`;
}

/** Opaque symbols are one path; transparent ones stay apart, so that overlaps add up. */
function markersOf(
	points: Points,
	symbol: MarkerSymbol,
	radius: number,
	fill: Fill,
	id: string,
): string {
	const shape = shapeOf(symbol, radius);
	const places: string[] = [];
	const opaque = (fill.opacity ?? 1) >= 1 && !fill.color.startsWith('rgba');
	for (let i = 0; i + 1 < points.length; i += 2) {
		const x = points[i]!;
		const y = points[i + 1]!;
		if (Number.isNaN(x + y)) continue;
		places.push(
			opaque ? `M${num(x)} ${num(y)}${shape}` : `<use href="#${id}" x="${num(x)}" y="${num(y)}"/>`,
		);
	}
	if (opaque) return `<path d="${places.join('')}"${fillOf(fill)}/>`;
	const symbolPath = `<defs><path id="${id}" d="M0 0${shape}"/></defs>`;
	return `${symbolPath}<g${fillOf(fill)}>${places.join('')}</g>`;
}

/** A symbol as path commands relative to its centre. */
function shapeOf(symbol: MarkerSymbol, radius: number): string {
	const corners = SYMBOLS[symbol].map(([x, y]) => [x * radius, y * radius] as const);
	const r = num(radius);
	if (corners.length === 0) {
		const d = num(2 * radius);
		return `m-${r} 0a${r} ${r} 0 1 0 ${d} 0a${r} ${r} 0 1 0 -${d} 0z`;
	}
	const steps = corners.map(([x, y], i) => {
		const [fromX, fromY] = i === 0 ? [0, 0] : corners[i - 1]!;
		return `${i === 0 ? 'm' : 'l'}${num(x - fromX)} ${num(y - fromY)}`;
	});
	return `${steps.join('')}z`;
}

const BASELINE = { top: 0.8, middle: 0.35, bottom: -0.2 } as const;

function textOf(text: string, x: number, y: number, style: TextStyle): string {
	const anchor = style.anchor && style.anchor !== 'start' ? ` text-anchor="${style.anchor}"` : '';
	const dy = num(BASELINE[style.align ?? 'middle'] * style.size);
	const turn = style.angle ? ` transform="rotate(${num(style.angle)} ${num(x)} ${num(y)})"` : '';
	const bold = style.bold ? ' font-weight="600"' : '';
	const look = `font-size="${num(style.size)}"${fillOf(style)}${anchor}${bold}${turn}`;
	return `<text x="${num(x)}" y="${num(y)}" dy="${dy}" ${look}>${xmlText(text)}</text>`;
}
