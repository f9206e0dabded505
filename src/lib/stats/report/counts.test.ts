import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meansOf } from '../means';
import { allRows } from '../plots/bad-input';
import { arbitraryColumns } from '../testing';
import { countBoards } from './counts';
import { curvesTable, summariseBoards, summaryTable, topTable } from './living-boards';

const now = () => Promise.resolve();

describe('countBoards(rows)', () => {
	it('counts what the tables then hold', async () => {
		await fc.assert(
			fc.asyncProperty(arbitraryColumns, async (columns) => {
				const rows = allRows(columns);
				const boards = await summariseBoards(rows, now);
				expect(countBoards(rows)).toStrictEqual({
					boards: boards.length,
					epochs: meansOf(columns, rows.ids).count,
					nets: summaryTable(boards, columns).rows,
					top: topTable(boards).rows,
					curveRows: curvesTable(boards).rows,
				});
			}),
			{ numRuns: 60 },
		);
	});
});
