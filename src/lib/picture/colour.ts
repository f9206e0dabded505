/** Colours as numbers: reading `#rrggbb` and `rgba(…)`, colour scales, and what is readable on them. */
export type Rgb = readonly [r: number, g: number, b: number];

/** @returns 0..255 each; black for what is neither #rrggbb nor rgb(…) */
export function parseColour(color: string): Rgb {
	const parts = color.startsWith('#')
		? [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16))
		: (color.match(/[\d.]+/g) ?? []).map(Number);
	const [r = 0, g = 0, b = 0] = parts.map((part) => (Number.isFinite(part) ? part : 0));
	return [r, g, b];
}

type ColourScale = readonly (readonly [position: number, color: string])[];

/** @returns the colour at 0..1, as rgb(…); beyond the ends it stays the end's */
export function colourAt(scale: ColourScale, share: number): string {
	const after = scale.findIndex(([position]) => position >= share);
	if (after <= 0) return scale.at(after === 0 ? 0 : -1)?.[1] ?? '#000000';
	const [from, low] = scale[after - 1]!;
	const [to, high] = scale[after]!;
	const part = to > from ? (share - from) / (to - from) : 0;
	const [a, b] = [parseColour(low), parseColour(high)];
	const mixed = a.map((value, i) => Math.round(value + (b[i]! - value) * part));
	return `rgb(${mixed.join(',')})`;
}

/** @returns black or white, whichever is read better on a colour */
export function inkOn(color: string): string {
	const [r, g, b] = parseColour(color);
	return 0.299 * r + 0.587 * g + 0.114 * b > 140 ? '#000000' : '#ffffff';
}
