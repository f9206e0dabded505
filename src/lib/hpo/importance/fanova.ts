/**
 * fANOVA (Hutter, Hoos and Leyton-Brown 2014), as Optuna defines it: the share of a forest's variance
 * over the whole space that one parameter explains alone. Volumes are those of the space, not of the
 * trials, and every one-hot column is an axis of its own.
 *
 * A parameter's marginal a(x) is a sum over leaves of (value − mean) · (volume along all other axes),
 * wherever x is in the leaf. Its variance follows from the leaves themselves; no grid is walked.
 */
import { encodingOf, featuresOf, type Encoding } from './encode';
import { growForest, type ForestOptions, type Tree } from './forest';
import { isSingle, type Trials } from './space';

/** What one tree says: variances over the volume of the space. */
export interface TreeVariance {
	readonly total: number;
	/** by parameter */
	readonly marginal: Float64Array;
}

/** The part of one parameter's axes that a node covers, in fractions of each axis. */
interface Region {
	/** equal for equal parts */
	readonly key: string;
	/** of the volume of these axes */
	readonly share: number;
	/** the axes that a split has cut, ascending */
	readonly cuts: readonly Cut[];
}

interface Cut {
	readonly column: number;
	readonly from: number;
	readonly to: number;
}

interface Leaf {
	readonly value: number;
	readonly regions: readonly Region[];
}

const WHOLE: Region = { key: '', share: 1, cuts: [] };

/**
 * @returns by parameter the mean over trees of marginal / total variance, not normalised; 0 for a
 * parameter with a single value. Null when no tree varies: then nothing can be said.
 */
export function fanova(trials: Trials, options: ForestOptions): Float64Array | null {
	const varying = trials.parameters.flatMap(({ distribution }, p) =>
		isSingle(distribution) ? [] : [p],
	);
	const importances = new Float64Array(trials.parameters.length);
	if (varying.length === 0 || trials.values.length === 0) return null;
	const part: Trials = {
		parameters: varying.map((p) => trials.parameters[p]!),
		inputs: varying.map((p) => trials.inputs[p]!),
		values: trials.values,
	};
	const encoding = encodingOf(part.parameters);
	const trees = growForest(featuresOf(part), part.values, options)
		.map((tree) => treeVariance(tree, encoding))
		.filter(({ total }) => total > 0);
	if (trees.length === 0) return null;
	for (const { total, marginal } of trees)
		for (const [i, p] of varying.entries()) importances[p]! += marginal[i]! / total / trees.length;
	return importances;
}

/** @returns the variance of a tree's prediction over the space, and each parameter's part in it */
export function treeVariance(tree: Tree, encoding: Encoding): TreeVariance {
	const leaves = leavesOf(tree, encoding);
	const share = Float64Array.from(leaves, ({ regions }) =>
		regions.reduce((product, region) => product * region.share, 1),
	);
	let mean = 0;
	for (const [l, { value }] of leaves.entries()) mean += share[l]! * value;
	let total = 0;
	for (const [l, { value }] of leaves.entries()) total += share[l]! * (value - mean) ** 2;
	const marginal = Float64Array.from(encoding.columns, (columns, p) => {
		const variance =
			columns.length === 1 ? alongAxis(leaves, p, mean) : overChoices(leaves, p, mean);
		return Math.max(0, variance);
	});
	return { total, marginal };
}

function leavesOf(tree: Tree, { columns, bounds }: Encoding): Leaf[] {
	const owner = new Int32Array(bounds.length);
	for (const [p, own] of columns.entries()) for (const column of own) owner[column] = p;
	const leaves: Leaf[] = [];
	const open = [{ node: 0, regions: columns.map(() => WHOLE) }];
	for (let at = open.pop(); at; at = open.pop()) {
		const { node, regions } = at;
		const column = tree.feature[node]!;
		if (column < 0) {
			leaves.push({ value: tree.value[node]!, regions });
			continue;
		}
		const [low, high] = bounds[column]!;
		const place = (tree.threshold[node]! - low) / (high - low);
		const p = owner[column]!;
		const [below, above] = cutRegion(regions[p]!, column, Math.min(1, Math.max(0, place)));
		open.push({ node: tree.right[node]!, regions: regions.with(p, above) });
		open.push({ node: tree.left[node]!, regions: regions.with(p, below) });
	}
	return leaves;
}

function cutRegion(region: Region, column: number, place: number): [Region, Region] {
	const { from, to } = region.cuts.find((cut) => cut.column === column) ?? { from: 0, to: 1 };
	const others = region.cuts.filter((cut) => cut.column !== column);
	const part = (cut: Cut): Region => {
		const cuts = [...others, cut].sort((a, b) => a.column - b.column);
		return {
			key: cuts.map((one) => `${one.column}:${one.from}:${one.to}`).join(),
			share: cuts.reduce((product, one) => product * (one.to - one.from), 1),
			cuts,
		};
	};
	const middle = Math.min(to, Math.max(from, place));
	return [part({ column, from, to: middle }), part({ column, from: middle, to })];
}

/** The leaf's (value − mean), weighted by its volume along all axes but those of parameter p. */
function weightOf({ value, regions }: Leaf, p: number, mean: number): number {
	let weight = value - mean;
	for (let i = 0; i < regions.length; i++) if (i !== p) weight *= regions[i]!.share;
	return weight;
}

/** One axis: the marginal is a step function, which changes where leaves begin and end. */
function alongAxis(leaves: readonly Leaf[], p: number, mean: number): number {
	const places = new Float64Array(2 * leaves.length);
	const changes = new Float64Array(2 * leaves.length);
	for (const [l, leaf] of leaves.entries()) {
		const { from, to } = leaf.regions[p]!.cuts[0] ?? { from: 0, to: 1 };
		const weight = weightOf(leaf, p, mean);
		places[2 * l] = from;
		changes[2 * l] = weight;
		places[2 * l + 1] = to;
		changes[2 * l + 1] = -weight;
	}
	const order = Uint32Array.from(places, (_, i) => i).sort((a, b) => places[a]! - places[b]!);
	let height = 0;
	let variance = 0;
	let before = 0;
	for (const i of order) {
		variance += (places[i]! - before) * height * height;
		before = places[i]!;
		height += changes[i]!;
	}
	return variance;
}

/** Several axes: over pairs of different regions, weight · weight · volume of what they share. */
function overChoices(leaves: readonly Leaf[], p: number, mean: number): number {
	const weights = new Map<string, number>();
	const regions: Region[] = [];
	for (const leaf of leaves) {
		const region = leaf.regions[p]!;
		const known = weights.get(region.key);
		if (known === undefined) regions.push(region);
		weights.set(region.key, (known ?? 0) + weightOf(leaf, p, mean));
	}
	const weight = Float64Array.from(regions, ({ key }) => weights.get(key)!);
	let variance = 0;
	for (let i = 0; i < regions.length; i++) {
		variance += weight[i]! * weight[i]! * regions[i]!.share;
		for (let j = 0; j < i; j++)
			variance += 2 * weight[i]! * weight[j]! * sharedVolume(regions[i]!, regions[j]!);
	}
	return variance;
}

/** Both lists ascend by column, so that one walk meets every column that both cut. */
function sharedVolume(a: Region, b: Region): number {
	let volume = 1;
	let i = 0;
	let j = 0;
	while (i < a.cuts.length || j < b.cuts.length) {
		const one = a.cuts[i];
		const other = b.cuts[j];
		if (!other || (one && one.column < other.column)) {
			volume *= one!.to - one!.from;
			i++;
		} else if (!one || other.column < one.column) {
			volume *= other.to - other.from;
			j++;
		} else {
			volume *= Math.max(0, Math.min(one.to, other.to) - Math.max(one.from, other.from));
			if (volume === 0) return 0;
			i++;
			j++;
		}
	}
	return volume;
}
