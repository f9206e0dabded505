/** Random search: every trial is drawn anew, uniformly (or log-uniformly) over the space. */
import { streamOf } from '../random';
import { onlyInput, type Sampler, type SuggestRequest } from './sampler';
import { inputAt } from './uniform';

export const randomSampler: Sampler = { suggest: suggestRandom };

/** @returns inputs that depend on seed, trial and the parameter's name alone */
export function suggestRandom({ space, seed, trial }: Omit<SuggestRequest, 'history'>): number[] {
	return space.map(
		({ name, distribution }) =>
			onlyInput(distribution) ?? inputAt(distribution, streamOf(seed, trial, name, 'uniform')()),
	);
}
