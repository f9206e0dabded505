import { describe, expect, it } from 'vitest';
import { isRunLevel, maskOf } from './condition';
import type { Conditions } from './filter';
import { columnsOf } from './testing';

const columns = columnsOf([
	{
		nn: 'AlexNet',
		prm: { lr: 0.1, mode: '10' },
		trials: [
			[1, 0.5, 10],
			[2, 0.7, null],
		],
	},
	{ nn: 'ResNet', prm: { lr: 0.2, mode: 'fast' }, trials: [[1, 0.9, 30]] },
]);
const mask = (conditions: Conditions) => {
	const { level, pass } = maskOf(columns, conditions, () => 0);
	return [level, ...pass];
};

describe('isRunLevel(conditions)', () => {
	it('is false as soon as any part looks at single trials', () => {
		expect(isRunLevel({ nn: ['A'], prm: { lr: {} }, any: [{ source: ['mine'] }] })).toBe(true);
		expect(isRunLevel({ epoch: {} })).toBe(false);
		expect(isRunLevel({ any: [{ nn: ['A'] }, { accuracy: { min: 0 } }] })).toBe(false);
		expect(isRunLevel({ not: [{ any: [{ duration: {} }] }] })).toBe(false);
	});
});

describe('maskOf(columns, conditions, now)', () => {
	it('has a byte per run until a condition needs one per trial', () => {
		expect(mask({ nn: ['ResNet'] })).toEqual(['run', 0, 1]);
		expect(mask({ nn: ['AlexNet'], epoch: { min: 1, max: 1 } })).toEqual(['trial', 1, 0, 0]);
	});

	it('spreads a part about runs over the trials of another part', () => {
		expect(mask({ any: [{ nn: ['ResNet'] }, { epoch: { min: 2 } }] })).toEqual(['trial', 0, 1, 1]);
		expect(mask({ accuracy: {}, not: [{ nn: ['ResNet'] }] })).toEqual(['trial', 1, 1, 0]);
	});

	it('reads texts that are numbers as numbers in a range, and numbers as texts in a list', () => {
		expect(mask({ prm: { mode: { min: 9, max: 11 } } })).toEqual(['run', 1, 0]);
		expect(mask({ prm: { lr: ['0.2'] } })).toEqual(['run', 0, 1]);
		expect(mask({ prm: { mode: ['10', 'fast'] } })).toEqual(['run', 1, 1]);
	});

	it('says what is wrong with a regular expression', () => {
		expect(() => mask({ nnRegex: '(' })).toThrow(/nnRegex: .*filter by nnPrefix/);
	});
});
