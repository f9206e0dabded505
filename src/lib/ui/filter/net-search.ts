/** The net search box without its box: what a typed text means, and which names it could become. */
import type { Catalogue } from '../../stats/catalogue';
import { prefixSearch } from './search';

export type NetMode = 'nnPrefix' | 'nn' | 'nnFamily' | 'nnRegex';

const MAX_PATTERN = 200;
const MAX_NAME = 500;
const MAX_OFFERS = 20;

/** @returns the value of the condition, or what is wrong with the text */
export function readNetCondition(
	mode: NetMode,
	text: string,
): { readonly value: string; readonly error?: undefined } | { readonly error: string } {
	if (text === '') return { error: 'Type a part of a name first.' };
	const limit = mode === 'nnRegex' ? MAX_PATTERN : MAX_NAME;
	if (text.length > limit)
		return { error: `${text.length} characters are too many; ${limit} are the limit.` };
	if (mode !== 'nnRegex') return { value: text };
	try {
		new RegExp(text, 'u');
		return { value: text };
	} catch (thrown) {
		const reason = thrown instanceof Error ? thrown.message : '';
		// The browser's sentence repeats the pattern before its reason.
		return { error: `Not a pattern: ${reason.split(': ').at(-1)}.` };
	}
}

/** @returns up to 20 names of the snapshot that begin like the text; none for a pattern */
export function suggestions(
	catalogue: Pick<Catalogue, 'nns' | 'families'> | undefined,
	mode: NetMode,
	text: string,
): string[] {
	if (!catalogue || mode === 'nnRegex' || text === '') return [];
	const test = prefixSearch(text);
	const found: string[] = [];
	for (const name of mode === 'nnFamily' ? catalogue.families : catalogue.nns) {
		if (test(name)) found.push(name);
		if (found.length === MAX_OFFERS) break;
	}
	return found;
}
