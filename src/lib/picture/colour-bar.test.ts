import { describe, expect, it } from 'vitest';
import type { HeatmapTrace } from '../stats/plots/plot';
import { colourBarOf, paintColourBar } from './colour-bar';
import { figureOf, recordingSurface } from './samples';
import { themeOf } from './theme';

const untitled: HeatmapTrace = {
	...{ type: 'heatmap', x: ['a'], y: ['b'], z: [[0], [1]], hoverongaps: false, showscale: true },
	colorscale: [
		[0, '#000000'],
		[1, '#ffffff'],
	],
};
const heatmap: HeatmapTrace = { ...untitled, colorbar: { title: { text: 'Share' } } };

describe('the colour bar', () => {
	const surface = recordingSurface();
	const theme = themeOf(figureOf([heatmap]).layout, false);

	it('belongs to the first heatmap that shows one', () => {
		expect(colourBarOf([{ ...heatmap, showscale: false }], surface, theme)).toBeUndefined();
		const bar = colourBarOf([{ ...heatmap, showscale: false }, heatmap], surface, theme)!;
		expect([bar.low, bar.high]).toEqual([0, 1]);
		expect(bar.ticks.length).toBeGreaterThan(1);
	});

	it('has no ticks for one value, and room for its title', () => {
		const flat = colourBarOf([{ ...heatmap, z: [[1], [1]] }], surface, theme)!;
		expect(flat.ticks.length).toBeLessThanOrEqual(
			colourBarOf([heatmap], surface, theme)!.ticks.length,
		);
		const without = colourBarOf([untitled], surface, theme)!;
		expect(colourBarOf([heatmap], surface, theme)!.width).toBeGreaterThan(without.width);
	});

	it('runs from the low colour below to the high one above', () => {
		const bar = colourBarOf([heatmap], surface, theme)!;
		paintColourBar(bar, { x: 0, y: 0, width: 10, height: 100 }, 0, surface, theme);
		const steps = surface.drawn.filter(({ kind }) => kind === 'rects');
		const grey = steps.map(({ style }) => Number(/\d+/.exec(style.color!)![0]));
		expect(grey).toEqual([...grey].sort((a, b) => a - b));
		expect(steps[0]!.points[1]).toBeGreaterThan(steps.at(-1)!.points[1]!);
		expect(surface.drawn.at(-1)).toMatchObject({ text: 'Share', style: { angle: 90 } });
	});
});
