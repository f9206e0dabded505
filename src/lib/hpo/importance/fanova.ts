/**
 * fANOVA (Hutter, Hoos and Leyton-Brown 2014), as Optuna defines it: the share of a forest's variance
 * over the whole space that one parameter explains alone. Volumes are those of the space, not of the
 * trials, and every one-hot column is an axis of its own.
 *
 * A parameter's marginal a(x) is a sum over leaves of (value − mean) · (volume along all other axes),
 * wherever x is in the leaf. Its variance follows from the leaves themselves; no grid is walked.
 */
import { encodingOf, featuresOf, type Encoding } from './encode';
import { growForest, type ForestOptions } from './forest';
import type { Tree } from './tree';
import { isSingle, type Trials } from './space';

/** What one tree says: variances over the volume of the space. */
export interface TreeVariance {
	readonly total: number;
	/** by parameter */
	readonly marginal: Float64Array;
}

/** The part of one parameter's axes that a node covers, in fractions of each axis. */
interface Region {
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

const WHOLE: Region = { share: 1, cuts: [] };

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
	const at = region.cuts.findIndex((cut) => cut.column >= column);
	const index = at < 0 ? region.cuts.length : at;
	const own = region.cuts[index]?.column === column ? region.cuts[index] : undefined;
	const { from, to } = own ?? { from: 0, to: 1 };
	const rest = region.share / (to - from || 1);
	const middle = Math.min(to, Math.max(from, place));
	const part = (cut: Cut): Region => ({
		share: rest * (cut.to - cut.from),
		cuts: own ? region.cuts.with(index, cut) : region.cuts.toSpliced(index, 0, cut),
	});
	return [part({ column, from, to: middle }), part({ column, from: middle, to })];
}

/** Equal for equal regions. */
function keyOf({ cuts }: Region): string {
	let key = '';
	for (const { column, from, to } of cuts) key += `${column}:${from}:${to} `;
	return key;
}

/** The leaf's (value − mean), weighted by its volume along all axes but those of parameter p. */
function weightOf({ value, regions }: Leaf, p: number, mean: number): number {
	let weight = value - mean;
	for (let i = 0; i < regions.length; i++) if (i !== p) weight *= regions[i]!.share;
	return weight;
}

/** One axis: the marginal is a step function, which changes where leaves begin and end. */
function alongAxis(leaves: readonly Leaf[], p: number, mean: number): number {
	const whole = { from: 0, to: 1 };
	const cuts = leaves.map(({ regions }) => regions[p]!.cuts[0] ?? whole);
	const edges = new Float64Array(2 * cuts.length);
	for (const [l, { from, to }] of cuts.entries()) {
		edges[2 * l] = from;
		edges[2 * l + 1] = to;
	}
	edges.sort();
	const changes = new Float64Array(edges.length);
	for (const [l, { from, to }] of cuts.entries()) {
		const weight = weightOf(leaves[l]!, p, mean);
		changes[placeOf(edges, from)]! += weight;
		changes[placeOf(edges, to)]! -= weight;
	}
	let height = 0;
	let variance = 0;
	for (let i = 0; i + 1 < edges.length; i++) {
		height += changes[i]!;
		variance += (edges[i + 1]! - edges[i]!) * height * height;
	}
	return variance;
}

/** Where a value is in an ascending array that holds it. */
function placeOf(ascending: Float64Array, value: number): number {
	let low = 0;
	let high = ascending.length - 1;
	while (low < high) {
		const middle = (low + high) >> 1;
		if (ascending[middle]! < value) low = middle + 1;
		else high = middle;
	}
	return low;
}

/** Several axes: over pairs of different regions, weight · weight · volume of what they share. */
function overChoices(leaves: readonly Leaf[], p: number, mean: number): number {
	const { regions, weights } = distinctRegions(leaves, p, mean);
	const cuts = flatCuts(regions);
	// A column that region i cuts is marked with i + 1.
	const marked = new Int32Array(cuts.columns);
	const lower = new Float64Array(cuts.columns);
	const upper = new Float64Array(cuts.columns);
	let variance = 0;
	for (let i = 0; i < regions.length; i++) {
		for (let k = cuts.start[i]!; k < cuts.start[i + 1]!; k++) {
			marked[cuts.column[k]!] = i + 1;
			lower[cuts.column[k]!] = cuts.from[k]!;
			upper[cuts.column[k]!] = cuts.to[k]!;
		}
		let others = (weights[i]! * regions[i]!.share) / 2;
		for (let j = 0; j < i; j++) {
			// The volume that is in both, as a fraction of region i.
			let shared = weights[j]!;
			for (let k = cuts.start[j]!; k < cuts.start[j + 1]! && shared !== 0; k++) {
				const c = cuts.column[k]!;
				if (marked[c] !== i + 1) shared *= cuts.to[k]! - cuts.from[k]!;
				else {
					const overlap = Math.min(cuts.to[k]!, upper[c]!) - Math.max(cuts.from[k]!, lower[c]!);
					shared *= overlap > 0 ? overlap / (upper[c]! - lower[c]!) : 0;
				}
			}
			others += shared * regions[i]!.share;
		}
		variance += 2 * weights[i]! * others;
	}
	return variance;
}

/** Leaves that differ along other axes only, added up. */
function distinctRegions(leaves: readonly Leaf[], p: number, mean: number) {
	const numbers = new Map<string, number>();
	const regions: Region[] = [];
	const weights: number[] = [];
	for (const leaf of leaves) {
		const region = leaf.regions[p]!;
		const weight = weightOf(leaf, p, mean);
		const key = keyOf(region);
		const known = numbers.get(key);
		if (known !== undefined) weights[known]! += weight;
		else {
			numbers.set(key, regions.length);
			regions.push(region);
			weights.push(weight);
		}
	}
	return { regions, weights };
}

/** All cuts in arrays, those of region i from start[i] on; read in the innermost loop. */
function flatCuts(regions: readonly Region[]) {
	const start = new Uint32Array(regions.length + 1);
	for (const [i, { cuts }] of regions.entries()) start[i + 1] = start[i]! + cuts.length;
	const all = regions.flatMap(({ cuts }) => cuts);
	return {
		start,
		column: Uint32Array.from(all, ({ column }) => column),
		from: Float64Array.from(all, ({ from }) => from),
		to: Float64Array.from(all, ({ to }) => to),
		columns: all.reduce((most, { column }) => Math.max(most, column + 1), 0),
	};
}
