import { describe, expect, it } from 'vitest';
import { parseColour } from '../../picture/colour';
import { paletteOf, withAlpha } from './palette';

/** WCAG's relative luminance. */
function luminance(color: string): number {
	const [r = 0, g = 0, b = 0] = parseColour(color).map((part) => {
		const share = part / 255;
		return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
	const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
	return (high + 0.05) / (low + 0.05);
}

describe.each(['light', 'dark'] as const)('paletteOf(%s)', (theme) => {
	const palette = paletteOf(theme);
	const paper = palette.layout.paper_bgcolor;
	const styles = Array.from({ length: 32 }, (_, i) => palette.series(i));

	it('has eight colours that stand out from the paper', () => {
		const colours = new Set(styles.map(({ color }) => color));
		expect(colours.size).toBe(8);
		for (const color of colours) expect(contrast(color, paper), color).toBeGreaterThan(3);
	});

	it('tells series apart by more than colour: no style comes twice in 32', () => {
		const looks = styles.map(({ color, dash, symbol }) => `${color} ${dash} ${symbol}`);
		expect(new Set(looks).size).toBe(32);
		expect(new Set(styles.slice(0, 8).map(({ symbol }) => symbol)).size).toBe(8);
	});

	it('has text that can be read, and scales that grow in brightness one way', () => {
		expect(contrast(palette.text, paper)).toBeGreaterThan(7);
		expect(contrast(palette.muted, paper)).toBeGreaterThan(4.5);
		const scale = palette.sequential.map(([, color]) => luminance(color));
		const sorted = [...scale].sort((a, b) => (theme === 'light' ? b - a : a - b));
		expect(scale).toEqual(sorted);
		expect(palette.diverging.map(([at]) => at)).toEqual([0, 0.25, 0.5, 0.75, 1]);
	});
});

it('makes colours transparent', () => {
	expect(withAlpha('#0b62a8', 0.25)).toBe('rgba(11, 98, 168, 0.25)');
});
