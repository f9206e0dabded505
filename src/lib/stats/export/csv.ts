/** CSV: separator, byte order mark and guard by choice. */
import { writeDelimited } from './delimited';
import type { ExportSpec } from './table';

export const csv: ExportSpec = {
	title: 'CSV',
	mediaType: 'text/csv',
	extension: '.csv',
	write: writeDelimited,
};
