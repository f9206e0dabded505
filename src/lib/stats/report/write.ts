/** Plans and writes the reports of `report.ts`. */
import type { Figure, PlotRows } from '../plots/plot';
import type { PictureOptions } from '../../picture/picture';
import type { ReportKind, ReportOptions, ReportPlan } from './report';

/** What writing a report needs from outside. */
export interface ReportEffects {
	readonly paint: (figure: Figure, options: PictureOptions) => Promise<{ bytes: Uint8Array }>;
	/** @param part the sheet or picture, in words */
	readonly progress: (done: number, total: number, unit: 'rows' | 'pictures', part: string) => void;
	/** aborted by the visitor */
	readonly signal: AbortSignal;
	/** lets other requests of the worker in; awaited every few milliseconds of work */
	readonly breathe: () => Promise<void>;
}

/** @returns what the workbook would hold, without making it */
export function planReport(rows: PlotRows, kind: ReportKind): ReportPlan {
	throw new Error(`${kind} of ${rows.ids.length} rows: no plan yet`);
}

/** @throws an AbortError once `signal` is aborted */
export function writeReport(
	rows: PlotRows,
	kind: ReportKind,
	options: ReportOptions,
	effects: ReportEffects,
): Promise<{ bytes: Uint8Array; plan: ReportPlan }> {
	void effects;
	return Promise.reject(new Error(`${kind} of ${rows.ids.length} rows of ${options.date}`));
}
