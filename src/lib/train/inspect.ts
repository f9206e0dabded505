/** What a trained net says of its test set: the confusion matrix, and pictures worth looking at. */
import { uniform } from '../nn/formula';
import type { Loader } from '../datasets/loader';
import type { Module } from '../nn/module';
import { evaluate, logSoftmaxAt, type ScoredBatch } from './evaluate';
import type { Example, Inspection } from './protocol';

const KEPT = 12;
/** A stream of the generator that no net draws from. */
const STREAM = 0x7fff_ffff;

/** An example with what it is ranked by. */
interface Ranked {
	readonly rank: number;
	readonly example: Example;
}

/** @param between called between two batches; may throw to leave */
export async function inspectNet(
	net: Module,
	loader: Loader,
	between: () => Promise<void>,
): Promise<Inspection> {
	const { classes } = loader;
	const confusion = new Uint32Array(classes.length ** 2);
	const worst: Ranked[] = [];
	const random: Ranked[] = [];
	const onBatch = (scored: ScoredBatch) => {
		for (const [row, label] of scored.batch.targets.entries()) {
			const predicted = largestAt(scored, row);
			confusion[label * classes.length + predicted]!++;
			const surprise = -logSoftmaxAt(scored.scores, row * classes.length, classes.length, label);
			const index = scored.batch.indices[row]!;
			const make = () => exampleOf(scored, row, predicted);
			if (predicted !== label) offer(worst, Number.isNaN(surprise) ? 0 : surprise, make);
			offer(random, uniform(STREAM, index, 0), make);
		}
	};
	const none = { update: () => undefined, value: () => 0 };
	const { samples } = await evaluate(net, loader, none, { onBatch, between });
	const examples = (list: readonly Ranked[]) => list.map(({ example }) => example);
	return { classes, confusion, samples, worst: examples(worst), random: examples(random) };
}

function largestAt({ scores, classes }: ScoredBatch, row: number): number {
	let best = 0;
	for (let c = 1; c < classes; c++)
		if (scores[row * classes + c]! > scores[row * classes + best]!) best = c;
	return best;
}

/** Keeps the highest ranks, the highest first. */
function offer(list: Ranked[], rank: number, make: () => Example): void {
	if (list.length >= KEPT && rank <= list.at(-1)!.rank) return;
	const at = list.findIndex((one) => rank > one.rank);
	list.splice(at < 0 ? list.length : at, 0, { rank, example: make() });
	if (list.length > KEPT) list.pop();
}

function exampleOf(
	{ scores, classes, batch }: ScoredBatch,
	row: number,
	predicted: number,
): Example {
	const [, h, w, c] = batch.shape;
	const size = h * w * c;
	const label = batch.targets[row]!;
	const probability = (at: number) => Math.exp(logSoftmaxAt(scores, row * classes, classes, at));
	return {
		...{ index: batch.indices[row]!, shape: [h, w, c], label, predicted },
		pixels: batch.pixels.slice(row * size, (row + 1) * size),
		probability: probability(predicted),
		probabilityOfLabel: probability(label),
	};
}
