/** Plans and writes the reports of `report.ts`. */
import { MAX_ROWS } from '../../xlsx/workbook';
import { writeWorkbook } from '../../xlsx/write';
import { lemurRaw } from './lemur-raw';
import { lemurStatistics } from './lemur-statistics';
import { living } from './living';
import type { ReportKind, ReportOptions, ReportPlan } from './report';
import type { ReportEffects, ReportRows, ReportSpec } from './spec';

export type { ReportEffects, ReportRows } from './spec';

/** Every kind of report by its name. */
const REPORTS = {
	'lemur-statistics': lemurStatistics,
	'lemur-raw': lemurRaw,
	living,
} satisfies Record<ReportKind, ReportSpec>;

/**
 * @param rowLimit rows of a sheet, header included
 * @returns what the workbook would hold, without making it
 */
export function planReport(rows: ReportRows, kind: ReportKind, rowLimit = MAX_ROWS): ReportPlan {
	return REPORTS[kind].plan(rows, rowLimit);
}

/**
 * A report of no rows is a workbook too, with the headers alone; its plan says in `empty` why.
 * @throws AbortError once `signal` is aborted
 */
export async function writeReport(
	rows: ReportRows,
	kind: ReportKind,
	options: ReportOptions,
	effects: ReportEffects,
): Promise<{ file: Blob; plan: ReportPlan }> {
	effects.signal.throwIfAborted();
	const { rowLimit = MAX_ROWS } = effects;
	const { workbook, plan } = await REPORTS[kind].build(rows, options, { ...effects, rowLimit });
	const file = await writeWorkbook(workbook, {
		progress: (done, total, sheet) => effects.progress(done, total, 'rows', sheet),
		signal: effects.signal,
		breathe: effects.breathe,
	});
	return { file, plan: { ...plan, bytes: file.size } };
}
