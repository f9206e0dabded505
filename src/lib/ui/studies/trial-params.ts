/** The values of a row of trials by the names of its study. */
import type { Params } from '../../hpo/space';
import type { TrialRow } from '../../hpo/worker/protocol';

/** @param names of the study, in the order of the row's values */
export function paramsOfRow(
	names: readonly string[],
	{ params }: Pick<TrialRow, 'params'>,
): Params {
	return Object.fromEntries(
		names.flatMap((name, i) => {
			const value = params[i];
			return value === undefined ? [] : [[name, value]];
		}),
	);
}
