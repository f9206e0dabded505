/**
 * LEMUR's `ppl`: not the perplexity but a score of it, 1 at perplexity 1 and 0 from 1000 on, on a
 * logarithmic scale. Higher is better.
 */
import {
	checkValues,
	MetricError,
	shapeText,
	type Accumulator,
	type LabelledBatch,
	type MetricSpec,
	type Values,
} from './metric';

const f = Math.fround;
const BEST = 1;
const WORST = 1000;

/**
 * Score of a mean negative log-likelihood (nats per token).
 * @returns 0 to 1; 1 for NaN, since LEMUR's clamp keeps its bound when it compares with NaN
 * @throws MetricError above 709.78, where the perplexity overflows and LEMUR's run fails
 */
export function perplexityScore(nll: number): number {
	if (Number.isNaN(nll)) return 1;
	const perplexity = Math.exp(nll);
	if (perplexity === Infinity && Number.isFinite(nll))
		throw new MetricError(
			`ppl: the mean loss of ${nll} is beyond what a perplexity can be computed of. ` +
				'The net has diverged: lower the learning rate.',
		);
	const low = Math.log1p(BEST);
	const score = 1 - (Math.log1p(perplexity) - low) / (Math.log1p(WORST) - low);
	return Math.min(1, Math.max(0, score));
}

/** Summed cross-entropy and the number of tokens. */
export class PplAccumulator implements Accumulator<LabelledBatch> {
	totalLoss = 0;
	totalTokens = 0;

	/** @param ignoreIndex label that counts in neither sum; LEMUR's loop sets none */
	constructor(readonly ignoreIndex?: number) {}

	/** Outputs (B, V) or (B, S, V), labels (B) or (B, S). */
	update({ outputs, labels }: LabelledBatch): void {
		checkValues(outputs, 'Outputs');
		checkValues(labels, 'Labels');
		const classes = outputs.shape.at(-1) ?? 0;
		if (classes === 0 || outputs.data.length / classes !== labels.data.length)
			throw new MetricError(
				`ppl: outputs of shape ${shapeText(outputs.shape)} do not fit labels of shape ${shapeText(labels.shape)}.`,
			);
		let loss = 0;
		let tokens = 0;
		for (let i = 0; i < labels.data.length; i++) {
			const label = labels.data[i]!;
			if (label === this.ignoreIndex) continue;
			loss = f(loss + crossEntropy(outputs, i * classes, classes, label));
			tokens++;
		}
		this.add(loss, tokens);
	}

	/** A batch's summed cross-entropy that was computed elsewhere. */
	add(loss: number, tokens: number): void {
		this.totalLoss += loss;
		this.totalTokens += tokens;
	}

	/** NaN without tokens. */
	value(): number {
		if (this.totalTokens === 0) return NaN;
		return perplexityScore(this.totalLoss / this.totalTokens);
	}

	warning(): string | null {
		if (this.totalTokens === 0 || !Number.isNaN(this.totalLoss)) return null;
		return 'The loss is not a number. LEMUR’s ppl scores that as 1, the best there is: the net has diverged, and the figure means nothing.';
	}
}

/** −log softmax at the label, in single precision. */
function crossEntropy({ data }: Values, first: number, classes: number, label: number): number {
	if (!Number.isInteger(label) || label < 0 || label >= classes)
		throw new MetricError(`ppl: the label ${label} is none of the ${classes} classes.`);
	let largest = -Infinity;
	for (let c = 0; c < classes; c++) largest = Math.max(largest, data[first + c]!);
	let sum = 0;
	for (let c = 0; c < classes; c++) sum += Math.exp(data[first + c]! - largest);
	return f(f(Math.log(sum)) - f(data[first + label]! - largest));
}

export const ppl: MetricSpec<'ppl'> = {
	id: 'ppl',
	title: 'perplexity score',
	about:
		'A score made of the perplexity: 1 for a perplexity of 1, 0 from 1000 on, logarithmic between. It is not the perplexity, and higher is better.',
	tasks: ['txt-generation'],
	direction: 'maximize',
	range: [0, 1],
	gateMinimum: 0,
	released: true,
	create: () => new PplAccumulator(),
};
