/** Captions as LEMUR's metrics see them: token numbers without padding, and their n-grams. */
import { argmax } from './argmax';
import { checkValues, MetricError, shapeText, type CaptionBatch, type Values } from './metric';

/** Padding; LEMUR removes it everywhere, not only at the end. */
const PADDING = 0;

/** One caption with what it is compared to. */
export interface Caption {
	readonly hypothesis: readonly number[];
	/** those that are not empty */
	readonly references: readonly (readonly number[])[];
}

/** @returns the captions of a batch: the largest output at each position, padding removed */
export function captionsOf({ outputs, labels }: CaptionBatch): Caption[] {
	const predicted = argmax(outputs, 2);
	checkValues(labels, 'Labels');
	const [count = 0, length = 0] = predicted.shape;
	const [labelled, references, width] = referenceShape(labels);
	if (labelled !== count)
		throw new MetricError(
			`Captions: outputs of shape ${shapeText(outputs.shape)} and labels of shape ` +
				`${shapeText(labels.shape)} are not of the same number of images.`,
		);
	const row = (data: ArrayLike<number>, at: number, size: number) =>
		Array.from({ length: size }, (_, i) => data[at * size + i]!);
	return Array.from({ length: count }, (_, i) =>
		captionOf(
			row(predicted.data, i, length),
			Array.from({ length: references }, (_, r) => row(labels.data, i * references + r, width)),
		),
	);
}

/** @returns the caption without padding and without references that were nothing but padding */
export function captionOf(
	hypothesis: readonly number[],
	references: readonly (readonly number[])[],
): Caption {
	const stripped = references.map(withoutPadding).filter(({ length }) => length > 0);
	return { hypothesis: withoutPadding(hypothesis), references: stripped };
}

function withoutPadding(tokens: readonly number[]): number[] {
	return tokens.filter((token) => token !== PADDING);
}

function referenceShape({ shape }: Values): [images: number, references: number, length: number] {
	const [images, second, third] = shape;
	if (images === undefined || second === undefined || shape.length > 3)
		throw new MetricError(
			`Labels of captions have shape (images, references, length), not ${shapeText(shape)}.`,
		);
	return third === undefined ? [images, 1, second] : [images, second, third];
}

/** @returns how often each n-gram occurs; the key is unique for its tokens */
export function ngrams(tokens: readonly number[], n: number): Map<string, number> {
	const counts = new Map<string, number>();
	for (let i = 0; i + n <= tokens.length; i++) {
		const key = tokens.slice(i, i + n).join(' ');
		counts.set(key, (counts.get(key) ?? 0) + 1);
	}
	return counts;
}
