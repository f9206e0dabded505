/**
 * Widths of text where nothing can measure it, as in an SVG that another machine will show in another
 * font: those of DejaVu Sans, which is wider than most, so labels keep clear of each other.
 */

/** ems of ASCII from space on, in hundredths */
const ASCII = [
	32, 40, 46, 84, 64, 95, 78, 27, 39, 39, 50, 84, 32, 36, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64,
	64, 64, 34, 34, 84, 84, 84, 53, 100, 68, 69, 70, 77, 63, 58, 77, 75, 29, 29, 66, 56, 86, 75, 79,
	60, 79, 69, 63, 61, 73, 68, 99, 69, 61, 69, 39, 34, 39, 84, 50, 50, 61, 63, 55, 63, 62, 35, 63,
	63, 28, 28, 58, 28, 97, 63, 61, 63, 63, 41, 52, 39, 63, 59, 82, 59, 59, 52, 64, 34, 64, 84,
];

/** @returns about how wide `text` is at a font size, in its unit */
export function textWidth(text: string, size: number, bold = false): number {
	let hundredths = 0;
	for (const char of text) hundredths += ASCII[char.codePointAt(0)! - 32] ?? wide(char);
	return (hundredths / 100) * size * (bold ? 1.1 : 1);
}

/** East Asian characters fill a square. */
function wide(char: string): number {
	return /[\u1100-\u115f\u2e80-\u9fff\uac00-\ud7af\uff00-\uff60]|[\u{1f300}-\u{1faff}]/u.test(char)
		? 100
		: 65;
}
