import { describe, expect, it } from 'vitest';
import { rangesOf } from './plotly';

describe('rangesOf(change)', () => {
	it('reads both ends of every axis that was dragged', () => {
		const change = {
			'xaxis.range[0]': 1,
			'xaxis.range[1]': 2,
			'yaxis2.range': [3, 4],
			'xaxis.autorange': true,
			dragmode: 'zoom',
		};
		expect([...rangesOf(change)]).toEqual([
			['xaxis', [1, 2]],
			['yaxis2', [3, 4]],
		]);
	});

	it('reads nothing from anything else', () => {
		for (const change of [undefined, null, 3, {}, { 'xaxis.range[0]': 1 }, { 'yaxis.range': 'x' }])
			expect(rangesOf(change).size).toBe(0);
	});
});
