import { describe, expect, it } from 'vitest';
import { BAD_INPUTS } from './bad-input';
import { PLOT_IDS, type PlotId } from './ids';
import { drawPlot, PLOTS } from './registry';

const some = BAD_INPUTS.find(({ name }) => name === 'one net');

describe('the registry', () => {
	it('has every plot under its own name, with words and a size', () => {
		expect(Object.keys(PLOTS).sort()).toEqual([...PLOT_IDS].sort());
		for (const id of PLOT_IDS) {
			const { title, about, size, controls } = PLOTS[id];
			expect(PLOTS[id].id).toBe(id);
			expect(title.length, id).toBeGreaterThan(5);
			expect(about, id).toMatch(/^[A-Z].*\.$/s);
			expect(Math.min(...size), id).toBeGreaterThan(3);
			expect(new Set(controls).size, id).toBe(controls.length);
		}
		expect(new Set(PLOT_IDS.map((id) => PLOTS[id].title)).size).toBe(PLOT_IDS.length);
	});

	it('explains the difference exactly where the modes differ', () => {
		const withModes = PLOT_IDS.filter((id) => PLOTS[id].difference !== undefined);
		expect(withModes).toEqual(
			expect.arrayContaining(['rolling-mean', 'box-epoch', 'means-time', 'correlation']),
		);
		for (const { rows } of BAD_INPUTS)
			for (const id of PLOT_IDS.filter((one) => !withModes.includes(one)))
				if (rows.ids.length < 100)
					expect(PLOTS[id].draw(rows, { mode: 'lemur' }), id).toEqual(PLOTS[id].draw(rows, {}));
	});
});

describe('drawPlot(rows, id, options)', () => {
	it('applies the zoom of a link where the plot does not itself', () => {
		if (!some) throw new Error('No rows.');
		const window = { xMin: 1, xMax: 2, yMin: 0, yMax: 1 };
		expect(drawPlot(some.rows, 'mean-std', { window }).layout.xaxis?.range).toEqual([1, 2]);
		expect(drawPlot(some.rows, 'mean-std', {}).layout.xaxis?.range).not.toEqual([1, 2]);
	});

	it('names the plots there are where a script asks for another', () => {
		if (!some) throw new Error('No rows.');
		const { rows } = some;
		expect(() => drawPlot(rows, 'pie' as PlotId, {})).toThrow(/no plot pie.*rolling-mean/);
	});
});
