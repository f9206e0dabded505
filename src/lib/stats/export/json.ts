/** JSON: one array of row objects, one row a line. */
import { jsonRow } from './json-row';
import type { ExportSpec } from './table';
import { writeRows } from './text-parts';

export const json: ExportSpec = {
	title: 'JSON',
	mediaType: 'application/json',
	extension: '.json',
	write(table, _options, onProgress) {
		const object = jsonRow(table);
		const row = (r: number) => (r === 0 ? '\n' : ',\n') + object(r);
		return writeRows(table.rows, { head: '[', row, foot: '\n]\n' }, onProgress);
	},
};
