/** What one kind of report is: planned from counts, then built as a workbook. Each kind is a file of its own. */
import type { Workbook } from '../../xlsx/workbook';
import type { Figure, PlotRows } from '../plots/plot';
import type { PictureOptions } from '../../picture/picture';
import type { UidText } from '../reader';
import type { ReportOptions, ReportPlan } from './report';

/** What writing a report needs from outside. */
export interface ReportEffects {
	readonly paint: (figure: Figure, options: PictureOptions) => Promise<{ bytes: Uint8Array }>;
	/** @param part the sheet or picture, in words */
	readonly progress: (done: number, total: number, unit: 'rows' | 'pictures', part: string) => void;
	/** aborted by the visitor */
	readonly signal: AbortSignal;
	/** lets other requests of the worker in; awaited every few milliseconds of work */
	readonly breathe: () => Promise<void>;
	/** rows of a sheet, header included; default: what the file format allows */
	readonly rowLimit?: number;
}

/** The rows of a report. */
export interface ReportRows extends PlotRows {
	/** needed for the column of uids, which is blank without it */
	readonly uidText?: UidText;
}

/** A plan before its size is known. */
export type PlanDraft = Omit<ReportPlan, 'bytes'>;

export interface ReportSpec {
	/** @returns what it will hold, from counts and a sample alone */
	readonly plan: (rows: ReportRows, rowLimit: number) => ReportPlan;
	/** @returns the workbook with its pictures painted, and what it holds */
	readonly build: (
		rows: ReportRows,
		options: ReportOptions,
		effects: ReportEffects & { readonly rowLimit: number },
	) => Promise<{ readonly workbook: Workbook; readonly plan: PlanDraft }>;
}
