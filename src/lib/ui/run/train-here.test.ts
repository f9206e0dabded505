import { describe, expect, it } from 'vitest';
import { columnsOf, type TestRun } from '../../stats/testing';
import { runDetail } from '../../stats/run-detail';
import { trainHere } from './train-here';

function setupOf(run: Partial<TestRun>, prm: Record<string, number | string> = {}) {
	const columns = columnsOf([
		{
			nn: 'AlexNet',
			trials: [
				[1, 0.5],
				[5, 0.6],
			],
			...run,
		},
	]);
	const dict = new Map(Object.entries(prm));
	const readers = { uidText: () => 'u', prmOfRun: () => dict, epochPrm: new Map() };
	return trainHere(runDetail(columns, 0, readers));
}

describe('trainHere', () => {
	it('takes the same settings, without the texts and marks among them', () => {
		const prm = { lr: 0.5, momentum: 0.25, gpu_type: 'X', seed: 4, train_limit: 9 };
		expect(setupOf({}, prm)).toEqual({
			...{ dataset: 'cifar-10', nn: 'AlexNet', transform: 'norm_32', epochs: 5, seed: 4 },
			prm: { lr: 0.5, momentum: 0.25 },
		});
	});

	it('offers nothing for nets and tasks that are not here', () => {
		expect(setupOf({ nn: 'FractalNet-9' })).toBeUndefined();
		expect(setupOf({ task: 'img-segmentation' })).toBeUndefined();
	});
});
