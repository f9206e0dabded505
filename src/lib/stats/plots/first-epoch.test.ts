import { expect, it } from 'vitest';
import { columnsOf } from '../testing';
import { firstEpoch } from './first-epoch';

it('keeps the records of epoch 1, not of epoch 0 and not those left out', () => {
	const columns = columnsOf([
		{
			trials: [
				[0, 0.1],
				[1, 0.2],
				[2, 0.3],
			],
		},
		{ trials: [[1, 0.4]] },
	]);
	const accuracies = (ids: Uint32Array) =>
		Array.from(firstEpoch(columns, ids), (trial) => columns.accuracy[trial]);
	expect(accuracies(Uint32Array.of(0, 1, 2, 3))).toEqual([0.2, 0.4]);
	expect(accuracies(Uint32Array.of(0, 2))).toEqual([]);
});
