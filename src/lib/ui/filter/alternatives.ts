/** The draft of the "match any of" dialog: from a filter, and back into it. Plain values. */
import type { Conditions, Filter } from '../../stats/filter';
import { omit } from './conditions';

/** @returns the filter's alternatives; without any, its own conditions are the first one */
export function alternativesOf(filter: Filter): readonly Conditions[] {
	if (filter.any) return filter.any;
	return [omit(filter, 'best'), {}];
}

/**
 * @param drafts alternatives; one without conditions says nothing yet and is left out
 * @returns the filter that matches any of them: where it had no alternatives before, its own
 * conditions are among the drafts and are replaced by them
 */
export function withAlternatives(filter: Filter, drafts: readonly Conditions[]): Filter {
	const any = drafts.filter((draft) => Object.keys(draft).length > 0);
	const best = filter.best ? { best: filter.best } : {};
	if (filter.any) {
		const rest = omit(filter, 'any');
		return any.length > 0 ? { ...rest, any } : rest;
	}
	const [only] = any;
	// A single alternative is no choice: it is the filter itself.
	return any.length > 1 ? { any, ...best } : { ...only, ...best };
}
