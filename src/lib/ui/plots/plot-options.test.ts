import { describe, expect, it } from 'vitest';
import { DEFAULT_VIEW } from '../../url/view';
import { plotOptions } from './plot-options';

const view = {
	...DEFAULT_VIEW,
	plotMode: 'lemur',
	plotBoard: { task: 't', dataset: 'd', metric: 'm' },
	plotMetric: '',
	plotTop: 3,
	plotPrm: ['lr'],
	plotEvaluator: 'fanova',
	plotWindow: { xMin: 0, xMax: 1, yMin: 0, yMax: 1 },
} as const;

describe('plotOptions(view, spec, theme)', () => {
	it('takes what the plot heeds and nothing else: no other plot is asked for the same twice', () => {
		expect(plotOptions(view, { controls: [] }, 'dark')).toEqual({ theme: 'dark' });
		expect(plotOptions(view, { controls: ['board', 'top'] }, 'light')).toEqual({
			theme: 'light',
			board: view.plotBoard,
			top: 3,
		});
		expect(plotOptions(view, { controls: ['metric'], difference: 'x' }, 'light')).toEqual({
			theme: 'light',
			mode: 'lemur',
			metric: '',
		});
		expect(plotOptions(view, { controls: ['prm2', 'evaluator', 'window'] }, 'light')).toEqual({
			theme: 'light',
			prm: ['lr'],
			evaluator: 'fanova',
			window: view.plotWindow,
		});
	});

	it('leaves to the plot what is not chosen', () => {
		const all = ['board', 'metric', 'top', 'prm', 'prm2', 'evaluator', 'window'] as const;
		expect(plotOptions(DEFAULT_VIEW, { controls: all, difference: 'x' }, 'light')).toEqual({
			theme: 'light',
		});
	});
});
