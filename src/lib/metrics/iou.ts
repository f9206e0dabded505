/**
 * LEMUR's `iou`: intersection over union of each class, summed over the test set in single precision,
 * and the mean over ALL classes of the task, so that a class which appears nowhere adds 0.
 */
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

/** LEMUR's guard against 0/0: the distance from 1 to the next double. */
const SPACING = Number.EPSILON;

/** Pixel sums of each class over the test set. */
export class IouAccumulator implements Accumulator<LabelledBatch> {
	inter = new Float32Array();
	union = new Float32Array();

	/** @param classes absent: as many as the first batch has */
	constructor(classes?: number) {
		if (classes !== undefined) this.#start(classes);
	}

	/**
	 * Outputs (B, C, H, W), labels (B, H, W). A negative label leaves the pixel out; one beyond the
	 * classes does not: it is a miss of the predicted class.
	 */
	update({ outputs, labels }: LabelledBatch): void {
		checkValues(labels, 'Labels');
		const predicted = predict(outputs, labels);
		if (this.inter.length === 0) this.#start(outputs.shape[1] ?? 0);
		const classes = this.inter.length;
		// LEMUR's histogram of one class spans nothing and falls back to the range of the data.
		if (classes === 1) return this.add([predicted.data.length], [predicted.data.length]);
		const inter = new Float64Array(classes);
		const union = new Float64Array(classes);
		for (let i = 0; i < predicted.data.length; i++) {
			const guess = predicted.data[i]!;
			const label = labels.data[i]!;
			if (label < 0) continue;
			if (guess < classes) union[guess]!++;
			if (guess === label) {
				if (guess < classes) inter[guess]!++;
			} else if (label < classes) union[label]!++;
		}
		this.add(inter, union);
	}

	/** Pixels of a batch by class, counted elsewhere. */
	add(inter: ArrayLike<number>, union: ArrayLike<number>): void {
		if (this.inter.length === 0) this.#start(inter.length);
		for (let c = 0; c < this.inter.length; c++) {
			this.inter[c]! += inter[c]!;
			this.union[c]! += union[c]!;
		}
	}

	value(): number {
		let sum = 0;
		for (let c = 0; c < this.inter.length; c++) {
			const ratio = Math.fround(this.inter[c]! / Math.fround(this.union[c]! + SPACING));
			sum = Math.fround(sum + ratio);
		}
		return sum === 0 ? 0 : Math.fround(sum / this.inter.length);
	}

	/** IoU of each class; null where neither a label nor a prediction had it. */
	perClass(): (number | null)[] {
		return Array.from(this.inter, (inter, c) => (this.union[c] ? inter / this.union[c] : null));
	}

	/**
	 * The usual mIoU, over the classes that appear; null when none does.
	 * @param from 1 leaves out the background
	 */
	meanOfPresent(from: 0 | 1 = 0): number | null {
		const present = this.perClass()
			.slice(from)
			.filter((iou) => iou !== null);
		if (present.length === 0) return null;
		return present.reduce((sum, iou) => sum + iou, 0) / present.length;
	}

	#start(classes: number): void {
		this.inter = new Float32Array(classes);
		this.union = new Float32Array(classes);
	}
}

function predict(outputs: Values, labels: Values): Predicted {
	const predicted = argmax(outputs, 1);
	if (predicted.shape.join() === labels.shape.join()) return predicted;
	throw new MetricError(
		`iou: outputs of shape ${shapeText(outputs.shape)} predict ${shapeText(predicted.shape)}, ` +
			`but the labels have shape ${shapeText(labels.shape)}.`,
	);
}

export const iou: MetricSpec<'iou'> = {
	id: 'iou',
	title: 'IoU (mean)',
	about:
		'Mean intersection over union over all classes, background included; a class that appears nowhere counts as 0. The usual mIoU leaves such classes out and is higher then.',
	tasks: ['img-segmentation'],
	direction: 'maximize',
	range: [0, 1],
	gateMinimum: 0,
	released: true,
	create: ({ classes } = {}) => new IouAccumulator(classes),
};
