/** Names that a text condition can be completed to. */
import type { Catalogue } from '../../stats/catalogue';
import { suggestions } from './net-search';

/** @returns names of the snapshot for a column; few, and none where nothing is known */
export function optionsOf(
	catalogue: Catalogue | undefined,
	field: string,
	text: string,
): readonly string[] {
	if (!catalogue) return [];
	if (field === 'task' || field === 'dataset' || field === 'metric')
		return [...new Set(catalogue.tasks.map((one) => one[field]))];
	if (field === 'transform') return catalogue.transforms.slice(0, 200);
	if (field === 'nn' || field === 'nnPrefix' || field === 'nnFamily')
		return suggestions(catalogue, field, text);
	return [];
}
