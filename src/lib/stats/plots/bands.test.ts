import { expect, it } from 'vitest';
import { bandTrace } from './bands';

const band = (low: readonly number[], high: readonly number[]) => {
	const trace = bandTrace([1, 2, 3, 4, 5], low, high, '#102030', 'g');
	return [...trace.x].map((x, i) => [x, trace.y[i]]);
};

it('goes along the upper edge and back along the lower one', () => {
	expect(band([0, 1, 2, 3, 4], [10, 11, 12, 13, 14])).toEqual([
		...[1, 2, 3, 4, 5].map((x) => [x, x + 9]),
		...[5, 4, 3, 2, 1].map((x) => [x, x - 1]),
	]);
});

it('is a polygon for each stretch: a gap in either edge parts it', () => {
	expect(band([0, NaN, 2, 3, 4], [1, 1, 3, NaN, 5])).toEqual([
		[1, 1],
		[1, 0],
		[NaN, NaN],
		[3, 3],
		[3, 2],
		[NaN, NaN],
		[5, 5],
		[5, 4],
	]);
	expect(band([NaN, NaN, NaN, NaN, NaN], [1, 1, 1, 1, 1])).toEqual([]);
});

it('belongs to its line: same group, no entry of its own, no hover', () => {
	expect(bandTrace([1], [0], [1], '#102030', 'g')).toMatchObject({
		legendgroup: 'g',
		showlegend: false,
		hoverinfo: 'skip',
		fillcolor: 'rgba(16, 32, 48, 0.2)',
	});
});
