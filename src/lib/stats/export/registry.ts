/** The export formats, one file each. A format turns a query's columns into bytes. */
import { csv } from './csv';
import { json } from './json';
import { ndjson } from './ndjson';
import { parquet } from './parquet';
import { sqlite } from './sqlite';
import type { ExportSpec } from './table';
import { tsv } from './tsv';

export const EXPORT_FORMATS = ['csv', 'tsv', 'json', 'ndjson', 'parquet', 'sqlite'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** Every format by its id. */
export const EXPORTS = {
	csv,
	tsv,
	json,
	ndjson,
	parquet,
	sqlite,
} satisfies Record<ExportFormat, ExportSpec>;
