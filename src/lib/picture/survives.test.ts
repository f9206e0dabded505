import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Axis, LayoutAxes, Trace } from '../stats/plots/plot';
import { figureOf, recordingSurface } from './samples';
import { paintScene } from './scene';

const number = fc.oneof(
	fc.double({ min: -1e3, max: 1e3 }),
	fc.constantFrom(NaN, 0, -0, 1, 1e308, -1e308, 1e-308),
);
const numbers = fc.array(number, { maxLength: 5 });
const axis: fc.Arbitrary<Axis> = fc.record(
	{
		type: fc.constantFrom('linear', 'log', 'category'),
		autorange: fc.constant('reversed' as const),
		range: fc.tuple(fc.integer({ min: -3, max: 3 }), fc.integer({ min: -3, max: 3 })),
		rangemode: fc.constant('tozero' as const),
		tickformat: fc.constantFrom('d', '.2f'),
	},
	{ requiredKeys: ['type'] },
);
const positions = fc.oneof(numbers, fc.array(fc.string({ maxLength: 250 }), { maxLength: 5 }));
const trace: fc.Arbitrary<Trace> = fc.oneof(
	fc.record({
		type: fc.constant('scatter' as const),
		mode: fc.constantFrom('lines', 'markers', 'lines+markers', 'text'),
		x: positions,
		y: positions,
		name: fc.string(),
		fill: fc.constantFrom('none', 'tozeroy', 'tonexty', 'toself'),
	}),
	fc.record({
		type: fc.constant('bar' as const),
		orientation: fc.constantFrom('v', 'h'),
		x: positions,
		y: positions,
		textposition: fc.constantFrom('outside', 'none'),
	}),
	numbers.map((q1): Trace => ({
		...{ type: 'box', boxpoints: false, x: q1, q1, median: q1, q3: q1 },
		...{ lowerfence: q1, upperfence: q1, mean: q1 },
	})),
	fc.tuple(numbers, numbers).map(([x, y]): Trace => ({
		...{ type: 'heatmap', x, y, z: y.map(() => x), hoverongaps: false, showscale: true },
		colorscale: [
			[0, '#000000'],
			[1, '#ffffff'],
		],
	})),
);

describe('paintScene(figure, surface, bare)', () => {
	test('draws any values on any axes without throwing, and texts only at places', () => {
		fc.assert(
			fc.property(
				fc.array(trace, { maxLength: 4 }),
				axis,
				axis,
				fc.boolean(),
				(data, x, y, bare) => {
					const surface = recordingSurface(300, 200);
					const axes: LayoutAxes = { xaxis: x, yaxis: y };
					paintScene(figureOf(data, axes), surface, bare);
					const texts = surface.drawn.filter(({ kind }) => kind === 'text');
					expect(texts.flatMap(({ points }) => points).every(Number.isFinite)).toBe(true);
				},
			),
		);
	});
});
