/** The current filter as a table and a citation for a paper. */
import { data } from '$lib/state/data.svelte';
import { link } from '$lib/state/link.svelte';
import { bibtex } from '$lib/stats/export/bibtex';
import { latexTable } from '$lib/stats/export/latex';
import { markdownTable } from '$lib/stats/export/markdown';
import { paperTable } from '$lib/stats/export/paper-table';
import type { Filter } from '$lib/stats/filter';
import { sentence } from '$lib/stats/print/sentence';
import { count } from '../format';

export type PaperForm = 'latex' | 'markdown';

/** More rows than this are no table of a paper. */
const MOST_NETS = 1_000;

/**
 * @returns nets by datasets as text
 * @throws RangeError when there are more than 1,000 nets; as `data.client.summary`
 */
export async function paperText(
	filter: Filter,
	form: PaperForm,
	statistic: 'best' | 'mean',
): Promise<{ text: string; rows: number; columns: number }> {
	const summary = await data.client.summary(filter, ['nn', 'dataset'], { lane: 'paper' });
	const table = paperTable(summary, {
		title: sentence(filter, { snapshot: data.snapshot?.version ?? '' }),
		link: link.share().href,
		statistic,
	});
	const rows = table.rows.length;
	if (rows > MOST_NETS)
		throw new RangeError(
			`${count(rows)} nets make no table for a paper. Filter to ${count(MOST_NETS)} or fewer.`,
		);
	const text = form === 'latex' ? latexTable(table) : markdownTable(table);
	return { text, rows, columns: table.columns.length };
}

/** @returns BibTeX of LEMUR's paper and of the snapshot that is shown; '' before it is known */
export function citation(): string {
	const { snapshot } = data;
	if (!snapshot) return '';
	const { version, date, database } = snapshot;
	return bibtex({ version, hash: database.sha256, link: link.share().href, date });
}
