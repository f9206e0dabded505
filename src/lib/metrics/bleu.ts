/**
 * LEMUR's `bleu`: the mean of sentence BLEU-4 on token numbers, with NLTK's first smoothing method
 * (a count of 0 becomes 0.1). It is no corpus BLEU, and tokens are not words.
 */
import { captionOf, captionsOf, ngrams } from './captions';
import type { Accumulator, CaptionBatch, MetricSpec } from './metric';

const ORDERS = [1, 2, 3, 4] as const;
/** Of BLEU-1 to BLEU-4; those of BLEU-3 sum to .99, as in LEMUR. */
export const WEIGHTS: readonly (readonly number[])[] = [
	[1, 0, 0, 0],
	[0.5, 0.5, 0, 0],
	[0.33, 0.33, 0.33, 0],
	[0.25, 0.25, 0.25, 0.25],
];
/** NLTK's "method 1": what a numerator of 0 becomes. */
const EPSILON = 0.1;

/**
 * BLEU-1 to BLEU-4 of one caption.
 * @param references at least one, none empty
 */
export function sentenceBleu(
	hypothesis: readonly number[],
	references: readonly (readonly number[])[],
): number[] {
	const clipped = ORDERS.map((n) => clippedCount(hypothesis, references, n));
	if (clipped[0] === 0) return WEIGHTS.map(() => 0);
	const logs = ORDERS.map((n, i) => {
		const count = Math.max(1, hypothesis.length - n + 1);
		return Math.log((clipped[i] || EPSILON) / count);
	});
	const penalty = brevity(hypothesis.length, references);
	return WEIGHTS.map(
		(weights) => penalty * Math.exp(weights.reduce((sum, w, i) => sum + w * logs[i]!, 0)),
	);
}

/** n-grams of the hypothesis, each at most as often as in the reference that has most of it. */
function clippedCount(
	hypothesis: readonly number[],
	references: readonly (readonly number[])[],
	n: number,
): number {
	const counted = references.map((reference) => ngrams(reference, n));
	let sum = 0;
	for (const [gram, count] of ngrams(hypothesis, n))
		sum += Math.min(count, Math.max(...counted.map((counts) => counts.get(gram) ?? 0)));
	return sum;
}

/** Against the reference of the closest length, the shorter one of two. */
function brevity(length: number, references: readonly (readonly number[])[]): number {
	const lengths = references.map((reference) => reference.length);
	const closest = lengths.reduce((best, one) => {
		const order = Math.abs(one - length) - Math.abs(best - length) || one - best;
		return order < 0 ? one : best;
	});
	return length > closest ? 1 : Math.exp(1 - closest / length);
}

/** Sums of sentence scores. */
export class BleuAccumulator implements Accumulator<CaptionBatch> {
	readonly #sums = WEIGHTS.map(() => 0);
	#count = 0;

	update(batch: CaptionBatch): void {
		for (const { hypothesis, references } of captionsOf(batch)) this.add(hypothesis, references);
	}

	/**
	 * One caption; padding is removed.
	 * @returns BLEU-1 to BLEU-4, or null when no reference is left: it does not count then
	 */
	add(hypothesis: readonly number[], references: readonly (readonly number[])[]): number[] | null {
		const caption = captionOf(hypothesis, references);
		if (caption.references.length === 0) return null;
		const scores = sentenceBleu(caption.hypothesis, caption.references);
		for (const [i, score] of scores.entries()) this.#sums[i]! += score;
		this.#count++;
		return scores;
	}

	value(): number {
		return this.all()[3]!;
	}

	/** Mean BLEU-1 to BLEU-4; 0 without captions. */
	all(): number[] {
		return this.#sums.map((sum) => (this.#count === 0 ? 0 : sum / this.#count));
	}
}

export const bleu: MetricSpec<'bleu'> = {
	id: 'bleu',
	title: 'BLEU-4',
	about:
		'Mean of the smoothed sentence BLEU-4 over token numbers, start and end marks included. Corpus BLEU of papers is another number.',
	tasks: ['img-captioning'],
	direction: 'maximize',
	range: [0, 1],
	gateMinimum: 0,
	released: true,
	create: () => new BleuAccumulator(),
};
