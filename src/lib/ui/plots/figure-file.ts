/** The data behind a figure as CSV and JSON, exact, and the names of all files made of a plot. */
import type { ExportColumn } from '../../stats/export/table';
import { writeDelimited } from '../../stats/export/delimited';
import type { Figure, FigureColumn } from '../../stats/plots/plot';
import type { PlotId } from '../../stats/plots/ids';
import { displayName } from '../../url/display-name';

/** What a file says of its figure. */
export interface FigureFacts {
	readonly plot: PlotId;
	readonly mode: string;
	/** the sentence of the rows */
	readonly sentence: string;
	/** address that shows the same */
	readonly link: string;
	/** data version and hash */
	readonly source: string;
}

const UNITS: Readonly<Record<FigureColumn['unit'], string>> = {
	fraction: 'fraction',
	ns: 'ns',
	count: '',
	plain: '',
	none: '',
};

/** Rows of a figure's table. */
export function tableRows({ table }: Pick<Figure, 'table'>): number {
	return table[0]?.values.length ?? 0;
}

/** @returns the title with its unit, as a file's header has it */
export function columnTitle({ title, unit }: FigureColumn): string {
	const name = displayName(title);
	return UNITS[unit] === '' || name.endsWith(`(${UNITS[unit]})`)
		? name
		: `${name} (${UNITS[unit]})`;
}

/** @returns CSV with a header; every number as it is, text made inert for spreadsheets */
export function figureCsv(figure: Figure): Uint8Array {
	const columns = figure.table.map((column): ExportColumn => {
		const { values } = column;
		const id = columnTitle(column);
		const at = (row: number) => values[row] ?? NaN;
		if (column.unit === 'none' || typeof values[0] === 'string')
			return { id, kind: 'text', at: (row) => textOf(at(row)) };
		return { id, kind: 'number', integer: false, at: (row) => Number(at(row)) };
	});
	const table = { columns, rows: tableRows(figure), title: figure.title, link: '' };
	return writeDelimited(table, { safe: true }, () => undefined);
}

const textOf = (value: number | string) =>
	typeof value === 'string' ? value : Number.isNaN(value) ? '' : String(value);

/** @returns JSON with what the figure says and its table by columns; NaN is null */
export function figureJson(figure: Figure, facts: FigureFacts): string {
	const { title, summary, used, notes } = figure;
	const columns = figure.table.map(({ title: name, unit, values }) => ({
		title: name,
		unit,
		values: Array.from<number | string>(values),
	}));
	return `${JSON.stringify({ title, ...facts, summary, used, notes, columns }, null, '\t')}\n`;
}

/** @param extension with its dot; @returns `lemur-rolling-mean-2.1.2.png` */
export function figureName(plot: PlotId, version: string, extension: string): string {
	const safe = version.replace(/[^\w.-]+/g, '_').replace(/^[._]+|[._]+$/g, '');
	return `${['lemur', plot, safe].filter(Boolean).join('-')}${extension}`;
}
