/**
 * Oracle runners of training.json and training-digits.json: real training is PyTorch's as a
 * distribution. Seeds cannot be carried over, so means over seeds are compared: the loss of every epoch
 * and the accuracy after the last one, within two standard errors of the difference of the two means.
 *
 * Digits run always. MNIST and CIFAR-10 take minutes to hours on a processor: they run where DATA_DIR
 * is set, TRAINING_NETS=ICNet,… says which nets (default: ICNet, `all`), TRAINING_SEEDS how many seeds
 * (default 2).
 */
import { access } from 'node:fs/promises';
import { openAsBlob } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import * as v from 'valibot';
import { Mismatch } from '../../../scripts/oracles/expect';
import type { OracleCase, OracleFile, SkippedCase } from '../../../scripts/oracles/types';
import type { Library } from '../datasets/library';
import { testLibrary } from '../datasets/testing';
import { netOf } from '../nets/registry';
import { useCpu } from '../nn/cpu';
import { findDataset } from '../datasets/registry';
import { compareTraining, fits, type ComparedMean } from './training-comparison';
import { trainingFigures, type TrainingFigures } from './training-figures';

const bySeed = v.record(v.string(), v.array(v.number()));
const entry = v.object({
	...{ net: v.string(), dataset: v.string(), transform: v.string() },
	...{ epochs: v.number(), batch: v.number(), train_images: v.number(), test_images: v.number() },
	prm: v.record(v.string(), v.number()),
	accuracy: bySeed,
	mean_train_loss_per_epoch: bySeed,
	/** a run that these figures must not fit: what the comparison would be worth otherwise */
	control_of: v.optional(v.string()),
});
const format = v.object({ runs: v.record(v.string(), entry) });
type Entry = v.InferOutput<typeof entry>;

const DIGITS = 'digits';
const DIGITS_SEEDS = 3;
const DEFAULT_SEEDS = 2;
const DEFAULT_NETS = 'ICNet';

/** Ours for a run of the reference; each is trained once. */
type Train = (one: Entry, from: number, seeds: number) => Promise<TrainingFigures[]>;

/** @returns figures of seeds from … from + seeds − 1 */
function trainWith(library: (dataset: string) => Promise<Library>): Train {
	const known = new Map<string, Promise<TrainingFigures>>();
	async function train(one: Entry, seed: number): Promise<TrainingFigures> {
		await useCpu();
		const { dataset, transform, prm, batch, epochs, train_images, test_images } = one;
		const net = netOf(one.net)!;
		const images = { trainImages: train_images, testImages: test_images };
		const settings = { net, dataset, transform, prm, batch, epochs, ...images };
		return trainingFigures(settings, seed, await library(dataset));
	}
	return async (one, from, seeds) => {
		const figures: TrainingFigures[] = [];
		for (let seed = from; seed < from + seeds; seed++) {
			const key = JSON.stringify([one.net, one.dataset, one.prm, seed]);
			let made = known.get(key);
			if (!made) known.set(key, (made = train(one, seed)));
			figures.push(await made);
		}
		return figures;
	};
}

function compared(figures: readonly TrainingFigures[], one: Entry): ComparedMean[] {
	const known = Object.keys(one.accuracy).map((seed) => ({
		accuracy: one.accuracy[seed] ?? [],
		loss: one.mean_train_loss_per_epoch[seed] ?? [],
	}));
	return compareTraining(figures, known);
}

function mismatch(all: readonly ComparedMean[], seeds: number): Mismatch {
	const said = all.map(
		({ what, mean, expected, errors }) =>
			`${what} ${mean.toFixed(4)} against ${expected.toFixed(4)} (${errors.toFixed(1)} standard errors)`,
	);
	return new Mismatch(`means of ${seeds} seeds: ${said.join('; ')}`);
}

/**
 * Four means at two standard errors: one comparison in five or so is off by chance alone. Then as many
 * seeds again decide, together with the first ones; what is really off stays off.
 */
async function check(one: Entry, seeds: number, train: Train): Promise<void> {
	const first = await train(one, 0, seeds);
	if (fits(compared(first, one))) return;
	const all = [...first, ...(await train(one, seeds, seeds))];
	const result = compared(all, one);
	if (!fits(result)) throw mismatch(result, all.length);
}

/** @param other what was trained; `one` was trained in another way */
async function checkControl(one: Entry, other: Entry, seeds: number, train: Train): Promise<void> {
	if (fits(compared(await train(other, 0, seeds), one)))
		throw new Mismatch('the figures fit those of another learning rate: nothing is compared');
}

function skipReason(
	one: Entry,
	dataDir: string | null,
	nets: readonly string[],
): string | undefined {
	if (!netOf(one.net) || !findDataset(one.dataset))
		return 'this net or dataset is not in this version';
	if (one.dataset === DIGITS) return undefined;
	if (dataDir === null) return 'takes minutes: set DATA_DIR';
	if (nets.includes(one.net) || nets.includes('all')) return undefined;
	return `takes long on a processor: TRAINING_NETS=${one.net} trains it`;
}

/** A library that has the dataset: from the site's own files, or from `DATA_DIR`. */
async function libraryWith(dataset: string, dataDir: string | null): Promise<Library> {
	const library = testLibrary();
	if (dataset !== 'cifar-10') return library;
	const names = ['data_batch_1.bin.gz', 'test_batch.bin.gz'];
	const files = await Promise.all(
		names.map(async (name) => ({
			name,
			blob: await openAsBlob(join(dataDir ?? '', dataset, name)),
		})),
	);
	const { signal } = new AbortController();
	await library.load(dataset, { kind: 'files', files }, { signal });
	return library;
}

async function* cases(
	json: unknown,
	{ dataDir }: { readonly dataDir: string | null },
): AsyncGenerator<OracleCase | SkippedCase> {
	const { runs } = v.parse(format, json);
	const nets = (process.env['TRAINING_NETS'] ?? DEFAULT_NETS).split(',');
	const asked = Number(process.env['TRAINING_SEEDS'] ?? DEFAULT_SEEDS);
	const train = trainWith((dataset) => libraryWith(dataset, dataDir));
	for (const [name, one] of Object.entries(runs)) {
		const skip = skipReason(one, dataDir, nets) ?? (await missing(one, dataDir));
		if (skip !== undefined) {
			yield { name, skip };
			continue;
		}
		const seeds = one.dataset === DIGITS ? DIGITS_SEEDS : asked;
		const other = one.control_of === undefined ? undefined : runs[one.control_of];
		const run = () => (other ? checkControl(one, other, seeds, train) : check(one, seeds, train));
		yield { name, run };
	}
}

/** @returns what has to be there first */
async function missing({ dataset }: Entry, dataDir: string | null): Promise<string | undefined> {
	const mnist = fileURLToPath(new URL('../../../static/datasets/mnist', import.meta.url));
	const path = dataset === 'mnist' ? mnist : dataset === DIGITS ? '' : join(dataDir ?? '', dataset);
	if (path === '') return undefined;
	const there = await access(path).then(
		() => true,
		() => false,
	);
	if (there) return undefined;
	return dataset === 'mnist' ? '`npm run datasets` makes MNIST' : `DATA_DIR has no ${dataset}`;
}

const area = 'nets';
export const oracles: OracleFile[] = [
	{ area, file: 'training.json', cases },
	{ area, file: 'training-digits.json', cases },
];
