/** NDJSON: a row object a line, for readers that stream. */
import { jsonRow } from './json-row';
import type { ExportSpec } from './table';
import { writeRows } from './text-parts';

export const ndjson: ExportSpec = {
	title: 'NDJSON',
	mediaType: 'application/x-ndjson',
	extension: '.ndjson',
	write(table, _options, onProgress) {
		const object = jsonRow(table);
		return writeRows(table.rows, { head: '', row: (r) => `${object(r)}\n`, foot: '' }, onProgress);
	},
};
