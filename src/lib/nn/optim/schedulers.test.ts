import { describe, expect, test } from 'vitest';
import { Parameter } from '../tensor';
import {
	CosineAnnealingLR,
	ExponentialLR,
	LambdaLR,
	LinearLR,
	MultiStepLR,
	StepLR,
	type Scheduler,
} from './schedulers';
import { SGD } from './sgd';

const parameter = () => new Parameter(() => new Float32Array(1), [1]);

/** The rates of the first group in the epochs from 0. */
function rates(make: (optimizer: SGD) => Scheduler, epochs: number, lr = 0.1): number[] {
	const optimizer = new SGD([parameter()], { lr });
	const schedule = make(optimizer);
	return Array.from({ length: epochs }, () => {
		const [now] = schedule.getLastLr();
		schedule.step();
		return now!;
	});
}

function expectRates(actual: readonly number[], expected: readonly number[]): void {
	expect(actual).toHaveLength(expected.length);
	for (const [i, rate] of expected.entries()) expect(actual[i]).toBeCloseTo(rate, 10);
}

describe('schedules give the rates of torch.optim.lr_scheduler', () => {
	test('StepLR', () => {
		const found = rates((o) => new StepLR(o, 2, 0.5), 6, 0.8);
		expectRates(found, [0.8, 0.8, 0.4, 0.4, 0.2, 0.2]);
	});

	test('MultiStepLR', () => {
		expectRates(
			rates((o) => new MultiStepLR(o, [1, 3]), 5),
			[0.1, 0.01, 0.01, 0.001, 0.001],
		);
	});

	test('ExponentialLR', () => {
		expectRates(
			rates((o) => new ExponentialLR(o, 0.9), 3),
			[0.1, 0.09, 0.081],
		);
	});

	test('CosineAnnealingLR comes down and goes up again', () => {
		const found = rates((o) => new CosineAnnealingLR(o, 2, 0.02), 5);
		expectRates(found, [0.1, 0.06, 0.02, 0.06, 0.1]);
	});

	test('LinearLR begins at its first factor', () => {
		const line = { startFactor: 0.5, totalIters: 2 };
		expectRates(
			rates((o) => new LinearLR(o, line), 4),
			[0.05, 0.075, 0.1, 0.1],
		);
	});

	test('LambdaLR', () => {
		expectRates(
			rates((o) => new LambdaLR(o, (epoch) => 1 / (1 + epoch)), 3),
			[0.1, 0.05, 0.1 / 3],
		);
	});
});

test('every group keeps its own rate, and a saved schedule goes on', () => {
	const make = () =>
		new SGD([{ params: [parameter()] }, { params: [parameter()], lr: 1 }], { lr: 0.1 });
	const first = make();
	const schedule = new StepLR(first, 1, 0.5);
	schedule.step();
	expect(first.groups.map(({ lr }) => lr)).toEqual([0.05, 0.5]);
	const second = make();
	const resumed = new StepLR(second, 1, 0.5);
	resumed.loadStateDict(schedule.stateDict());
	resumed.step();
	expect(second.groups.map(({ lr }) => lr)).toEqual([0.025, 0.25]);
	const other = new StepLR(new SGD([parameter()], { lr: 1 }), 1);
	expect(() => other.loadStateDict(schedule.stateDict())).toThrow('of 2 groups');
});
