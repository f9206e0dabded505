/** Names of files that leave the site: what is in them, and which data it came from. */
import type { Filter } from '../../stats/filter';

const MOST = 3;
const MAX_PART = 40;

/**
 * @param extension with its dot
 * @returns `lemur-cifar-10-2.1.2.csv`: up to three datasets of the filter and the snapshot
 */
export function fileName(filter: Filter, version: string, extension: string): string {
	const datasets = filter.dataset ?? [];
	const named = datasets.length > MOST ? [`${datasets.length}-datasets`] : datasets;
	const parts = ['lemur', ...named, version].map(safe).filter(Boolean);
	return parts.join('-') + extension;
}

/** No path, no control characters, no leading dot: a plain word on every system. */
function safe(part: string): string {
	return part
		.normalize('NFKD')
		.replace(/[^\w.-]+/g, '_')
		.replace(/^[._]+|[._]+$/g, '')
		.slice(0, MAX_PART);
}
