/** A study's definition as a link: it carries no trials, and makes nothing before it is asked to. */
import { resolve } from '$app/paths';
import { copyText } from '$lib/state/copy';
import { link } from '$lib/state/link.svelte';
import { toasts } from '$lib/state/toast.svelte';
import { linkedText, type LinkedStudy } from '$lib/hpo/lemur/draft';
import { DEFAULT_VIEW } from '$lib/url/view';
import { absolute } from '$lib/url/absolute';
import { count } from '../format';

/** Copies the link, or says why there is none. */
export async function shareStudy(study: LinkedStudy): Promise<void> {
	const { snapshot } = link.view;
	const { href, tooLong } = link.share({ ...DEFAULT_VIEW, snapshot, study: linkedText(study) });
	const fragment = new URL(href).hash;
	if (tooLong) {
		toasts.show(
			`The link would have ${count(href.length)} characters, which many programs cut. Export the study as a file instead.`,
		);
		return;
	}
	const address = absolute(resolve('/studies')) + fragment;
	await copyText(address, 'Link copied: the settings of the study, without its trials');
}
