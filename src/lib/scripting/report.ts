/** `lemur.report`: a workbook that says of itself what one made by the page says. */
import type { DataClient } from '../db/client';
import type { Filter } from '../stats/filter';
import { sentence } from '../stats/print/sentence';
import type { ReportKind } from '../stats/report/report';
import { printLink } from '../url/codec';
import { DEFAULT_VIEW } from '../url/view';

/** characters of the hash in a link */
const HASH_SHOWN = 12;

/**
 * @param baseUrl absolute URL of the site's root folder, with its last slash
 * @returns the file, linked to the table of the same rows; rejects as the client does
 */
export async function makeReport(
	client: DataClient,
	baseUrl: string,
	asked: { readonly kind: ReportKind; readonly filter: Filter; readonly pictures: boolean },
): Promise<Blob> {
	const { kind, filter, pictures } = asked;
	const { version, hash } = await client.ready();
	const { total } = await client.facets(filter, []);
	const snapshot = { version, hash: hash.slice(0, HASH_SHOWN) };
	const { fragment } = printLink({ ...DEFAULT_VIEW, snapshot, filter });
	const options = {
		sentence: sentence(filter, { rows: total, snapshot: version }),
		link: new URL(`explore/${fragment}`, baseUrl).href,
		source: `LEMUR ${version}, sha256 ${hash}`,
		date: new Date().toISOString(),
		pictures,
	};
	const { file } = await client.report({ filter, kind, options });
	return file;
}
