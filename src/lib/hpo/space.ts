/** A search space: parameters in an order, each with its distribution, no name twice. */
import {
	checked,
	sameDistribution,
	SpaceError,
	toExternal,
	toInternal,
	type Distribution,
	type ParamValue,
} from './distributions';

export interface Parameter {
	readonly name: string;
	readonly distribution: Distribution;
}

/** Values belong to it by position, so that names from outside are never keys of an object. */
export type Space = readonly Parameter[];

export type Params = Readonly<Record<string, ParamValue>>;

/**
 * @param parameters pairs, or an object of distributions
 * @throws SpaceError when a name comes twice or is empty, or a range cannot be searched
 */
export function spaceOf(
	parameters: Iterable<readonly [string, Distribution]> | Readonly<Record<string, Distribution>>,
): Space {
	const pairs = isIterable(parameters) ? parameters : Object.entries(parameters);
	const seen = new Set<string>();
	return Array.from(pairs, ([name, distribution]) => {
		if (name === '') throw new SpaceError('A parameter needs a name.');
		if (seen.has(name)) throw new SpaceError(`${name}: this parameter is named twice.`);
		seen.add(name);
		return { name, distribution: checked(name, distribution) };
	});
}

function isIterable<T>(value: object): value is Iterable<T> {
	return Symbol.iterator in value;
}

/** @returns whether both have the same parameters in the same order */
export function sameSpace(a: Space, b: Space): boolean {
	return (
		a === b ||
		(a.length === b.length &&
			a.every(
				({ name, distribution }, i) =>
					name === b[i]!.name && sameDistribution(distribution, b[i]!.distribution),
			))
	);
}

/** @returns the values by name, own properties whatever the names are */
export function paramsOf(space: Space, inputs: ArrayLike<number>): Params {
	return Object.fromEntries(
		space.map(({ name, distribution }, i) => [name, toExternal(distribution, inputs[i]!)]),
	);
}

/**
 * @returns the plain numbers of values by name
 * @throws SpaceError when one is missing or is not in its range
 */
export function inputsOf(space: Space, params: Params): number[] {
	return space.map(({ name, distribution }) => {
		const value = Object.hasOwn(params, name) ? params[name] : undefined;
		if (value === undefined) throw new SpaceError(`${name}: this value is missing.`);
		const input = toInternal(distribution, value);
		if (input === null) throw new SpaceError(`${name}: ${String(value)} is not in its range.`);
		return input;
	});
}
