/**
 * What the export dialog says of each format. The formats themselves are written in the data worker
 * (`stats/export/registry.ts`); importing them here would put their writers into the page.
 */
import type { ExportFormat } from '../../stats/export/registry';

export type ExportChoice = ExportFormat;

interface FormatWords {
	readonly title: string;
	readonly about: string;
	/** with its dot */
	readonly extension: string;
}

export const FORMATS: Readonly<Record<ExportFormat, FormatWords>> = {
	csv: { title: 'CSV', about: 'comma separated, UTF-8', extension: '.csv' },
	tsv: { title: 'TSV', about: 'tab separated', extension: '.tsv' },
	json: { title: 'JSON', about: 'one array of objects', extension: '.json' },
	ndjson: { title: 'NDJSON', about: 'an object per line', extension: '.ndjson' },
	parquet: { title: 'Parquet', about: 'typed columns, small', extension: '.parquet' },
	sqlite: { title: 'SQLite', about: 'a database with one table', extension: '.db' },
};
