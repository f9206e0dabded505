/** Runs of a leaderboard as the trials of a search, in the terms of `lib/hpo`: the space is what was observed. */
import type { Distribution, Trials } from '../../hpo/importance/space';
import type { Parameter, SearchRuns } from './search-runs';

/** LEMUR searches it as a choice among powers of two. */
const BATCH = 'batch';

/** @returns each run as a trial; what was reached is to be maximised */
export function trialsOf({ parameters, accuracy }: SearchRuns): Trials {
	const encoded = parameters.map(encode);
	return {
		parameters: encoded.map(({ name, distribution }) => ({ name, distribution })),
		inputs: encoded.map(({ input }) => input),
		values: accuracy,
	};
}

interface Encoded {
	readonly name: string;
	readonly distribution: Distribution;
	readonly input: Float64Array;
}

function encode({ name, values, choices, low, high, log }: Parameter): Encoded {
	if (choices.length > 0)
		return { name, distribution: { type: 'categorical', choices }, input: values };
	if (name !== BATCH)
		return { name, distribution: { type: 'float', low, high, step: null, log }, input: values };
	const sizes = [...new Set(values)].sort((a, b) => a - b);
	const number = new Map(sizes.map((size, i) => [size, i]));
	return {
		name,
		distribution: { type: 'categorical', choices: sizes },
		input: values.map((size) => number.get(size) ?? NaN),
	};
}
