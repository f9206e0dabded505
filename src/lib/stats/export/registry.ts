/** The export formats, one file each. A format turns a query's columns into bytes. */

export const EXPORT_FORMATS = ['csv', 'tsv', 'json', 'ndjson', 'parquet', 'sqlite'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];
