/**
 * LEMUR's `cider`: CIDEr-D on token numbers against the first reference, with document frequencies of
 * this test set, divided by 3 and cut at 1.
 */
import { captionOf, captionsOf, ngrams } from './captions';
import type { Accumulator, CaptionBatch, MetricSpec } from './metric';

const ORDERS = [1, 2, 3, 4] as const;
/** Twice the square of CIDEr-D's sigma, 6. */
const LENGTH_SPREAD = 72;
const SCALE = 10;
/** What LEMUR divides by to come near the range 0 to 1. */
const DIVISOR = 3;

type Counts = readonly Map<string, number>[];

/** All captions: weights are only known at the end. */
export class CiderAccumulator implements Accumulator<CaptionBatch> {
	readonly #pairs: { hypothesis: Counts; reference: Counts }[] = [];

	update(batch: CaptionBatch): void {
		for (const { hypothesis, references } of captionsOf(batch)) this.add(hypothesis, references);
	}

	/** One caption and its references, of which the first counts; padding is removed. */
	add(hypothesis: readonly number[], references: readonly (readonly number[])[]): void {
		const caption = captionOf(hypothesis, references.slice(0, 1));
		const counts = (tokens: readonly number[]) => ORDERS.map((n) => ngrams(tokens, n));
		this.#pairs.push({
			hypothesis: counts(caption.hypothesis),
			reference: counts(caption.references[0] ?? []),
		});
	}

	value(): number {
		return Math.min(1, this.meanOverThree());
	}

	/** LEMUR's figure before it is cut at 1. */
	meanOverThree(): number {
		const scores = this.scores();
		if (scores.length === 0) return 0;
		return scores.reduce((sum, score) => sum + score, 0) / scores.length / DIVISOR;
	}

	/** CIDEr-D of each caption, 0 to 10. */
	scores(): number[] {
		const frequencies = new Map<string, number>();
		for (const { reference } of this.#pairs)
			for (const counts of reference)
				for (const gram of counts.keys()) frequencies.set(gram, (frequencies.get(gram) ?? 0) + 1);
		const samples = Math.log(this.#pairs.length);
		const weight = (gram: string) => samples - Math.log(Math.max(1, frequencies.get(gram) ?? 0));
		return this.#pairs.map(({ hypothesis, reference }) => {
			const delta = total(hypothesis[1]!) - total(reference[1]!);
			const penalty = Math.exp(-(delta ** 2) / LENGTH_SPREAD);
			const sum = ORDERS.reduce(
				(acc, _, n) => acc + similarity(hypothesis[n]!, reference[n]!, weight) * penalty,
				0,
			);
			return (sum / ORDERS.length) * SCALE;
		});
	}
}

function total(counts: ReadonlyMap<string, number>): number {
	return [...counts.values()].reduce((sum, count) => sum + count, 0);
}

/** Cosine of the weighted counts, where a count of the hypothesis is cut at the reference's. */
function similarity(
	hypothesis: ReadonlyMap<string, number>,
	reference: ReadonlyMap<string, number>,
	weight: (gram: string) => number,
): number {
	const norm = (counts: ReadonlyMap<string, number>) =>
		Math.sqrt([...counts].reduce((sum, [gram, count]) => sum + (count * weight(gram)) ** 2, 0));
	const norms = norm(hypothesis) * norm(reference);
	if (norms === 0) return 0;
	let product = 0;
	for (const [gram, count] of hypothesis) {
		const other = reference.get(gram) ?? 0;
		product += Math.min(count * weight(gram), other * weight(gram)) * other * weight(gram);
	}
	return product / norms;
}

export const cider: MetricSpec<'cider'> = {
	id: 'cider',
	title: 'CIDEr/3',
	about:
		'CIDEr-D over token numbers against the first reference only, divided by 3 and cut at 1. Papers take words and all references, and neither divide nor cut.',
	tasks: ['img-captioning'],
	direction: 'maximize',
	range: [0, 1],
	gateMinimum: 0,
	released: false,
	create: () => new CiderAccumulator(),
};
