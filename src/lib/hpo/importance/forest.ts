/**
 * A random forest of regression trees, grown as scikit-learn grows the one that Optuna asks for:
 * bootstrap, all columns tried at each split, squared error, leaves down to one trial. Its random
 * stream is our own, so single trees differ from theirs; their distribution does not.
 */
import { randomIndex, type Random } from '../random';

/** One input: a number, or one-hot columns of which each trial has a 1 in exactly one. */
export type Feature =
	| { readonly kind: 'number'; readonly values: Float32Array }
	| { readonly kind: 'one-hot'; readonly codes: Int32Array; readonly choices: number };

/** A binary tree in arrays, the root first. `x <= threshold` goes left; feature −1 marks a leaf. */
export interface Tree {
	/** encoded column, counted through all features */
	readonly feature: ArrayLike<number>;
	readonly threshold: ArrayLike<number>;
	readonly left: ArrayLike<number>;
	readonly right: ArrayLike<number>;
	/** mean of the trials in the node */
	readonly value: ArrayLike<number>;
}

export interface ForestOptions {
	readonly random: Random;
	/** default 64 */
	readonly trees?: number;
	/** default 64 */
	readonly maxDepth?: number;
	/** trials drawn for each tree (with replacement) at most; default: as many as there are */
	readonly maxSamples?: number;
}

export const LEAF = -1;

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

/** A stretch of the sorted trials, which is one node. */
interface Node {
	readonly from: number;
	readonly to: number;
	readonly depth: number;
	/** where its number belongs in the parent */
	readonly link: (node: number) => void;
}

/** @returns the encoded columns that a feature takes */
export function columnsIn(feature: Feature): number {
	return feature.kind === 'number' ? 1 : feature.choices;
}

/**
 * @param features at least one, all of as many trials as `values`
 * @returns the trees; the same for the same stream of random numbers
 */
export function growForest(
	features: readonly Feature[],
	values: Float64Array,
	{ random, trees = 64, maxDepth = 64, maxSamples = Infinity }: ForestOptions,
): Tree[] {
	const sortedTrials = features.map((feature) => sortedBy(feature, values.length));
	const draws = Math.min(values.length, maxSamples);
	return Array.from({ length: trees }, () => {
		const weight = new Float64Array(values.length);
		for (let i = 0; i < draws; i++) weight[randomIndex(random, values.length)]!++;
		return new TreeGrower(features, sortedTrials, values, weight, random).grow(maxDepth);
	});
}

/** Trials in ascending order of a number; in their own order for a one-hot feature. */
function sortedBy(feature: Feature, count: number): Uint32Array {
	const order = Uint32Array.from({ length: count }, (_, i) => i);
	if (feature.kind === 'one-hot') return order;
	const { values } = feature;
	return order.sort((a, b) => values[a]! - values[b]! || a - b);
}

/** Grows one tree. Every feature keeps the tree's trials in its own order, node by node contiguous. */
class TreeGrower {
	readonly #features: readonly Feature[];
	readonly #values: Float64Array;
	readonly #weight: Float64Array;
	readonly #random: Random;
	/** first encoded column of each feature */
	readonly #first: readonly number[];
	readonly #order: readonly Uint32Array[];
	readonly #scratch: Uint32Array;
	readonly #goesLeft: Uint8Array;
	readonly #choiceWeight: readonly Float64Array[];
	readonly #choiceSum: readonly Float64Array[];

	constructor(
		features: readonly Feature[],
		sortedTrials: readonly Uint32Array[],
		values: Float64Array,
		weight: Float64Array,
		random: Random,
	) {
		this.#features = features;
		this.#values = values;
		this.#weight = weight;
		this.#random = random;
		this.#order = sortedTrials.map((order) => order.filter((trial) => weight[trial]! > 0));
		this.#scratch = new Uint32Array(this.#order[0]!.length);
		this.#goesLeft = new Uint8Array(values.length);
		let column = 0;
		this.#first = features.map((feature) => (column += columnsIn(feature)) - columnsIn(feature));
		const perChoice = () =>
			features.map((one) => new Float64Array(one.kind === 'number' ? 0 : one.choices));
		this.#choiceWeight = perChoice();
		this.#choiceSum = perChoice();
	}

	grow(maxDepth: number): Tree {
		const tree = { feature: [], threshold: [], left: [], right: [], value: [] } as {
			[key in keyof Tree]: number[];
		};
		const open: Node[] = [{ from: 0, to: this.#scratch.length, depth: 0, link: () => undefined }];
		for (let node = open.pop(); node; node = open.pop()) {
			const { from, to, depth, link } = node;
			const number = tree.value.length;
			link(number);
			const { sum, weight, impurity } = this.#moments(from, to);
			tree.value.push(sum / weight);
			tree.left.push(LEAF);
			tree.right.push(LEAF);
			const isLeaf = depth >= maxDepth || to - from < 2 || impurity <= PURE;
			const split = isLeaf ? undefined : this.#bestSplit(from, to, sum, weight);
			tree.feature.push(split?.column ?? LEAF);
			tree.threshold.push(split?.threshold ?? LEAF);
			if (!split) continue;
			const middle = this.#partition(split, from, to);
			const child = { depth: depth + 1 };
			open.push({ ...child, from: middle, to, link: (n) => (tree.right[number] = n) });
			open.push({ ...child, from, to: middle, link: (n) => (tree.left[number] = n) });
		}
		return tree;
	}

	#moments(from: number, to: number) {
		const order = this.#order[0]!;
		let sum = 0;
		let squares = 0;
		let weight = 0;
		for (let i = from; i < to; i++) {
			const w = this.#weight[order[i]!]!;
			const value = this.#values[order[i]!]!;
			weight += w;
			sum += w * value;
			squares += w * value * value;
		}
		return { sum, weight, impurity: squares / weight - (sum / weight) ** 2 };
	}

	#bestSplit(from: number, to: number, sum: number, weight: number): Split | undefined {
		const best: Split = {
			...{ column: LEAF, feature: LEAF, choice: LEAF, threshold: LEAF },
			...{ gain: -Infinity, ties: 0 },
		};
		for (const [f, feature] of this.#features.entries()) {
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
		const order = this.#order[feature]!;
		const trialWeight = this.#weight;
		const values = this.#values;
		let gain = -Infinity;
		let place = from;
		let leftSum = 0;
		let leftWeight = 0;
		let before = x[order[from]!]!;
		for (let i = from + 1; i < to; i++) {
			const trial = order[i - 1]!;
			leftWeight += trialWeight[trial]!;
			leftSum += trialWeight[trial]! * values[trial]!;
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
		Object.assign(best, { column: this.#first[feature]!, feature, choice: LEAF, gain });
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
		const order = this.#order[feature]!;
		const choiceWeight = this.#choiceWeight[feature]!.fill(0);
		const choiceSum = this.#choiceSum[feature]!.fill(0);
		for (let i = from; i < to; i++) {
			const trial = order[i]!;
			const w = this.#weight[trial]!;
			choiceWeight[codes[trial]!]! += w;
			choiceSum[codes[trial]!]! += w * this.#values[trial]!;
		}
		for (let choice = 0; choice < choiceWeight.length; choice++) {
			const ones = choiceWeight[choice]!;
			if (ones === 0 || ones === weight) continue;
			const gain = gainOf(sum - choiceSum[choice]!, weight - ones, sum, weight);
			if (!this.#takes(best, gain)) continue;
			const column = this.#first[feature]! + choice;
			Object.assign(best, { column, feature, choice, gain, threshold: 0.5 });
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
		const feature = this.#features[split.feature]!;
		const goesLeft = this.#goesLeft;
		const own = this.#order[split.feature]!;
		for (let i = from; i < to; i++) {
			const trial = own[i]!;
			const left =
				feature.kind === 'number'
					? feature.values[trial]! <= split.threshold
					: feature.codes[trial] !== split.choice;
			goesLeft[trial] = left ? 1 : 0;
		}
		let middle = from;
		for (const order of this.#order) middle = this.#partitionOne(order, from, to);
		return middle;
	}

	#partitionOne(order: Uint32Array, from: number, to: number): number {
		let left = from;
		let right = 0;
		for (let i = from; i < to; i++) {
			const trial = order[i]!;
			if (this.#goesLeft[trial]) order[left++] = trial;
			else this.#scratch[right++] = trial;
		}
		order.set(this.#scratch.subarray(0, right), left);
		return left;
	}
}

/** Grows with the squared error that a split removes. */
function gainOf(leftSum: number, leftWeight: number, sum: number, weight: number): number {
	const rightSum = sum - leftSum;
	return (leftSum * leftSum) / leftWeight + (rightSum * rightSum) / (weight - leftWeight);
}
