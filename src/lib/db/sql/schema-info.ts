/** Tables, views and their columns, for the side list and completion of the SQL room. */

/** One statement for the worker: name, kind, column, declared type; LEMUR's names first. */
export const SCHEMA_SQL = `
SELECT l.name AS name, l.type AS kind, c.name AS "column", c.type AS type
FROM pragma_table_list l JOIN pragma_table_info(l.name, l.schema) c
WHERE l.type IN ('table', 'view') AND l.name NOT LIKE 'sqlite%'
	AND NOT (l.schema = 'main' AND l.name IN (SELECT name FROM sqlite_temp_schema))
ORDER BY l.type = 'table', l.name, c.cid`;

export interface SchemaColumn {
	readonly name: string;
	/** as declared; '' for a view's computed column */
	readonly type: string;
}

export interface SchemaTable {
	readonly name: string;
	readonly kind: 'table' | 'view';
	readonly columns: readonly SchemaColumn[];
}

/** The part of a result that is read here. */
interface Columns {
	readonly columns: readonly { readonly values: ArrayLike<unknown> }[];
	readonly rows: number;
}

/** Groups the result of {@link SCHEMA_SQL} by table, in its order. */
export function schemaTables({ columns, rows }: Columns): readonly SchemaTable[] {
	const text = (column: number, row: number) => String(columns[column]?.values[row] ?? '');
	const tables = new Map<string, { kind: 'table' | 'view'; columns: SchemaColumn[] }>();
	for (let row = 0; row < rows; row++) {
		const name = text(0, row);
		const table = tables.get(name) ?? {
			kind: text(1, row) === 'view' ? ('view' as const) : ('table' as const),
			columns: [],
		};
		table.columns.push({ name: text(2, row), type: text(3, row) });
		tables.set(name, table);
	}
	return [...tables].map(([name, table]) => ({ name, ...table }));
}
