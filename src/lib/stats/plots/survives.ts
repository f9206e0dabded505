/** The tests that every plot shares: odd rows, both modes, both themes, odd options. Test support only. */
import { describe, expect, it } from 'vitest';
import { BAD_INPUTS } from './bad-input';
import { figureProblems } from './figure-problems';
import { PLOT_MODES } from './ids';
import type { PlotOptions, PlotSpec } from './plot';

const ODD_OPTIONS: readonly PlotOptions[] = [
	{ top: 1 },
	{ top: 1_000 },
	{ board: { task: 'none', dataset: '<i>', metric: '' }, metric: 'none', prm: ['none', 'lr'] },
	{ window: { xMin: 2, xMax: 2, yMin: 0, yMax: 0 } },
	{ window: { xMin: 1e9, xMax: -1e9, yMin: NaN, yMax: Infinity } },
	{ window: { xMin: 1.1, xMax: 1.9, yMin: 0.2, yMax: 0.3 } },
];

/** Declares them; call it once in the plot's test file. */
export function itSurvives(spec: PlotSpec): void {
	describe(`${spec.id} survives`, () => {
		it.each(BAD_INPUTS)('$name', ({ rows }) => {
			for (const mode of PLOT_MODES) {
				const dark = spec.draw(rows, { mode, theme: 'dark' });
				expect(spec.draw(rows, { mode, theme: 'dark' })).toEqual(dark);
				expect(figureProblems(dark)).toEqual([]);
				if (rows.ids.length === 0) expect(dark.empty).not.toBe(undefined);
				for (const options of ODD_OPTIONS) {
					const figure = spec.draw(rows, { mode, ...options });
					expect(figureProblems(figure), JSON.stringify({ mode, ...options })).toEqual([]);
				}
			}
		});
	});
}
