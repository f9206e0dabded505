/**
 * Grows one regression tree of a forest: all columns are tried at each split, squared error, leaves down
 * to one trial, as scikit-learn does. Which trials it is grown from is `forest.ts`'s matter.
 */
import { randomIndex, type Random } from '../random';
import { columnsIn, LEAF, type Feature, type Tree } from './tree';

/** Values nearer than this count as equal, as in scikit-learn. */
const SAME = Math.fround(1e-7);
/** Of a node that is not split any more. */
const PURE = Number.EPSILON;

interface Split {
	column: number;
	/** which feature that is, and which of its choices goes right */
	feature: number;
	choice: number;
	threshold: number;
	gain: number;
	/** columns with exactly this gain so far */
	ties: number;
}

/** A node to be made of a stretch of the sorted trials. */
interface Open {
	readonly from: number;
	readonly to: number;
	readonly depth: number;
	/** where its number belongs: the root has no parent */
	readonly parent: number;
	readonly isLeft: boolean;
}

/** The trials of one tree, numbered anew without gaps. */
export interface Sample {
	readonly features: readonly Feature[];
	/** by feature: the trials in the order of its values */
	readonly order: readonly Uint32Array[];
	/** how often each was drawn */
	readonly weight: Float64Array;
	/** its value times its weight */
	readonly weighted: Float64Array;
	readonly values: Float64Array;
}

/** @returns the tree; the random numbers only decide between columns that split equally well */
export function growTree(sample: Sample, random: Random, maxDepth: number): Tree {
	return new TreeGrower(sample, random).grow(maxDepth);
}

/** Grows one tree. Every feature keeps the tree's trials in its own order, node by node contiguous. */
class TreeGrower {
	readonly #sample: Sample;
	readonly #random: Random;
	/** first encoded column of each feature */
	readonly #first: readonly number[];
	readonly #scratch: Uint32Array;
	readonly #goesLeft: Uint8Array;
	/** of the choices in a node; all 0 between nodes */
	readonly #choiceWeight: Float64Array;
	readonly #choiceSum: Float64Array;
	/** choices seen in a node */
	readonly #present: Uint32Array;

	constructor(sample: Sample, random: Random) {
		const { features, weight } = sample;
		this.#sample = sample;
		this.#random = random;
		this.#scratch = new Uint32Array(weight.length);
		this.#goesLeft = new Uint8Array(weight.length);
		let column = 0;
		this.#first = features.map((feature) => (column += columnsIn(feature)) - columnsIn(feature));
		this.#choiceWeight = new Float64Array(column);
		this.#choiceSum = new Float64Array(column);
		this.#present = new Uint32Array(column);
	}

	grow(maxDepth: number): Tree {
		const tree: Growing = { feature: [], threshold: [], left: [], right: [], value: [] };
		const open: Open[] = [
			{ from: 0, to: this.#scratch.length, depth: 0, parent: LEAF, isLeft: false },
		];
		for (let node = open.pop(); node; node = open.pop()) {
			const { from, to } = node;
			const number = addNode(tree, node);
			const { sum, weight, impurity } = this.#moments(from, to);
			tree.value[number] = sum / weight;
			if (node.depth >= maxDepth || to - from < 2 || impurity <= PURE) continue;
			const split = this.#bestSplit(from, to, sum, weight);
			if (!split) continue;
			tree.feature[number] = split.column;
			tree.threshold[number] = split.threshold;
			const middle = this.#partition(split, from, to);
			const depth = node.depth + 1;
			open.push({ from: middle, to, depth, parent: number, isLeft: false });
			open.push({ from, to: middle, depth, parent: number, isLeft: true });
		}
		return tree;
	}

	#moments(from: number, to: number) {
		const { order, weight: weights, weighted, values } = this.#sample;
		const trials = order[0]!;
		let sum = 0;
		let squares = 0;
		let weight = 0;
		for (let i = from; i < to; i++) {
			const trial = trials[i]!;
			weight += weights[trial]!;
			sum += weighted[trial]!;
			squares += weighted[trial]! * values[trial]!;
		}
		return { sum, weight, impurity: squares / weight - (sum / weight) ** 2 };
	}

	#bestSplit(from: number, to: number, sum: number, weight: number): Split | undefined {
		const best: Split = {
			column: LEAF,
			feature: LEAF,
			choice: LEAF,
			threshold: LEAF,
			gain: -Infinity,
			ties: 0,
		};
		for (const [f, feature] of this.#sample.features.entries()) {
			if (feature.kind === 'number')
				this.#tryNumber(best, f, feature.values, from, to, sum, weight);
			else this.#tryChoices(best, f, feature.codes, from, to, sum, weight);
		}
		return best.column === LEAF ? undefined : best;
	}

	/** The first of a column's best places between two different values. */
	#tryNumber(
		best: Split,
		feature: number,
		x: Float32Array,
		from: number,
		to: number,
		sum: number,
		weight: number,
	): void {
		const { weight: weights, weighted } = this.#sample;
		const order = this.#sample.order[feature]!;
		let gain = -Infinity;
		let place = from;
		let leftSum = 0;
		let leftWeight = 0;
		let before = x[order[from]!]!;
		for (let i = from + 1; i < to; i++) {
			const trial = order[i - 1]!;
			leftWeight += weights[trial]!;
			leftSum += weighted[trial]!;
			const here = x[order[i]!]!;
			if (here > Math.fround(before + SAME)) {
				const here = gainOf(leftSum, leftWeight, sum, weight);
				if (here > gain) {
					gain = here;
					place = i;
				}
			}
			before = here;
		}
		if (place === from || !this.#takes(best, gain)) return;
		const [below, above] = [x[order[place - 1]!]!, x[order[place]!]!];
		const middle = below / 2 + above / 2;
		best.column = this.#first[feature]!;
		best.feature = feature;
		best.choice = LEAF;
		best.gain = gain;
		best.threshold = middle === above ? below : middle;
	}

	/** Each choice of a one-hot feature against all others. */
	#tryChoices(
		best: Split,
		feature: number,
		codes: Int32Array,
		from: number,
		to: number,
		sum: number,
		weight: number,
	): void {
		const { weight: weights, weighted } = this.#sample;
		const order = this.#sample.order[feature]!;
		const choiceWeight = this.#choiceWeight;
		const choiceSum = this.#choiceSum;
		const seen = this.#present;
		let present = 0;
		for (let i = from; i < to; i++) {
			const trial = order[i]!;
			const code = codes[trial]!;
			if (choiceWeight[code] === 0) seen[present++] = code;
			choiceWeight[code]! += weights[trial]!;
			choiceSum[code]! += weighted[trial]!;
		}
		for (let i = 0; i < present; i++) {
			const choice = seen[i]!;
			const gain = gainOf(sum - choiceSum[choice]!, weight - choiceWeight[choice]!, sum, weight);
			choiceWeight[choice] = choiceSum[choice] = 0;
			if (present === 1 || !this.#takes(best, gain)) continue;
			best.column = this.#first[feature]! + choice;
			best.feature = feature;
			best.choice = choice;
			best.threshold = 0.5;
			best.gain = gain;
		}
	}

	/** Of columns with equal gains each is as likely as the others, as in a random order of them. */
	#takes(best: Split, gain: number): boolean {
		if (gain < best.gain) return false;
		best.ties = gain > best.gain ? 1 : best.ties + 1;
		return best.ties === 1 || randomIndex(this.#random, best.ties) === 0;
	}

	/** Puts the trials that go left first, in every feature's order. @returns where the others begin */
	#partition(split: Split, from: number, to: number): number {
		const { features, order: orders } = this.#sample;
		const feature = features[split.feature]!;
		const goesLeft = this.#goesLeft;
		const own = orders[split.feature]!;
		for (let i = from; i < to; i++) {
			const trial = own[i]!;
			const left =
				feature.kind === 'number'
					? feature.values[trial]! <= split.threshold
					: feature.codes[trial] !== split.choice;
			goesLeft[trial] = left ? 1 : 0;
		}
		let middle = from;
		for (const order of orders) middle = this.#partitionOne(order, from, to);
		return middle;
	}

	#partitionOne(order: Uint32Array, from: number, to: number): number {
		const goesLeft = this.#goesLeft;
		const scratch = this.#scratch;
		let left = from;
		let right = 0;
		for (let i = from; i < to; i++) {
			const trial = order[i]!;
			if (goesLeft[trial]) order[left++] = trial;
			else scratch[right++] = trial;
		}
		for (let i = 0; i < right; i++) order[left + i] = scratch[i]!;
		return left;
	}
}

type Growing = { [key in keyof Tree]: number[] };

/** Adds a leaf without a value below its parent. @returns its number */
function addNode(tree: Growing, { parent, isLeft }: Open): number {
	const number = tree.feature.length;
	tree.feature.push(LEAF);
	tree.threshold.push(LEAF);
	tree.left.push(LEAF);
	tree.right.push(LEAF);
	if (parent !== LEAF) (isLeft ? tree.left : tree.right)[parent] = number;
	return number;
}

/** Grows with the squared error that a split removes. */
function gainOf(leftSum: number, leftWeight: number, sum: number, weight: number): number {
	const rightSum = sum - leftSum;
	return (leftSum * leftSum) / leftWeight + (rightSum * rightSum) / (weight - leftWeight);
}
