import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Mirror } from '../db/mirror';
import { dataRows, likePattern, type DataArguments } from './data-api';
import { columnsOf, type TestRun } from './testing';

function mirrorOf(runs: TestRun[], epochPrm: [number, bigint | number][] = []): Mirror {
	const columns = columnsOf(runs);
	return {
		columns,
		uidText: (run) => `uid-${columns.runs.uid[run]}`,
		prmOfRun: () => new Map(),
		epochPrm: new Map(epochPrm),
	};
}

const MIRROR = mirrorOf([
	{
		nn: 'AlexNet',
		prm: { lr: 0.1, note: '007' },
		trials: [
			[1, 0.5, 10],
			[5, 0.7, null],
		],
	},
	{
		nn: 'AlexNet',
		transform: 'echo_64',
		trials: [
			[1, 0.5, 3],
			[5, 0.6, 8],
		],
	},
	{ nn: 'alt_nn', trials: [[5, 0.1, 1]] },
]);
const rows = (args: DataArguments) => dataRows(MIRROR, args);
const keys = (args: DataArguments) => {
	const { nn, epoch, accuracy } = rows(args);
	return nn.map((name, r) => `${name} ${epoch[r]} ${accuracy[r]}`);
};

describe('dataRows(mirror, args)', () => {
	it('orders by configuration and epoch', () => {
		expect(keys({})).toEqual([
			'AlexNet 1 0.5',
			'AlexNet 1 0.5',
			'AlexNet 5 0.7',
			'AlexNet 5 0.6',
			'alt_nn 5 0.1',
		]);
	});

	it('keeps ties of the best per epoch', () => {
		expect(keys({ onlyBestAccuracy: true, nn: 'AlexNet' })).toEqual([
			'AlexNet 1 0.5',
			'AlexNet 1 0.5',
			'AlexNet 5 0.7',
		]);
	});

	it('takes an epoch as text, an empty text as a filter, and names exactly', () => {
		expect(rows({ epoch: '5' }).rows).toBe(3);
		expect(rows({ epoch: ' 5.0' }).rows).toBe(3);
		expect(rows({ epoch: 'five' }).rows).toBe(0);
		expect(rows({ epoch: 0 }).rows).toBe(0);
		expect(rows({ task: '' }).rows).toBe(0);
		expect(rows({ nn: 'alexnet' }).rows).toBe(0);
	});

	it.each([
		[undefined, 5],
		[null, 5],
		[0, 5],
		[-1, 5],
		[2, 2],
		[9, 5],
	])('maxRows %s gives %i rows', (maxRows, count) => {
		expect(rows(maxRows === undefined ? {} : { maxRows }).rows).toBe(count);
	});

	it('matches prefixes as SQL does, alone too', () => {
		expect(rows({ prefixList: ['ALEX'] }).rows).toBe(4);
		expect(rows({ prefixList: ['al'] }).rows).toBe(5);
		expect(rows({ prefixList: ['alt_n'] }).rows).toBe(1);
		expect(rows({ prefixList: [] }).rows).toBe(5);
		expect(rows({ prefixList: ['x', 'alt'], epoch: 1 }).rows).toBe(0);
	});

	it('gives hyperparameters numeric affinity, with the transform', () => {
		const { prm, prmSets, duration } = rows({ epoch: 5, nn: 'AlexNet' });
		expect(prmSets[prm[0]!]).toEqual({ lr: 0.1, note: 7, transform: 'norm_32' });
		expect(prmSets[prm[1]!]).toEqual({ transform: 'echo_64' });
		expect([...duration]).toEqual([NaN, 8]);
	});

	it('shares one set between all runs of a uid and takes the highest planned epoch', () => {
		const mirror = mirrorOf(
			[
				{
					nn: 'A',
					uid: 'u',
					trials: [
						[1, 0.5],
						[2, 0.6],
					],
				},
				{ nn: 'B', uid: 'u', trials: [[1, 0.5]] },
				{ nn: 'C', uid: 'other', trials: [[1, 0.5]] },
			],
			[
				[0, 3n],
				[1, 10n],
				[2, 5n],
			],
		);
		const { prm, prmSets } = dataRows(mirror, {});
		expect([...prm]).toEqual([0, 0, 0, 1]);
		expect(prmSets).toEqual([{ transform: 'norm_32', epoch: 10 }, { transform: 'norm_32' }]);
		expect(dataRows(mirror, { nn: 'B' }).prmSets).toEqual([{ transform: 'norm_32', epoch: 10 }]);
	});
});

describe('likePattern(pattern)', () => {
	const naive = (pattern: string) => {
		const source = pattern.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
		return new RegExp(`^${source.replaceAll('%', '[^]*').replaceAll('_', '[^]')}$`, 'i');
	};

	it('equals a regular expression', () => {
		const text = fc.string({ unit: fc.constantFrom('a', 'b', 'A', '_', '%', '-'), maxLength: 7 });
		fc.assert(
			fc.property(text, text, (pattern, name) => {
				expect(likePattern(pattern)(name)).toBe(naive(pattern).test(name));
			}),
			{ numRuns: 1000 },
		);
	});

	it('ignores the case of ASCII letters only, and a paw is one character', () => {
		expect(likePattern('ü')('Ü')).toBe(false);
		expect(likePattern('_')('\u{1F43E}')).toBe(true);
	});
});
