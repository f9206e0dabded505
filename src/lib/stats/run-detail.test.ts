import { describe, expect, it } from 'vitest';
import { readRecordFile } from '../db/records/record-file';
import type { PyDict, PyValue } from '../db/records/python-text';
import { runDetail, type RunReaders } from './run-detail';
import { columnsOf } from './testing';

const columns = columnsOf([
	{
		trials: [
			[1, 0.25, 10],
			[2, 0.5, 25],
		],
	},
	{
		trials: [
			[1, 0.25, null],
			[2, 0.125, 7],
		],
	},
	{ nn: 'ResNet', trials: [[9, 0.75, 1]] },
	{ dataset: 'mnist', trials: [[2, 0.99, 1]] },
]);
const prm: PyDict = new Map<string, PyValue>([
	['lr', 4.4571e-5],
	['batch', 16n],
	['dropout', 1],
	['transform', 'norm_32'],
]);
const readers: RunReaders = {
	uidText: (run) => `uid-of-${run}`,
	prmOfRun: () => new Map(prm),
	epochPrm: new Map([[1, 5n]]),
};

describe('runDetail(columns, trial, readers)', () => {
	it('writes the trial as LEMUR does: sorted keys, 4 spaces, Python numbers', () => {
		const { json, file } = runDetail(columns, 1, readers);
		expect(file).toBe('img-classification_cifar-10_acc_AlexNet/2.json');
		expect(json).toBe(
			[
				'{',
				'    "accuracy": 0.5,',
				'    "batch": 16,',
				'    "dropout": 1.0,',
				'    "duration": 25,',
				'    "epoch": 5,',
				'    "lr": 4.4571e-05,',
				'    "transform": "norm_32",',
				'    "uid": "uid-of-0"',
				'}',
			].join('\n'),
		);
		expect(readRecordFile(`[${json}]`)[0]?.get('batch')).toBe(16n);
	});

	it('leaves out a duration that was not recorded', () => {
		const detail = runDetail(columns, 2, readers);
		expect(detail.json).not.toContain('duration');
		expect(detail.duration).toBeNaN();
	});

	it('lists hyperparameters in code-point order, as Python prints them', () => {
		expect(runDetail(columns, 0, readers).prm).toEqual([
			{ name: 'batch', value: 16, text: '16' },
			{ name: 'dropout', value: 1, text: '1.0' },
			{ name: 'lr', value: 4.4571e-5, text: '4.4571e-05' },
			{ name: 'transform', value: 'norm_32', text: 'norm_32' },
		]);
	});

	it('places the trial in its band at this epoch, and on its leaderboard', () => {
		const detail = runDetail(columns, 1, readers);
		expect([...detail.epochs]).toEqual([1, 2]);
		expect([...detail.trials]).toEqual([0, 1]);
		expect(detail.band).toMatchObject({ name: 'AlexNet', dataset: 'cifar-10', runs: 2, best: 0.5 });
		expect(detail.percentile).toBe(0.75);
		// ResNet's 0.75 is better; mnist is another leaderboard.
		expect(detail).toMatchObject({ rank: 2, rankOf: 5 });
		expect(runDetail(columns, 0, readers)).toMatchObject({ percentile: 0.5, rank: 3 });
	});

	it('names a trial that does not exist', () => {
		expect(() => runDetail(columns, 6, readers)).toThrow(/No trial 6: this snapshot has 6/);
		expect(() => runDetail(columns, 0.5, readers)).toThrow(RangeError);
	});
});
