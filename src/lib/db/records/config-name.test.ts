import { describe, expect, it } from 'vitest';
import { missingPipelines, remainingTrials, selectConfigs, type ConfigEpoch } from './config-name';

const stored: ConfigEpoch[] = [
	['t', 'b', 'acc', 'Net', 1],
	['t', 'a', 'acc', 'Net', 2],
	['t', 'a', 'acc', 'Net', 3],
	['t', 'a', 'acc', 'Other', 2],
];
const hasSource = (nn: string) => nn === 'New';

describe('selectConfigs()', () => {
	const select = (...patterns: string[]) =>
		selectConfigs(patterns, stored, hasSource).map((config) => config.join(' '));

	it('matches whole parts by position and sorts without repeats', () => {
		expect(select('t')).toStrictEqual(['t a acc Net', 't a acc Other', 't b acc Net']);
		expect(select('t_a', 't')).toStrictEqual(select('t'));
		expect(select('T')).toStrictEqual([]);
		expect(select()).toStrictEqual([]);
	});

	it('drops empty parts and takes a fifth one as the epoch', () => {
		expect(select('__t_b')).toStrictEqual(['t b acc Net']);
		expect(select('t__acc')).toStrictEqual([]);
		expect(select('t_a_acc_Net_03')).toStrictEqual(['t a acc Net']);
		expect(select('t_a_acc_Net_1')).toStrictEqual([]);
	});

	it('takes a full name without trials when the net has a source', () => {
		expect(select('x_y_z_New')).toStrictEqual(['x y z New']);
		expect(select('x_y_z_Old')).toStrictEqual([]);
	});
});

describe('missingPipelines()', () => {
	it('gives the combinations that were not found', () => {
		const found = selectConfigs(['t'], stored, hasSource);
		expect(missingPipelines(found)).toStrictEqual([['t', 'b', 'acc', 'Other']]);
	});
});

describe('remainingTrials()', () => {
	it('counts on from the stored trials, or asks for that many more', () => {
		expect([remainingTrials(5, 3), remainingTrials(2, 3), remainingTrials(-2, 3)]).toStrictEqual([
			2, 0, 2,
		]);
	});
});
