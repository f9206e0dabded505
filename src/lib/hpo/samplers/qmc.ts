/**
 * Quasi-random search: trial n is point n of Sobol's sequence, moved by the seed. It covers a space
 * more evenly than random search and learns as little from results.
 */
import { streamOf } from '../random';
import { onlyInput, type Sampler } from './sampler';
import { SOBOL_DIMENSIONS, sobolBits, sobolShare } from './sobol';
import { inputAt } from './uniform';

/** Parameters beyond the sequence's dimensions are drawn at random. */
export const qmcSampler: Sampler = {
	suggest({ space, seed, trial }) {
		const byName = space.map((_, place) => place);
		byName.sort((a, b) => (space[a]!.name < space[b]!.name ? -1 : 1));
		const inputs = new Array<number>(space.length);
		let dimension = 0;
		for (const place of byName) {
			const { name, distribution } = space[place]!;
			const random = streamOf(seed, name, 'qmc');
			inputs[place] =
				onlyInput(distribution) ??
				inputAt(
					distribution,
					dimension < SOBOL_DIMENSIONS
						? sobolShare(sobolBits(trial, dimension++), Math.floor(random() * 2 ** 30))
						: streamOf(seed, trial, name, 'uniform')(),
				);
		}
		return inputs;
	},
};
