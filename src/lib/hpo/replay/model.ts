/**
 * What a trial that was never run would have given, from runs that were: the nearest one's curve, or a
 * surrogate's prediction with the nearest one's shape. A pure function; which of the two is said with
 * every result that comes of it.
 */
import { encodingOf, featuresOf } from '../importance/encode';
import { growForest } from '../importance/forest';
import type { Tree } from '../importance/tree';
import { seededRandom } from '../random';
import type { Distribution, ParamValue } from '../distributions';
import { inputsOf, type Params, type Space } from '../space';
import type { ReplayRun, ReplayTable } from './table';

export const REPLAY_MODES = {
	nearest: 'the stored run nearest to it: log scale for lr, choices must match',
	surrogate: 'a random forest fitted to the stored runs, with the nearest run’s learning curve',
} as const;

export type ReplayMode = keyof typeof REPLAY_MODES;

/** A learning curve that a replay answers with. */
export interface ReplayCurve {
	/** ascending, at least one */
	readonly epochs: readonly number[];
	readonly values: readonly number[];
	/** s since the trial began, on the clock of the stored run */
	readonly seconds: readonly number[];
}

export interface ReplayModel {
	readonly mode: ReplayMode;
	/** the best value that is known: a regret is measured from it */
	readonly best: number;
	/** @param params all of the space's */
	curve(params: Params): ReplayCurve;
}

export interface ReplayModelOptions {
	readonly mode: ReplayMode;
	/** of a trial; runs that were shorter count with their last epoch */
	readonly epochs: number;
	/** false where smaller values are better; default true, as for all of LEMUR's metrics */
	readonly maximize?: boolean;
}

/** Trees of a surrogate. */
const TREES = 64;
const TREE_SEED = 1;
/** In units of a whole range: a wrong choice is as far as the other end. */
const OTHER_CHOICE = 1;

/**
 * @param space what trials are asked over: the table's hyperparameters or some of them
 * @throws RangeError when the table has no run
 */
export function replayModel(
	table: ReplayTable,
	space: Space,
	{ mode, epochs, maximize = true }: ReplayModelOptions,
): ReplayModel {
	const runs = table.runs.filter((run) => (run.epochs[0] ?? Infinity) <= epochs);
	if (runs.length === 0)
		throw new RangeError(`No stored run of this configuration has an epoch up to ${epochs}.`);
	const curves = runs.map((run) => cutCurve(run, epochs, medianSeconds(runs)));
	const rows = runs.map(({ params }) => coordinates(space, params));
	const lasts = curves.map(({ values }) => values.at(-1)!);
	const nearest = (params: Params) => curves[nearestRow(rows, coordinates(space, params), space)]!;
	const best = (values: readonly number[]) =>
		values.reduce((a, b) => (maximize ? Math.max(a, b) : Math.min(a, b)));
	if (mode === 'nearest') return { mode, best: best(lasts), curve: nearest };
	const predict = fitSurrogate(space, runs, lasts);
	return {
		mode,
		best: best(runs.map(({ params }) => predict(params))),
		curve: (params) => scaled(nearest(params), predict(params)),
	};
}

function cutCurve(run: ReplayRun, epochs: number, usual: number): ReplayCurve {
	const count = run.epochs.filter((epoch) => epoch <= epochs).length;
	const perEpoch = (i: number) => (run.epochs[i] ?? 1) * usual;
	return {
		epochs: run.epochs.slice(0, count),
		values: run.values.slice(0, count),
		seconds: run.seconds.slice(0, count).map((s, i) => (Number.isNaN(s) ? perEpoch(i) : s)),
	};
}

/** s of an epoch, for runs whose duration was not recorded; 1 where none was. */
function medianSeconds(runs: readonly ReplayRun[]): number {
	const rates = runs
		.flatMap(({ seconds, epochs }) => seconds.map((s, i) => s / epochs[i]!))
		.filter((rate) => Number.isFinite(rate) && rate > 0)
		.sort((a, b) => a - b);
	return rates[rates.length >> 1] ?? 1;
}

/** Each parameter in 0 … 1 of its range, choices by their place. */
function coordinates(space: Space, params: Params): Float64Array {
	const at = new Float64Array(space.length);
	for (let i = 0; i < at.length; i++) {
		const { name, distribution } = space[i]!;
		at[i] = coordinateOf(distribution, params[name]);
	}
	return at;
}

function coordinateOf(distribution: Distribution, value: ParamValue | undefined): number {
	if (distribution.type === 'categorical')
		return value === undefined ? -1 : distribution.choices.indexOf(value);
	const { low, high, log } = distribution;
	const scale = (x: number) => (log ? Math.log(Math.max(x, low)) : x);
	const width = scale(high) - scale(low);
	return typeof value === 'number' && width > 0 ? (scale(value) - scale(low)) / width : 0;
}

function nearestRow(rows: readonly Float64Array[], at: Float64Array, space: Space): number {
	const choices = space.map(({ distribution }) => distribution.type === 'categorical');
	let best = 0;
	let least = Infinity;
	for (let r = 0; r < rows.length; r++) {
		const row = rows[r]!;
		let distance = 0;
		for (let i = 0; i < at.length; i++) {
			const apart = row[i]! - at[i]!;
			distance += !choices[i] ? apart * apart : apart === 0 ? 0 : OTHER_CHOICE;
		}
		if (distance < least) {
			least = distance;
			best = r;
		}
	}
	return best;
}

/** @returns a prediction of the last value, from hyperparameters */
function fitSurrogate(
	space: Space,
	runs: readonly ReplayRun[],
	lasts: readonly number[],
): (params: Params) => number {
	const encoding = encodingOf(space);
	// Runs from outside of the space (a choice that was taken out) teach nothing about it.
	const known = runs.flatMap(({ params }, i) => {
		const inputs = inputsIn(space, params);
		return inputs === null ? [] : [{ inputs, value: lasts[i]! }];
	});
	if (known.length === 0) throw new RangeError('No stored run lies in the space that is searched.');
	const trees = growForest(
		featuresOf({
			parameters: space,
			inputs: space.map((_, p) => Float64Array.from(known, ({ inputs }) => inputs[p]!)),
			values: new Float64Array(0),
		}),
		Float64Array.from(known, ({ value }) => value),
		{ random: seededRandom(TREE_SEED), trees: TREES },
	);
	const row = new Float32Array(encoding.bounds.length);
	return (params) => {
		row.fill(0);
		for (const [p, input] of inputsOf(space, params).entries()) {
			const columns = encoding.columns[p]!;
			if (columns.length === 1) row[columns[0]!] = input;
			else row[columns[input]!] = 1;
		}
		return trees.reduce((sum, tree) => sum + leafOf(tree, row), 0) / trees.length;
	};
}

function inputsIn(space: Space, params: Params): number[] | null {
	try {
		return inputsOf(space, params);
	} catch {
		return null;
	}
}

function leafOf(tree: Tree, row: Float32Array): number {
	let node = 0;
	for (let column = tree.feature[node]!; column >= 0; column = tree.feature[node]!)
		node = row[column]! <= tree.threshold[node]! ? tree.left[node]! : tree.right[node]!;
	return tree.value[node]!;
}

/** The shape of one curve, ending at another value. */
function scaled({ epochs, values, seconds }: ReplayCurve, last: number): ReplayCurve {
	const own = values.at(-1)!;
	const factor = own === 0 ? 1 : last / own;
	return { epochs, values: [...values.slice(0, -1).map((value) => value * factor), last], seconds };
}
