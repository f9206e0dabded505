import { describe, expect, it } from 'vitest';
import { allRows } from '../plots/bad-input';
import { columnsOf } from '../testing';
import { summariseBoards } from './living-boards';

const now = () => Promise.resolve();

describe('summariseBoards(rows, breathe)', () => {
	it('says where each leaderboard and each curve stands', async () => {
		const columns = columnsOf([
			{
				nn: 'A',
				trials: [
					[1, 0.1],
					[2, 0.2],
				],
			},
			{ nn: 'B', trials: [[1, 0.3]] },
			{
				nn: 'A',
				dataset: 'mnist',
				trials: [
					[1, 0.4, 5],
					[2, 0.4, 9],
				],
			},
		]);
		const [first, second] = await summariseBoards(allRows(columns), now);
		expect(first).toMatchObject({ summaryRow: 0, topRow: 0, curveRows: [0, 1, 3] });
		expect(second).toMatchObject({ summaryRow: 2, topRow: 2, curveRows: [3, 5] });
		expect(first?.top.map(({ name }) => name)).toStrictEqual(['B', 'A']);
		expect([...(second?.times.median ?? [])]).toStrictEqual([7]);
		expect([...(second?.times.epochMedian ?? [])]).toStrictEqual([4.5]);
		expect([...(first?.times.best ?? [])]).toStrictEqual([NaN, NaN]);
	});

	it('lets others in between leaderboards', async () => {
		let breaths = 0;
		const columns = columnsOf([{ trials: [[1, 1]] }, { dataset: 'mnist', trials: [[1, 1]] }]);
		await summariseBoards(allRows(columns), () => Promise.resolve(void breaths++));
		expect(breaths).toBeGreaterThanOrEqual(2);
	});
});
