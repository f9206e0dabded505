/**
 * What a hyperparameter may be: Optuna's distributions as plain values, and the two crossings between
 * what a visitor sees (a number, a choice) and the plain number that samplers compute with. Not a
 * sampler: it knows nothing of trials.
 */

/** One of several values without an order. */
export type Choice = string | number | boolean | null;

/** What a trial is run with. */
export type ParamValue = Choice;

export interface NumericDistribution {
	readonly type: 'float' | 'int';
	readonly low: number;
	/** part of the range; on the grid of `step` when there is one */
	readonly high: number;
	/** null = continuous (only for floats) */
	readonly step: number | null;
	/** whether it is searched on a logarithmic scale; low > 0 then */
	readonly log: boolean;
}

export interface CategoricalDistribution {
	readonly type: 'categorical';
	readonly choices: readonly Choice[];
}

export type Distribution = NumericDistribution | CategoricalDistribution;

/** A range that cannot be searched. The message names the parameter, the rule and the values. */
export class SpaceError extends Error {
	override readonly name = 'SpaceError';
}

export interface NumericOptions {
	readonly step?: number | null;
	readonly log?: boolean;
}

/** @throws SpaceError as {@link checked} does */
export function float(low: number, high: number, options: NumericOptions = {}): Distribution {
	const { step = null, log = false } = options;
	return checked('float', { type: 'float', low, high, step, log });
}

/** @throws SpaceError as {@link checked} does */
export function int(low: number, high: number, options: NumericOptions = {}): Distribution {
	const { step = 1, log = false } = options;
	return checked('int', { type: 'int', low, high, step: step ?? 1, log });
}

/** @throws SpaceError as {@link checked} does */
export function categorical(choices: readonly Choice[]): Distribution {
	return checked('categorical', { type: 'categorical', choices });
}

/**
 * @param name of the parameter, for the message
 * @returns the distribution, its upper end moved down to the grid of its step
 * @throws SpaceError when its range is empty, not finite, or does not suit its scale
 */
export function checked(name: string, distribution: Distribution): Distribution {
	if (distribution.type === 'categorical') return checkedChoices(name, distribution);
	const { type, low, high, step, log } = distribution;
	const complain = (rule: string): never => {
		throw new SpaceError(`${name}: ${rule} (low ${low}, high ${high}).`);
	};
	if (!Number.isFinite(low) || !Number.isFinite(high)) complain('both ends must be finite numbers');
	if (!Number.isFinite(high - low)) complain('the range is wider than a number can hold');
	if (low > high) complain('the lower end must not be above the upper one');
	if (log && !(low > 0)) complain('a logarithmic range must lie above 0');
	if (type === 'int') {
		if (!Number.isSafeInteger(low) || !Number.isSafeInteger(high))
			complain('the ends of an int range must be whole numbers');
		if (step === null || !Number.isSafeInteger(step)) complain('an int needs a whole step');
		if (log && step !== 1) complain('a logarithmic int range has the step 1');
	} else if (log && step !== null) complain('a logarithmic range cannot have a step');
	if (step === null) return distribution;
	if (!(step > 0)) complain(`the step must be above 0, not ${step}`);
	return { ...distribution, high: lastOnGrid(low, high, step) };
}

function checkedChoices(name: string, distribution: CategoricalDistribution): Distribution {
	const { choices } = distribution;
	if (choices.length === 0) throw new SpaceError(`${name}: there is nothing to choose from.`);
	const seen = new Set<Choice>();
	for (const choice of choices) {
		if (typeof choice === 'number' && !Number.isFinite(choice))
			throw new SpaceError(`${name}: ${choice} cannot be a choice, as it is no finite number.`);
		if (seen.has(choice))
			throw new SpaceError(`${name}: the choice ${String(choice)} is named twice.`);
		seen.add(choice);
	}
	return distribution;
}

/** Decimal steps do not divide exactly in binary: 0.3 / 0.1 is a little below 3. */
const GRID_SLACK = 1e-9;

function lastOnGrid(low: number, high: number, step: number): number {
	const steps = Math.floor((high - low) / step + GRID_SLACK);
	return Math.min(high, low + steps * step);
}

/** @returns whether a parameter can have one value only: there is nothing to search then */
export function isSingle(distribution: Distribution): boolean {
	if (distribution.type === 'categorical') return distribution.choices.length <= 1;
	const { low, high, step } = distribution;
	return low === high || (step !== null && high - low < step);
}

/** @returns whether two distributions are the same: types, ends, scale, choices in the same order */
export function sameDistribution(a: Distribution, b: Distribution): boolean {
	if (a === b) return true;
	if (a.type === 'categorical' || b.type === 'categorical') {
		if (a.type !== b.type || !('choices' in a) || !('choices' in b)) return false;
		return (
			a.choices.length === b.choices.length &&
			a.choices.every((choice, i) => choice === b.choices[i])
		);
	}
	return (
		a.type === b.type &&
		a.low === b.low &&
		a.high === b.high &&
		a.step === b.step &&
		a.log === b.log
	);
}

/**
 * @returns the value as samplers compute with it: the number itself, or the place of the choice;
 * null when the distribution has no such value
 */
export function toInternal(distribution: Distribution, value: ParamValue): number | null {
	if (distribution.type === 'categorical') {
		const place = distribution.choices.indexOf(value);
		return place < 0 ? null : place;
	}
	if (typeof value !== 'number' || !Number.isFinite(value)) return null;
	if (value < distribution.low || value > distribution.high) return null;
	return distribution.type === 'int' && !Number.isInteger(value) ? null : value;
}

/** @returns the value that a trial is run with */
export function toExternal(distribution: Distribution, input: number): ParamValue {
	return distribution.type === 'categorical' ? (distribution.choices[input] ?? null) : input;
}

/** @returns the number moved to the nearest value of the range: on its grid, between its ends */
export function nearest(distribution: NumericDistribution, x: number): number {
	const { type, low, high, step } = distribution;
	const onGrid = step === null ? x : low + roundHalfEven((x - low) / step) * step;
	const inside = Math.min(high, Math.max(low, onGrid));
	return type === 'int' ? Math.round(inside) : inside;
}

/** Halves go to the even neighbour, as in Python and NumPy. */
export function roundHalfEven(x: number): number {
	const floor = Math.floor(x);
	const rest = x - floor;
	if (rest !== 0.5) return Math.round(x);
	return floor % 2 === 0 ? floor : floor + 1;
}

/** @returns how many values there are; Infinity for a continuous range */
export function valueCount(distribution: Distribution): number {
	if (distribution.type === 'categorical') return distribution.choices.length;
	const { low, high, step } = distribution;
	if (low === high) return 1;
	return step === null ? Infinity : Math.floor((high - low) / step + GRID_SLACK) + 1;
}
