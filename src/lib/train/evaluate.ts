/**
 * A net over a test set: the metric as LEMUR has it, the mean cross-entropy, and on demand what was
 * said of every sample. Scores are read back in groups; nothing waits for a single batch.
 */
import { noGrad } from '../nn/autograd';
import { enlargedImageTensor } from '../nn/functional/enlarge';
import { imageTensor } from '../nn/functional/image';
import { startStep, endStep, keep } from '../nn/scope';
import type { Module } from '../nn/module';
import type { Tensor } from '../nn/tensor';
import type { Loader, RawBatch } from '../datasets/loader';

/** The accumulator of a metric, as `lib/metrics` has it. */
export interface Score {
	update(batch: {
		readonly outputs: { readonly data: ArrayLike<number>; readonly shape: readonly number[] };
		readonly labels: { readonly data: ArrayLike<number>; readonly shape: readonly number[] };
	}): void;
	value(): number;
}

export interface Evaluation {
	/** the metric as it came out, NaN and infinities too */
	readonly accuracy: number;
	/** mean cross-entropy of the scores; NaN where they are none */
	readonly loss: number;
	readonly samples: number;
}

/** Scores of a batch with what they belong to. */
export interface ScoredBatch {
	/** (N, C) row by row */
	readonly scores: ArrayLike<number>;
	readonly classes: number;
	readonly batch: RawBatch;
}

/** A net whose output is no table of scores: told before anything is computed from it. */
export class OutputError extends Error {
	override readonly name = 'OutputError';
}

export interface EvaluateOptions {
	/** called between two batches; may throw to leave */
	readonly between?: () => Promise<void>;
	/** hears every batch, in order */
	readonly onBatch?: (batch: ScoredBatch) => void;
	/** the epoch that flips are drawn for: LEMUR flips in its test set too */
	readonly epoch?: number;
}

/** Reads under way at once: enough to keep a GPU busy. */
const IN_FLIGHT = 8;

/** Runs the net in evaluation mode over the loader's batches; the mode is left that way. */
export async function evaluate(
	net: Module,
	loader: Loader,
	score: Score,
	{ between, onBatch, epoch = 1 }: EvaluateOptions = {},
): Promise<Evaluation> {
	net.eval();
	const total = { loss: 0, samples: 0 };
	const reading: { values: Promise<ArrayLike<number>>; batch: RawBatch }[] = [];
	const take = async () => {
		const { values, batch } = reading.shift()!;
		const scored = { scores: await values, classes: loader.classes.length, batch };
		const { scores, classes } = scored;
		score.update({
			outputs: { data: scores, shape: [batch.targets.length, classes] },
			labels: { data: batch.targets, shape: [batch.targets.length] },
		});
		total.loss += crossEntropySum(scored);
		total.samples += batch.targets.length;
		onBatch?.(scored);
	};
	try {
		for await (const batch of loader.epoch(epoch)) {
			reading.push({ values: scoresOf(net, batch, loader.classes.length), batch });
			reading.at(-1)!.values.catch(() => undefined); // whoever takes it hears of it
			if (reading.length >= IN_FLIGHT) await take();
			await between?.();
		}
		while (reading.length > 0) await take();
	} finally {
		await Promise.allSettled(reading.map(({ values }) => values));
	}
	return { accuracy: score.value(), loss: total.loss / total.samples, samples: total.samples };
}

/** @returns the batch's pixels as the net takes them, in the step that is open */
export function inputOf({ pixels, shape, normalise, complex, resize }: RawBatch): Tensor {
	if (complex)
		throw new OutputError('Transforms of complex numbers are for nets that are not here yet.');
	if (resize) return enlargedImageTensor(pixels, shape, resize, normalise);
	return imageTensor(pixels, shape, normalise);
}

async function scoresOf(net: Module, batch: RawBatch, classes: number): Promise<ArrayLike<number>> {
	startStep('evaluation');
	let scores: Tensor;
	try {
		scores = noGrad(() => net.call(inputOf(batch)));
		checkScores(scores, batch.targets.length, classes);
		keep(scores);
	} finally {
		endStep();
	}
	try {
		return await scores.data();
	} finally {
		scores.dispose();
	}
}

/** @throws OutputError naming both shapes */
export function checkScores({ shape }: Tensor, samples: number, classes: number): void {
	if (shape.length === 2 && shape[0] === samples && shape[1] === classes) return;
	throw new OutputError(
		`The net answers with the shape (${shape.join(', ')}) for ${samples} images of ${classes} classes: expected (${samples}, ${classes}).`,
	);
}

/** Σ −ln softmax(scores)[label], in double precision. */
function crossEntropySum({ scores, classes, batch }: ScoredBatch): number {
	let sum = 0;
	for (const [row, label] of batch.targets.entries())
		sum -= logSoftmaxAt(scores, row * classes, classes, label);
	return sum;
}

/** @returns ln softmax of one row at a place */
export function logSoftmaxAt(
	scores: ArrayLike<number>,
	from: number,
	classes: number,
	at: number,
): number {
	let largest = -Infinity;
	for (let c = 0; c < classes; c++) largest = Math.max(largest, scores[from + c]!);
	let sum = 0;
	for (let c = 0; c < classes; c++) sum += Math.exp(scores[from + c]! - largest);
	return scores[from + at]! - largest - Math.log(sum);
}
