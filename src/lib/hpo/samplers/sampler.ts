/**
 * What every sampler is: a pure function from what was seen to what to try next. It keeps nothing
 * between two calls, so a study that is resumed goes on as if it had never stopped.
 */
import { isSingle, type Distribution } from '../distributions';
import type { Space } from '../space';
import type { History } from '../trial';

/** What a suggestion may depend on. */
export interface SuggestRequest {
	/** the trials so far; the one that is asked for may be among them and is ignored */
	readonly history: History;
	/** what is searched now */
	readonly space: Space;
	/** number of the trial that is asked for */
	readonly trial: number;
	/** of the study */
	readonly seed: number;
}

export interface Sampler {
	/** @returns one input for each parameter of the space, always inside of its range */
	suggest(request: SuggestRequest): number[];
	/** @returns how many different suggestions there are before all have been made; default: no end */
	capacity?(space: Space): number;
}

/** @returns the only value of a range that has one, undefined for others */
export function onlyInput(distribution: Distribution): number | undefined {
	if (!isSingle(distribution)) return undefined;
	return distribution.type === 'categorical' ? 0 : distribution.low;
}
