/** Parquet: typed columns, a missing value is null; title and link are in the file's metadata. */
import type { ExportColumn, ExportProgress, ExportSpec, ExportTable } from './table';

export const parquet: ExportSpec = {
	title: 'Parquet',
	mediaType: 'application/vnd.apache.parquet',
	extension: '.parquet',
	write,
};

async function write(
	table: ExportTable,
	_options: unknown,
	onProgress: ExportProgress,
): Promise<Uint8Array> {
	// Loaded when asked for: most visits export no Parquet.
	const { parquetWriteBuffer } = await import('hyparquet-writer');
	const columnData = table.columns.map((column) => ({
		name: column.id,
		nullable: true,
		...dataOf(column, table.rows),
	}));
	const buffer = parquetWriteBuffer({
		columnData,
		createdBy: 'LEMUR Web',
		kvMetadata: [
			{ key: 'title', value: table.title },
			{ key: 'link', value: table.link },
		],
	});
	onProgress(table.rows, table.rows);
	return new Uint8Array(buffer);
}

function dataOf(column: ExportColumn, rows: number) {
	const each = <T>(of: (row: number) => T) => Array.from({ length: rows }, (_, row) => of(row));
	if (column.kind === 'text')
		return { type: 'STRING' as const, data: each((row) => column.at(row) || null) };
	const values = each((row) => column.at(row));
	const missing = (value: number) => Number.isNaN(value);
	if (column.integer && values.every((value) => missing(value) || Number.isSafeInteger(value)))
		return {
			type: 'INT64' as const,
			data: values.map((value) => (missing(value) ? null : BigInt(value))),
		};
	return { type: 'DOUBLE' as const, data: values.map((value) => (missing(value) ? null : value)) };
}
