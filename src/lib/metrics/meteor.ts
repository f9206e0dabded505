/**
 * LEMUR's `meteor`: NLTK's METEOR on words. Its stages are equal words, equal Porter stems and shared
 * WordNet synonyms; WordNet is not shipped, so the last one needs a list of synonyms from outside.
 */
import { stem } from './porter-stem';
import type { Accumulator, MetricSpec, WordsBatch } from './metric';

const ALPHA = 0.9;
const BETA = 3;
const GAMMA = 0.5;

/** @returns all words that may stand for this one, which comes as its stem */
export type Synonyms = (word: string) => ReadonlySet<string>;

interface Word {
	readonly at: number;
	readonly word: string;
}
type Pair = readonly [hypothesis: number, reference: number];

/** METEOR of a caption against one reference, 0 to below 1. */
export function meteorScore(
	hypothesis: readonly string[],
	reference: readonly string[],
	synonyms?: Synonyms,
): number {
	const pairs = align(hypothesis, reference, synonyms);
	if (pairs.length === 0) return 0;
	const precision = pairs.length / hypothesis.length;
	const recall = pairs.length / reference.length;
	const mean = (precision * recall) / (ALPHA * precision + (1 - ALPHA) * recall);
	const penalty = GAMMA * (chunks(pairs) / pairs.length) ** BETA;
	return (1 - penalty) * mean;
}

function align(
	hypothesis: readonly string[],
	reference: readonly string[],
	synonyms: Synonyms | undefined,
): Pair[] {
	const words = (list: readonly string[]) =>
		list.map((word, at): Word => ({ at, word: word.toLowerCase() }));
	const free = { hypothesis: words(hypothesis), reference: words(reference) };
	const stemmed = (list: readonly Word[]) =>
		list.map(({ at, word }): Word => ({ at, word: stem(word) }));
	const pairs = match(free, (a, b) => a === b);
	// The stems of what is left go on to the last stage too, so NLTK misses synonyms that have others.
	const left = { hypothesis: stemmed(free.hypothesis), reference: stemmed(free.reference) };
	pairs.push(...match(left, (a, b) => a === b));
	if (synonyms) pairs.push(...match(left, (a, b) => synonyms(a).has(b)));
	return pairs.sort(([a], [b]) => a - b);
}

/** Walks both lists from their ends and takes the first free equal pair out of them. */
function match(
	free: { hypothesis: Word[]; reference: Word[] },
	equal: (a: string, b: string) => boolean,
): Pair[] {
	const pairs: Pair[] = [];
	for (let i = free.hypothesis.length - 1; i >= 0; i--) {
		const own = free.hypothesis[i]!;
		const j = free.reference.findLastIndex(({ word }) => equal(own.word, word));
		const other = free.reference[j];
		if (!other) continue;
		pairs.push([own.at, other.at]);
		free.hypothesis.splice(i, 1);
		free.reference.splice(j, 1);
	}
	return pairs;
}

/** Runs of neighbours that are neighbours in the other text too. */
function chunks(pairs: readonly Pair[]): number {
	return pairs.filter(([own, other], i) => {
		const before = pairs[i - 1];
		return !before || before[0] + 1 !== own || before[1] + 1 !== other;
	}).length;
}

/** Sum of the best score of each caption. */
export class MeteorAccumulator implements Accumulator<WordsBatch> {
	#sum = 0;
	#count = 0;

	/** @param synonyms WordNet's, without which words that only mean the same do not match */
	constructor(readonly synonyms?: Synonyms) {}

	update({ hypotheses, references }: WordsBatch): void {
		for (let i = 0; i < Math.min(hypotheses.length, references.length); i++)
			this.add(hypotheses[i]!, references[i]!);
	}

	/** @returns the score against the reference that fits best; 0 without references */
	add(hypothesis: readonly string[], references: readonly (readonly string[])[]): number {
		const scores = references.map((one) => meteorScore(hypothesis, one, this.synonyms));
		const best = Math.max(0, ...scores);
		this.#sum += best;
		this.#count++;
		return best;
	}

	value(): number {
		return this.#count === 0 ? 0 : this.#sum / this.#count;
	}
}

export const meteor: MetricSpec<'meteor'> = {
	id: 'meteor',
	title: 'METEOR (no synonyms)',
	about:
		'METEOR from equal words and equal stems, best reference, mean over captions. WordNet’s synonyms, which LEMUR takes in too, are not here: values are mostly lower than LEMUR’s.',
	tasks: ['img-captioning'],
	direction: 'maximize',
	range: [0, 1],
	gateMinimum: 0,
	released: false,
	create: () => new MeteorAccumulator(),
};
