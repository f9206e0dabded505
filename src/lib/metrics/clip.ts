/**
 * LEMUR's `clip`: mean cosine between an image and its own text in CLIP's space. The network is not
 * here: its image-by-text scores come in.
 */
import {
	checkValues,
	MetricError,
	shapeText,
	type Accumulator,
	type ImageTextBatch,
	type MetricSpec,
} from './metric';

/** CLIP's scores are cosines times this. */
const LOGIT_SCALE = 100;

/** Sum of the diagonals over the test set. */
export class ClipAccumulator implements Accumulator<ImageTextBatch> {
	images = 0;
	#sum = 0;

	/** Images that have no text of their own number add 0 and count. */
	update({ logitsPerImage }: ImageTextBatch): void {
		checkValues(logitsPerImage, 'Scores');
		const { data, shape } = logitsPerImage;
		const [images, texts] = shape;
		if (images === undefined || texts === undefined || shape.length !== 2)
			throw new MetricError(`clip: scores have shape (images, texts), not ${shapeText(shape)}.`);
		let diagonal = 0;
		for (let i = 0; i < Math.min(images, texts); i++)
			diagonal = Math.fround(diagonal + data[i * texts + i]!);
		this.#sum += diagonal;
		this.images += images;
	}

	value(): number {
		return this.images === 0 ? 0 : this.#sum / this.images / LOGIT_SCALE;
	}
}

export const clip: MetricSpec<'clip'> = {
	id: 'clip',
	title: 'CLIP score/100',
	about:
		'Mean cosine between each generated image and its text in CLIP’s space (not the CLIPScore of papers, which is 2.5 times as large and cut at 0).',
	tasks: ['txt-image'],
	direction: 'maximize',
	range: [-1, 1],
	gateMinimum: 0,
	released: true,
	create: () => new ClipAccumulator(),
};
