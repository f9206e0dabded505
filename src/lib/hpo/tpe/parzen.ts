/**
 * Layer 3 of TPE: from observations to a density. Each observation becomes a kernel; one more, the
 * prior, covers the whole range, so that nothing is ever ruled out.
 */
import type { CategoricalDistribution, Distribution } from '../distributions';
import {
	axisOf,
	ChoiceKernels,
	coordinate,
	DensityKernels,
	rowsOf,
	type Axis,
	type Kernels,
	type NormalKernels,
} from './kernels';
import { MassKernels } from './mass-kernels';
import { Mixture, Weights } from './mixture';
import { defaultWeights } from './split';
import type { Bandwidth, TpePreset } from './presets';

const PRIOR_WEIGHT = 1;
/** A kernel is never narrower than the range divided by this ("magic clip"). */
const MOST_NARROW = 100;

/** The part of a preset that says how densities are made. */
export type DensityRules = Pick<TpePreset, 'bandwidth' | 'logIntMass'>;

/**
 * @param distributions by parameter
 * @param observations by parameter: as many values each, oldest first, as samplers compute with them
 */
export function fitParzen(
	distributions: readonly Distribution[],
	observations: readonly Float64Array[],
	rules: DensityRules,
): Mixture {
	const count = observations[0]?.length ?? 0;
	const kernels = distributions.map((distribution, p): Kernels => {
		const values = observations[p]!;
		return distribution.type === 'categorical'
			? choiceKernels(distribution, values)
			: numericKernels(axisOf(distribution, rules.logIntMass), values, {
					bandwidth: rules.bandwidth,
					parameters: distributions.length,
				});
	});
	return new Mixture(mixtureWeights(count), kernels);
}

/** Of the last few counts: all parameters of a suggestion, and the next suggestions, share them. */
const knownWeights = new Map<number, Weights>();
const KEPT_WEIGHTS = 4;

function mixtureWeights(count: number): Weights {
	const known = knownWeights.get(count);
	if (known) return known;
	const shares = new Float64Array(count + 1);
	shares.set(defaultWeights(count));
	shares[count] = PRIOR_WEIGHT;
	let total = 0;
	for (let k = 0; k <= count; k++) total += shares[k]!;
	for (let k = 0; k <= count; k++) shares[k]! /= total;
	const made = new Weights(shares);
	const [oldest] = knownWeights.keys();
	if (oldest !== undefined && knownWeights.size >= KEPT_WEIGHTS) knownWeights.delete(oldest);
	knownWeights.set(count, made);
	return made;
}

function choiceKernels(distribution: CategoricalDistribution, values: Float64Array): ChoiceKernels {
	const everywhere = PRIOR_WEIGHT / (values.length + 1);
	const total = 1 + distribution.choices.length * everywhere;
	return new ChoiceKernels(
		distribution,
		new Int32Array(values),
		(1 + everywhere) / total,
		everywhere / total,
	);
}

interface WidthRule {
	readonly bandwidth: Bandwidth;
	/** number of parameters of the joint space */
	readonly parameters: number;
}

function numericKernels(axis: Axis, values: Float64Array, rule: WidthRule): NormalKernels {
	const count = values.length;
	const prior = priorCentre(axis, rule.bandwidth);
	const width = axis.high - axis.low;
	const [mu, sigma] = rowsOf(2, count + 1);
	for (let i = 0; i < count; i++) mu[i] = coordinate(axis, values[i]!);
	mu[count] = prior;
	if (rule.bandwidth === 'scott') sigma.fill(0.2 * count ** (-1 / (rule.parameters + 4)) * width);
	else setGaps(axis, mu, sigma, rule.bandwidth === 'neighbours-with-prior' ? count + 1 : count);
	const narrowest = width / Math.min(MOST_NARROW, count + 2);
	for (let i = 0; i < count; i++) sigma[i] = Math.min(width, Math.max(narrowest, sigma[i]!));
	sigma[count] = width;
	return axis.discrete
		? new MassKernels(axis, mu, sigma, rule.parameters)
		: new DensityKernels(axis, mu, sigma);
}

/** Optuna 4.5 takes the middle of the range without the half steps; the difference is one rounding. */
function priorCentre(axis: Axis, bandwidth: Bandwidth): number {
	const { distribution, low, high } = axis;
	if (bandwidth === 'neighbours' || distribution.log) return 0.5 * (low + high);
	return 0.5 * (distribution.low + distribution.high);
}

/**
 * Gives each of the first `points` centres the wider of the gaps to its two neighbours, the first and
 * the last one the inner gap. Equal centres keep their order.
 */
function setGaps(axis: Axis, mu: Float64Array, sigma: Float64Array, points: number): void {
	if (points === 0) return;
	if (points === 1) {
		sigma[0] = Math.max(mu[0]! - axis.low, axis.high - mu[0]!);
		return;
	}
	const { sorted, taken } = scratchFor(points);
	sorted.set(mu.subarray(0, points));
	sorted.sort();
	// How many of a run of equal centres have had their turn: they stand in the order of their trials.
	taken.fill(0);
	for (let i = 0; i < points; i++) {
		const first = firstPlace(sorted, mu[i]!);
		const place = first + taken[first]!++;
		const below = place > 0 ? sorted[place]! - sorted[place - 1]! : -Infinity;
		const above = place + 1 < points ? sorted[place + 1]! - sorted[place]! : -Infinity;
		sigma[i] = Math.max(below, above);
	}
}

/** Space to work in, written anew by every call: there are ten of them for each suggestion. */
let scratch = { sorted: new Float64Array(0), taken: new Uint32Array(0) };

function scratchFor(points: number): typeof scratch {
	const { length } = scratch.sorted;
	if (length < points)
		scratch = { sorted: new Float64Array(2 * points), taken: new Uint32Array(2 * points) };
	const { sorted, taken } = scratch;
	return { sorted: sorted.subarray(0, points), taken: taken.subarray(0, points) };
}

/** Where a value is first in an ascending array that holds it. */
function firstPlace(ascending: Float64Array, value: number): number {
	let low = 0;
	let high = ascending.length - 1;
	while (low < high) {
		const middle = (low + high) >> 1;
		if (ascending[middle]! < value) low = middle + 1;
		else high = middle;
	}
	return low;
}
