/** Tags as they are typed: a list with commas. */
import { MAX_TAGS } from '../../hpo/study/events';

const MAX_TAG = 50;

/** @returns the tags, each once, or what is wrong with them in words */
export function tagsOf(
	text: string,
): { readonly tags: readonly string[] } | { readonly problem: string } {
	const tags = [...new Set(text.split(',').map((tag) => tag.trim()))].filter(Boolean);
	const long = tags.find((tag) => tag.length > MAX_TAG);
	if (long !== undefined)
		return {
			problem: `A tag may have ${MAX_TAG} characters; “${long.slice(0, 20)}…” has ${long.length}.`,
		};
	if (tags.length > MAX_TAGS) return { problem: `A trial may have ${MAX_TAGS} tags.` };
	return { tags };
}
