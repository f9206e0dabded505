/** Oracle runner of workbooks.json: LEMUR's two workbooks, made from a snapshot and read back. */
import * as v from 'valibot';
import { expectEqual } from '../../../../scripts/oracles/expect';
import type { OracleCase, OracleFile, SkippedCase } from '../../../../scripts/oracles/types';
import { openVersion } from '../../../../scripts/stat-db/open-version';
import { packageProblems } from '../../xlsx/testing';
import type { TrialColumns } from '../columns';
import type { PlotRows } from '../plots/plot';
import { checkCells, type Order } from './workbooks.oracle-cells';
import { checkLook, checkPictures, checkZip } from './workbooks.oracle-facts';
import { workbooksFormat, type ExpectedWorkbook } from './workbooks.oracle-format';
import { makeWorkbook, type MadeWorkbook } from './testing';
import { rawPictures } from './lemur-raw';
import { statisticsPictures } from './lemur-statistics';
import type { Wanted } from './pictures';
import type { ReportKind } from './report';

const workbooks: OracleFile = {
	area: 'stats',
	file: 'workbooks.json',
	async *cases(json) {
		for (const [version, entry] of v.parse(workbooksFormat, json)) {
			const opened = await openVersion(version);
			if (!opened) {
				yield { name: version, skip: 'neither static/stat-db nor WHEELS_DIR has this version' };
				continue;
			}
			for (const book of BOOKS)
				for (const one of bookCases(opened.mirror.columns, book, entry[book.name]))
					yield { ...one, name: `${version} ${book.name} ${one.name}` };
		}
	},
};

export const oracles = [workbooks];

interface Book {
	readonly name: 'statistics.xlsx' | 'raw_data.xlsx';
	readonly kind: ReportKind;
	readonly order: Order;
	readonly wanted: (rows: PlotRows) => readonly Wanted[];
}

/** Raw rows that agree in the five columns that `data()` sorts by come in the order of some folder listing. */
const BOOKS: readonly Book[] = [
	{ name: 'statistics.xlsx', kind: 'lemur-statistics', order: 'total', wanted: statisticsPictures },
	{ name: 'raw_data.xlsx', kind: 'lemur-raw', order: 'ties', wanted: rawPictures },
];

function* bookCases(
	columns: TrialColumns,
	{ kind, order, wanted }: Book,
	expected: ExpectedWorkbook,
): Iterable<OracleCase | SkippedCase> {
	let made: Promise<MadeWorkbook> | undefined;
	const ids = Uint32Array.from({ length: columns.count }, (_, trial) => trial);
	const rows = { columns, ids };
	const book = () => (made ??= makeWorkbook(rows, kind));
	const checks: Record<string, (book: MadeWorkbook) => void> = {
		'package is sound': ({ bytes }) => expectEqual(packageProblems(bytes), [], 'problems'),
		...checkZip(expected),
		...checkLook(expected),
		...checkPictures(expected, () => wanted(rows)),
		...checkCells(expected, order),
	};
	for (const [name, check] of Object.entries(checks))
		yield { name, run: async () => check(await book()) };
}
