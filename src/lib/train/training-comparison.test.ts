import { describe, expect, it } from 'vitest';
import { compareTraining, fits } from './training-comparison';

const of = (...rows: [loss: number[], accuracy: number[]][]) =>
	rows.map(([loss, accuracy]) => ({ loss, accuracy }));
const known = of(
	[
		[2, 1],
		[0.3, 0.5],
	],
	[
		[2.2, 1.2],
		[0.3, 0.7],
	],
	[
		[2.4, 1.4],
		[0.3, 0.6],
	],
);

describe('compareTraining', () => {
	it('compares the loss of every epoch and the last accuracy, in standard errors', () => {
		const found = of(
			[
				[2.2, 1.9],
				[0, 0.6],
			],
			[
				[2.4, 2.1],
				[0, 0.8],
			],
			[
				[2.6, 2.3],
				[0, 0.7],
			],
		);
		const compared = compareTraining(found, known);
		expect(compared.map(({ what }) => what)).toEqual([
			'loss of epoch 1',
			'loss of epoch 2',
			'accuracy after epoch 2',
		]);
		// Deviations of .2 and .2, of .2 and .2, of .1 and .1 in samples of three.
		const error = (deviation: number) => deviation * Math.sqrt(2 / 3);
		expect(compared.map(({ errors }) => errors)).toEqual([
			expect.closeTo(0.2 / error(0.2), 9),
			expect.closeTo(0.9 / error(0.2), 9),
			expect.closeTo(0.1 / error(0.1), 9),
		]);
		expect(fits(compared)).toBe(false);
		expect(fits(compared.slice(0, 1))).toBe(true);
	});

	it('takes the spread of the reference for one seed alone', () => {
		const [loss] = compareTraining(
			of([
				[2.4, 1.2],
				[0.3, 0.6],
			]),
			known,
		);
		expect(loss?.errors).toBeCloseTo(0.2 / (0.2 * Math.sqrt(1 + 1 / 3)), 9);
	});

	it('lets nothing pass that is no number, or nothing', () => {
		expect(
			fits(
				compareTraining(
					of([
						[NaN, 1],
						[0.3, 0.6],
					]),
					known,
				),
			),
		).toBe(false);
		expect(fits([])).toBe(false);
	});
});
