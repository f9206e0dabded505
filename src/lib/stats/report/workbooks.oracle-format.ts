/** The parts of workbooks.json that the runner checks. Only the oracle runner reads it. */
import * as v from 'valibot';

const value = v.nullable(v.union([v.string(), v.number()]));
const pair = v.tuple([v.number(), v.number()]);
const row = v.array(value);

const workbook = v.looseObject({
	zip_entries: v.array(v.string()),
	strings_are_inline: v.boolean(),
	sheet_names: v.array(v.string()),
	dimension: v.string(),
	header: v.array(v.string()),
	data_rows: v.number(),
	cell_kinds_per_column: v.record(v.string(), v.record(v.string(), v.number())),
	labels: v.array(v.looseObject({ cell: v.string(), text: v.string() })),
	images: v.array(
		v.looseObject({
			col0: v.number(),
			row0: v.number(),
			col_off: v.number(),
			row_off: v.number(),
			ext_emu: pair,
			name: v.string(),
			id: v.string(),
			relation: v.string(),
			media: v.string(),
			plot_file: v.string(),
		}),
	),
	image_files_looked_for_in_order: v.array(
		v.looseObject({ category: v.string(), file: v.string(), found: v.boolean() }),
	),
	default_row_height: v.string(),
	base_col_width: v.string(),
	cell_xfs: v.number(),
	font: v.tuple([v.string(), v.number()]),
	sample_cells: v.array(
		v.looseObject({
			cell: v.string(),
			column: v.string(),
			source_value: value,
			whole_row: row,
		}),
	),
	sums: v.record(v.string(), v.number()),
	first_rows: v.array(row),
	last_rows: v.array(row),
});

const full = v.looseObject({ 'statistics.xlsx': workbook, 'raw_data.xlsx': workbook });

/** The entries called `full_<version>`, by version. */
export const workbooksFormat = v.pipe(
	v.record(v.string(), v.unknown()),
	v.transform((entries) =>
		Object.entries(entries)
			.filter(([name]) => name.startsWith('full_'))
			.map(([name, entry]) => [name.slice('full_'.length), v.parse(full, entry)] as const),
	),
);

export type ExpectedWorkbook = v.InferOutput<typeof workbook>;
export type ExpectedRow = v.InferOutput<typeof row>;
