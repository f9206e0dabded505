/** LEMUR's `acc`: correct predictions over all labels of the test set, not a mean over batches. */
import { argmax, type Predicted } from './argmax';
import {
	checkValues,
	MetricError,
	shapeText,
	type Accumulator,
	type LabelledBatch,
	type MetricSpec,
	type Values,
} from './metric';

/** LEMUR's guard against a division by zero. */
const SMALLEST_TOTAL = 1e-8;

/** Counts over the test set. */
export class AccAccumulator implements Accumulator<LabelledBatch> {
	correct = 0;
	total = 0;

	/** Outputs with 3 axes have their classes on the last one, all others on axis 1. */
	update({ outputs, labels }: LabelledBatch): void {
		checkValues(labels, 'Labels');
		const { data } = this.#predict(outputs, labels);
		let correct = 0;
		for (let i = 0; i < data.length; i++) if (data[i] === labels.data[i]) correct++;
		this.add(correct, data.length);
	}

	/** Counts that were made elsewhere, such as on the device. */
	add(correct: number, total: number): void {
		this.correct += correct;
		this.total += total;
	}

	value(): number {
		return this.correct / Math.max(this.total, SMALLEST_TOTAL);
	}

	#predict(outputs: Values, labels: Values): Predicted {
		const predicted = argmax(outputs, outputs.shape.length === 3 ? 2 : 1);
		if (predicted.data.length === labels.data.length) return predicted;
		throw new MetricError(
			`acc: outputs of shape ${shapeText(outputs.shape)} predict ${predicted.data.length} labels, ` +
				`but labels of shape ${shapeText(labels.shape)} came with them.`,
		);
	}
}

export const acc: MetricSpec<'acc'> = {
	id: 'acc',
	title: 'Accuracy',
	about:
		'Top-1 accuracy: the fraction of labels that the largest output hits. For text it counts characters, for label maps pixels.',
	tasks: ['img-classification', 'txt-generation'],
	direction: 'maximize',
	range: [0, 1],
	gateMinimum: 0,
	released: true,
	create: () => new AccAccumulator(),
};
