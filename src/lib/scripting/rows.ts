/** Turns worker columns into the row objects a script expects, in slices that keep the page awake. */
import type { DataRows } from '../stats/data-api';
import type { SqlResult } from '../db/sql/protocol';
import { breathe } from '../worker/breathe';

/** A row of LEMUR's `data()`. Source code does not travel with the records, so the code columns are null. */
export interface DataRow {
	readonly task: string;
	readonly dataset: string;
	readonly metric: string;
	readonly metric_code: null;
	readonly nn: string;
	readonly nn_code: null;
	readonly epoch: number;
	/** fraction 0..1 */
	readonly accuracy: number;
	/** ns since the start of the run; null = not recorded */
	readonly duration: number | null;
	/** shared by all rows of one uid, as in LEMUR; `transform` is one of its keys */
	readonly prm: Readonly<Record<string, number | string>>;
	readonly transform_code: null;
}

const SLICE_ROWS = 20_000;

/** @param pause gives the page a turn between slices of 20,000 rows */
export async function dataRowObjects(
	data: DataRows,
	pause: () => Promise<void> = breathe,
): Promise<DataRow[]> {
	const rows: DataRow[] = [];
	for (let start = 0; start < data.rows; start += SLICE_ROWS) {
		if (start > 0) await pause();
		const end = Math.min(start + SLICE_ROWS, data.rows);
		for (let i = start; i < end; i++) rows.push(dataRow(data, i));
	}
	return rows;
}

function dataRow(data: DataRows, i: number): DataRow {
	const duration = data.duration[i] ?? NaN;
	return {
		task: data.task[i] ?? '',
		dataset: data.dataset[i] ?? '',
		metric: data.metric[i] ?? '',
		metric_code: null,
		nn: data.nn[i] ?? '',
		nn_code: null,
		epoch: data.epoch[i] ?? NaN,
		accuracy: data.accuracy[i] ?? NaN,
		duration: Number.isNaN(duration) ? null : duration,
		prm: data.prmSets[data.prm[i] ?? -1] ?? {},
		transform_code: null,
	};
}

/** What `lemur.sql` gives: names, and rows as arrays in the order of the names. */
export interface SqlRows {
	readonly columns: readonly string[];
	readonly rows: readonly (readonly (string | number | null)[])[];
	/** true when a limit cut the rows short */
	readonly truncated: boolean;
	/** time in SQLite, ms */
	readonly ms: number;
}

export function sqlRows(result: SqlResult): SqlRows {
	const rows = Array.from({ length: result.rows }, (_, i) =>
		result.columns.map((column) => {
			const value = column.values[i] ?? null;
			return typeof value === 'number' && Number.isNaN(value) ? null : value;
		}),
	);
	return {
		columns: result.columns.map((column) => column.name),
		rows,
		truncated: result.truncated !== null,
		ms: result.ms,
	};
}
