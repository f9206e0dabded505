import { describe, expect, it } from 'vitest';
import { layoutOf } from '../../stats/plots/figure';
import { panelAxes, panelGrid, panelTitles } from '../../stats/plots/panels';
import { hasPanels, PANEL_HEIGHT, panelsHeight, stackedPanels } from './panels';
import { xaxis, yaxis } from './testing';

function layout(count: number) {
	const panels = panelGrid(count);
	const names = panels.map((_, i) => `Panel ${i + 1}`);
	return layoutOf(
		'T',
		{},
		panelAxes(panels, () => ({ x: xaxis, y: yaxis })),
		{
			annotations: panelTitles(panels, names),
		},
	);
}

const one = layoutOf('T', {}, { xaxis, yaxis });

describe('panelsHeight(layout, stacked)', () => {
	it('has room for every row of panels', () => {
		expect(panelsHeight(layout(7), false)).toBe(3 * PANEL_HEIGHT);
		expect(panelsHeight(layout(7), true)).toBe(7 * PANEL_HEIGHT);
		expect(panelsHeight(one, true)).toBe(0);
		expect([hasPanels(one), hasPanels(layout(2))]).toEqual([false, true]);
	});
});

describe('stackedPanels(layout)', () => {
	it('puts panels below one another, apart, with their titles above them', () => {
		const stacked = stackedPanels(layout(5));
		const places = [1, 2, 3, 4, 5].map((n) => {
			const at = n === 1 ? ('' as const) : n;
			return [stacked[`xaxis${at}`]?.domain, stacked[`yaxis${at}`]?.domain ?? [NaN, NaN]] as const;
		});
		expect(places.map(([x]) => x)).toEqual(Array(5).fill([0, 1]));
		for (const [i, [, [bottom, top]]] of places.entries()) {
			expect(bottom).toBeLessThan(top);
			expect(top).toBeLessThanOrEqual(i === 0 ? 1 : (places[i - 1]?.[1][0] ?? 0));
			expect(stacked.annotations?.[i]).toMatchObject({ text: `Panel ${i + 1}`, x: 0.5, y: top });
		}
	});

	it('leaves a figure of one panel as it is', () => {
		expect(stackedPanels(one)).toEqual(one);
	});
});
