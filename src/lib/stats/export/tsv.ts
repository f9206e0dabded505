/** TSV: tabs between cells; a cell with a tab or a line break is quoted as in CSV. */
import { writeDelimited } from './delimited';
import type { ExportSpec } from './table';

export const tsv: ExportSpec = {
	title: 'TSV',
	mediaType: 'text/tab-separated-values',
	extension: '.tsv',
	write: (table, options, onProgress) =>
		writeDelimited(table, { ...options, separator: '\t' }, onProgress),
};
