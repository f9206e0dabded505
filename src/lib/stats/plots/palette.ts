/** Colours, dashes and markers of series: told apart without colour, readable on both backgrounds. */
import type { Dash, MarkerSymbol } from './plot';

export interface SeriesStyle {
	readonly color: string;
	readonly dash: Dash;
	readonly symbol: MarkerSymbol;
}

export interface Palette {
	/** repeats its colours after 8, with other dashes and markers */
	readonly series: (index: number) => SeriesStyle;
	readonly text: string;
	readonly muted: string;
	readonly line: string;
	/** from few to many */
	readonly sequential: readonly (readonly [number, string])[];
	/** from −1 over 0 to 1 */
	readonly diverging: readonly (readonly [number, string])[];
	readonly layout: {
		readonly paper_bgcolor: string;
		readonly plot_bgcolor: string;
		readonly font: { readonly color: string; readonly family: string; readonly size: number };
	};
}

/** The order of Okabe and Ito, as `app.css` has it for the other charts. */
const SERIES = {
	light: ['#0b62a8', '#b34700', '#00775a', '#9c3f78', '#7a6400', '#4b4ba8', '#006d80', '#5a5a5a'],
	dark: ['#6db6f2', '#f39a54', '#3fc79c', '#e59ac8', '#e3cd4a', '#aaa9f5', '#5fd0e4', '#c4c4c4'],
} as const;
const DASHES: readonly Dash[] = ['solid', 'dash', 'dot', 'dashdot'];
const SYMBOLS: readonly MarkerSymbol[] = [
	'circle',
	'square',
	'diamond',
	'triangle-up',
	'cross',
	'x',
	'star',
	'triangle-down',
];
const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif";

const LIGHT = build('light', {
	text: '#17202b',
	muted: '#546273',
	line: '#d5dce5',
	background: '#ffffff',
	sequential: ['#e3eefb', '#8cc0ea', '#2f7fc1', '#0b4a86', '#062a50'],
	diverging: ['#2b5fa8', '#9dbce0', '#f3f3f3', '#f0b08a', '#b8431c'],
});
const DARK = build('dark', {
	text: '#e6ecf3',
	muted: '#a3b1c1',
	line: '#303c4b',
	background: '#10151c',
	sequential: ['#15283d', '#1f5180', '#3f8fd0', '#8fc8f5', '#e8f4ff'],
	diverging: ['#6aa5ee', '#36567f', '#262d36', '#8a5237', '#f08a5a'],
});

/** @returns the colours of a theme; print and export use 'light' */
export function paletteOf(theme: 'light' | 'dark' = 'light'): Palette {
	return theme === 'dark' ? DARK : LIGHT;
}

/** @param color as #rrggbb; @param alpha 0..1 */
export function withAlpha(color: string, alpha: number): string {
	const [r, g, b] = [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16));
	return `rgba(${r}, ${g}, ${b}, ${alpha})`;
}

interface Colours {
	readonly text: string;
	readonly muted: string;
	readonly line: string;
	readonly background: string;
	readonly sequential: readonly string[];
	readonly diverging: readonly string[];
}

function build(theme: 'light' | 'dark', colours: Colours): Palette {
	const { text, muted, line, background } = colours;
	const spread = (list: readonly string[]) =>
		list.map((color, i) => [i / (list.length - 1), color] as const);
	return {
		series: (index) => {
			const round = Math.floor(index / SERIES[theme].length);
			return {
				color: SERIES[theme][index % SERIES[theme].length] ?? text,
				dash: DASHES[(index + round) % DASHES.length] ?? 'solid',
				symbol: SYMBOLS[(index + round) % SYMBOLS.length] ?? 'circle',
			};
		},
		text,
		muted,
		line,
		sequential: spread(colours.sequential),
		diverging: spread(colours.diverging),
		layout: {
			paper_bgcolor: background,
			plot_bgcolor: background,
			font: { color: text, family: FONT, size: 13 },
		},
	};
}
