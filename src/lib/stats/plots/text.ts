/** Text inside a figure. Plotly reads pseudo-HTML in every text, so names from data pass through here. */
import { displayName } from '../../url/display-name';

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Longest name drawn, characters; the table has the whole. */
const MAX_NAME = 48;

/** @returns a name or sentence that Plotly draws as it stands, without markup, links or newlines */
export function plotText(text: string): string {
	return displayName(text).replace(/[&<>]/g, (char) => ESCAPES[char] ?? char);
}

/** @returns a name for legend, tick or label */
export function plotName(name: string): string {
	return shortName(name, MAX_NAME);
}

/** @returns a name of so many characters: shortened in the middle, so that both ends tell it apart */
export function shortName(name: string, most: number): string {
	if (name.length <= most) return plotText(name);
	const half = (most - 1) / 2;
	return plotText(`${name.slice(0, Math.ceil(half))}…${name.slice(-Math.floor(half))}`);
}

/** @returns what `plotText` hid, for painters that draw plain text */
export function plainText(text: string): string {
	return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
