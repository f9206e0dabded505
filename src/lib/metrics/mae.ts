/** LEMUR's `mae`: a score of the mean absolute error, 1 without error and 0 from 20 on. */
import { MetricError, shapeText } from './metric';
import { checkValues, type Accumulator, type MetricSpec, type RegressionBatch } from './metric';

/** The error (years, for ages) that scores 0. */
const THRESHOLD = 20;

/** @returns 1 for no error, 0 from 20 on */
export function maeScore(mae: number): number {
	return Math.max(0, 1 - mae / THRESHOLD);
}

/** @throws MetricError unless both are of one size */
export function checkSameSize({ outputs, labels }: RegressionBatch, metric: string): void {
	checkValues(outputs, 'Outputs');
	checkValues(labels, 'Labels');
	if (outputs.data.length === labels.data.length) return;
	throw new MetricError(
		`${metric}: outputs of shape ${shapeText(outputs.shape)} do not fit labels of shape ${shapeText(labels.shape)}.`,
	);
}

/** Sum of absolute errors. */
export class MaeAccumulator implements Accumulator<RegressionBatch> {
	sum = 0;
	count = 0;

	update(batch: RegressionBatch): void {
		checkSameSize(batch, 'mae');
		const { outputs, labels } = batch;
		for (let i = 0; i < outputs.data.length; i++)
			this.sum += Math.abs(outputs.data[i]! - labels.data[i]!);
		this.count += outputs.data.length;
	}

	value(): number {
		return maeScore(this.mae());
	}

	/** The error itself, in the labels' unit; Infinity without labels. */
	mae(): number {
		return this.count === 0 ? Infinity : this.sum / this.count;
	}
}

export const mae: MetricSpec<'mae'> = {
	id: 'mae',
	title: 'MAE score',
	about:
		'A score made of the mean absolute error: 1 for no error, 0 from 20 (years) on, linear between. It is not the error itself, and higher is better.',
	tasks: ['age-regression'],
	direction: 'maximize',
	range: [0, 1],
	gateMinimum: 0,
	released: false,
	create: () => new MaeAccumulator(),
};
