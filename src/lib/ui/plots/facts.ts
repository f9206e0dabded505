/** What pictures and files of a plot say of themselves: the rows, the data, the address. */
import { data } from '$lib/state/data.svelte';
import { link } from '$lib/state/link.svelte';
import { sentence } from '$lib/stats/print/sentence';
import { counts } from '../filter/counts.svelte';

/** The rows of the filter in words; reactive. */
export function rowsSentence(): string {
	return sentence(link.view.filter, {
		...(counts.total === undefined ? {} : { rows: counts.total }),
		...(data.snapshot ? { snapshot: data.snapshot.version } : {}),
	});
}

/** Version and hash of the data. */
export function sourceText(): string {
	const { snapshot } = data;
	return snapshot ? `LEMUR ${snapshot.version}, sha256 ${snapshot.database.sha256}` : '';
}
