/** The checks that every plot's test relies on must be able to fail. */
import { describe, expect, it } from 'vitest';
import { layoutOf } from './figure';
import { figureProblems } from './figure-problems';
import type { Figure, ScatterTrace, Trace } from './plot';

const line: ScatterTrace = { type: 'scatter', mode: 'lines', x: [1, 2], y: [1, NaN] };
const sound: Figure = {
	data: [line],
	layout: layoutOf('T', {}, { xaxis: { type: 'linear', title: { text: 'x' } } }),
	title: 'T',
	summary: 'S',
	used: 1,
	notes: [],
	table: [{ title: 'A', unit: 'plain', values: [1, 2] }],
};
const problems = (rest: Partial<Figure>) => figureProblems({ ...sound, ...rest });
const traced = (rest: object) => problems({ data: [{ ...line, ...rest } as Trace] });

describe('figureProblems(figure)', () => {
	it('has nothing to say of a sound figure', () => {
		expect(problems({})).toEqual([]);
	});

	it.each<[string, string[], RegExp]>([
		['no summary', problems({ summary: '' }), /summary/],
		['half a record', problems({ used: 0.5 }), /used/],
		['no trace and no reason', problems({ data: [] }), /without traces/],
		['a reason and traces', problems({ empty: 'why' }), /without traces/],
		[
			'columns of two lengths',
			problems({ table: [...sound.table, { title: 'B', unit: 'plain', values: [1] }] }),
			/column B has 1 of 2/,
		],
		['too few y', traced({ y: [1] }), /y has 1 of 2/],
		['too few texts', traced({ text: ['a'] }), /text has 1 of 2/],
		['infinity', traced({ y: [1, Infinity] }), /is Infinity/],
		['infinity in an array', traced({ y: Float64Array.of(1, -Infinity) }), /not finite/],
		['markup in a name', traced({ name: '<b>x</b>' }), /markup/],
		['markup in a category', traced({ x: ['<i>', 'b'] }), /markup/],
		[
			'markup in a title',
			problems({ layout: { ...sound.layout, title: { text: '<a>' } } }),
			/markup/,
		],
		[
			'a ragged grid',
			problems({
				data: [
					{
						...{ type: 'heatmap', x: [1, 2], y: [1], z: [[1]], colorscale: [] },
						...{ showscale: false, hoverongaps: false },
					},
				],
			}),
			/row of z has 1 of 2/,
		],
	])('finds %s', (_, found, expected) => {
		expect(found.join()).toMatch(expected);
	});
});
