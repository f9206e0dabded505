import { describe, expect, it } from 'vitest';
import { MapAccumulator } from './map';
import type { Box } from './metric';

const box: Box = [0, 0, 10, 10];
const far: Box = [50, 50, 60, 60];

function valueOf(
	found: readonly [Box, number, number][],
	truths: readonly [Box, number][],
): number {
	const metric = new MapAccumulator();
	metric.update({
		predictions: [
			{
				boxes: found.map(([one]) => one),
				labels: found.map(([, label]) => label),
				scores: found.map(([, , score]) => score),
			},
		],
		targets: [{ boxes: truths.map(([one]) => one), labels: truths.map(([, label]) => label) }],
	});
	return metric.value();
}

describe('map', () => {
	it('counts a second box on an object as right, unlike COCO', () => {
		const truths: [Box, number][] = [
			[box, 1],
			[far, 1],
		];
		const twice = valueOf(
			[
				[box, 1, 0.9],
				[box, 1, 0.8],
			],
			truths,
		);
		expect(twice).toBeCloseTo(1, 6);
		const once = valueOf([[box, 1, 0.9]], truths);
		expect(once).toBeCloseTo(6 / 11, 6);
	});

	it('falls when the wrong box has the higher score, and not when it has the lower', () => {
		expect(
			valueOf(
				[
					[far, 1, 0.9],
					[box, 1, 0.8],
				],
				[[box, 1]],
			),
		).toBeCloseTo(0.5, 6);
		expect(
			valueOf(
				[
					[far, 1, 0.7],
					[box, 1, 0.8],
				],
				[[box, 1]],
			),
		).toBeCloseTo(1, 6);
	});

	it('puts a NaN score first and never matches a NaN overlap', () => {
		expect(
			valueOf(
				[
					[far, 1, NaN],
					[box, 1, 0.8],
				],
				[[box, 1]],
			),
		).toBeCloseTo(0.5, 6);
		const point: Box = [3, 3, 3, 3];
		expect(valueOf([[point, 1, 0.8]], [[point, 1]])).toBe(0);
	});

	it('does not take a box of another class', () => {
		expect(valueOf([[box, 2, 0.9]], [[box, 1]])).toBe(0);
	});
});
