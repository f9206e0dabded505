/** Columns of the living workbook: a table's column with its unit and meaning, and those of its data sheet. */
import type { Column } from '../../xlsx/workbook';
import type { StyleName } from '../../xlsx/styles';
import { BASE_COLUMNS, fieldOf, type BaseColumn, type PrmColumnId } from '../fields';
import { countText } from '../plots/words';
import { readerOf, type UidText } from '../reader';
import { distinctSorted } from '../text-order';
import type { PrmColumn, TrialColumns } from '../columns';
import type { ReportRows } from './spec';

/** A column that the definitions explain. */
export type DefinedColumn = Column & {
	readonly unit: string;
	readonly about: string;
	/** characters */
	readonly width: number;
};

interface Said {
	readonly unit: string;
	readonly about: string;
	readonly style?: StyleName;
	readonly width?: number;
}

export function numberColumn(
	title: string,
	at: (row: number) => number,
	{ unit, about, style = 'plain', width = Math.max(12, title.length + 4) }: Said,
): DefinedColumn {
	return { title, kind: 'number', at, unit, about, style, width };
}

export function textColumn(
	title: string,
	at: (row: number) => string,
	{ about, style = 'plain', width = Math.max(16, title.length + 4) }: Omit<Said, 'unit'>,
): DefinedColumn {
	return { title, kind: 'text', at, unit: 'text', about, style, width };
}

/** ns in an hour and in a day; spreadsheets count time in days. */
export const HOUR = 3600e9;
export const DAY = 24 * HOUR;

/** Columns of hyperparameters beyond which the rare ones are left out, and the share of rows that saves one. */
const MANY = 40;
const RARE = 0.01;

export interface DataColumns {
	readonly columns: readonly DefinedColumn[];
	/** what is left out: sentences */
	readonly notes: readonly string[];
}

/** @returns the columns of all rows: every base column, readable times, and the hyperparameters present */
export function dataColumns(rows: ReportRows): DataColumns {
	const { kept, notes } = prmNames(rows);
	const base = BASE_COLUMNS.flatMap((id) => baseColumns(rows, id));
	const prm = kept.map((name) => prmColumn(rows, `prm.${name}`));
	return { columns: [...base, ...prm], notes };
}

function baseColumns({ columns, ids, uidText }: ReportRows, id: BaseColumn): DefinedColumn[] {
	const { title, about, unit } = fieldOf(id);
	if (id === 'uid') {
		const at = uidText ? rememberLast(uidText) : () => '';
		return [textColumn(title, (row) => at(columns.run[ids[row]!]!), { about, width: 34 })];
	}
	const reader = readerOf(columns, id);
	if (reader.kind === 'text') {
		const width = id === 'nn' ? 34 : 20;
		return [textColumn(title, (row) => reader.at(ids[row]!), { about, width })];
	}
	const at = (row: number) => reader.at(ids[row]!);
	if (unit === 'ns') return timeColumns(title, about, id === 'duration', at);
	const whole = { unit: 'a whole number', style: 'whole' } as const;
	const fraction = { unit: 'a fraction of 1', style: 'fraction' } as const;
	return [numberColumn(title, at, { about, ...(unit === 'fraction' ? fraction : whole) })];
}

/** A time as it is recorded, in hours for charts and sums, and the run's also as a clock shows it. */
function timeColumns(
	title: string,
	about: string,
	clock: boolean,
	ns: (row: number) => number,
): DefinedColumn[] {
	const recorded = numberColumn(`${title} (ns)`, ns, {
		unit: 'nanoseconds',
		about,
		style: 'count',
		width: 24,
	});
	const asClock = numberColumn(`${title} (h:mm:ss)`, (row) => rounded(ns(row) / DAY, 1e8), {
		unit: 'days, shown as hours, minutes and seconds',
		about: `${title} (ns) / 86,400,000,000,000, to 8 decimals.`,
		style: 'clock',
	});
	const inHours = numberColumn(`${title} (hours)`, (row) => rounded(ns(row) / HOUR, 1e6), {
		unit: 'hours',
		about: `${title} (ns) / 3,600,000,000,000, to 6 decimals.`,
		style: 'hours',
	});
	return clock ? [recorded, asClock, inHours] : [recorded, inHours];
}

/** About a millisecond is kept: all 17 digits would double the size of the file. */
function rounded(value: number, scale: number): number {
	return Math.round(value * scale) / scale;
}

function prmColumn({ columns, ids }: ReportRows, id: PrmColumnId): DefinedColumn {
	const reader = readerOf(columns, id);
	const { about } = fieldOf(id);
	if (reader.kind === 'text') return textColumn(id, (row) => reader.at(ids[row]!), { about });
	const unit = 'as the net takes it';
	return numberColumn(id, (row) => reader.at(ids[row]!), { unit, about });
}

/** Neighbouring rows belong to one run, and a uid may have to be computed. */
function rememberLast(uidText: UidText): UidText {
	let last = -1;
	let text = '';
	return (run) => {
		if (run !== last) text = uidText(run);
		last = run;
		return text;
	};
}

function prmNames({ columns, ids }: ReportRows): { kept: string[]; notes: string[] } {
	const counts = prmCounts(columns, ids);
	const present = distinctSorted(counts.keys());
	if (present.length <= MANY) return { kept: present, notes: [] };
	const kept = present.filter((name) => (counts.get(name) ?? 0) >= RARE * ids.length);
	const left = present.filter((name) => !kept.includes(name));
	if (left.length === 0) return { kept, notes: [] };
	return {
		kept,
		notes: [
			`${countText(left.length)} of ${countText(present.length)} hyperparameters are left out of the data sheet, because fewer than 1 % of these records have them: ${left.join(', ')}.`,
		],
	};
}

/** Trials of `ids` that have a value, by name of the hyperparameter; only names that have any. */
function prmCounts({ runs, run }: TrialColumns, ids: Uint32Array): Map<string, number> {
	const trials = new Uint32Array(runs.count);
	for (let i = 0; i < ids.length; i++) trials[run[ids[i]!]!]!++;
	const counts = new Map<string, number>();
	for (const [name, column] of runs.prm) {
		const count = countPresent(column, trials);
		if (count > 0) counts.set(name, count);
	}
	return counts;
}

function countPresent(column: PrmColumn, trials: Uint32Array): number {
	let count = 0;
	if (column.kind === 'number') {
		const { values } = column;
		for (let r = 0; r < trials.length; r++) if (!Number.isNaN(values[r]!)) count += trials[r]!;
	} else {
		const { codes } = column;
		for (let r = 0; r < trials.length; r++) if (codes[r]! >= 0) count += trials[r]!;
	}
	return count;
}
