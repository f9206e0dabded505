import { describe, expect, it } from 'vitest';
import { allRows } from '../plots/bad-input';
import { columnsOf } from '../testing';
import { inkOfCurves, inkOfRows, isFound, paintAll, pictureBytes, type Wanted } from './pictures';
import { effectsOf, OPTIONS, PIXEL } from './testing';

const rows = allRows(
	columnsOf([
		{
			trials: [
				[1, 0.5, 1e9],
				[2, 0.6, 2e9],
			],
		},
	]),
);
const wanted = (ids: Uint32Array | undefined): Wanted => ({
	id: 'rows-epoch',
	title: 'T',
	file: 't.png',
	options: {},
	...(ids ? { ids } : {}),
});

describe('paintAll(rows, wanted, options, effects)', () => {
	it('paints what has rows, in order, and tells how far it is', async () => {
		const told: unknown[] = [];
		const effects = effectsOf({ progress: (...progress) => told.push(progress) });
		const painted = await paintAll(rows, [wanted(undefined), wanted(rows.ids)], OPTIONS, effects);
		expect(painted.map((one) => one?.png)).toStrictEqual([undefined, PIXEL]);
		expect(painted[1]?.alt).not.toBe('');
		expect(told).toStrictEqual([
			[0, 1, 'pictures', 'T'],
			[1, 1, 'pictures', 'T'],
		]);
	});

	it('paints nothing where no pictures are wanted', async () => {
		const options = { ...OPTIONS, pictures: false };
		const effects = effectsOf({ paint: () => Promise.reject(new Error('painted')) });
		expect(await paintAll(rows, [wanted(rows.ids)], options, effects)).toStrictEqual([undefined]);
	});

	it('fails with what the painter says', async () => {
		const effects = effectsOf({ paint: () => Promise.reject(new Error('no canvas')) });
		await expect(paintAll(rows, [wanted(rows.ids)], OPTIONS, effects)).rejects.toThrow('no canvas');
	});
});

describe('isFound(wanted), pictureBytes(wanted)', () => {
	it('ask for rows', () => {
		expect(
			[wanted(undefined), wanted(new Uint32Array()), wanted(rows.ids)].map(isFound),
		).toStrictEqual([...[false, false, true]]);
		expect(pictureBytes([wanted(undefined)], 1000)).toBe(0);
		expect(pictureBytes([wanted(rows.ids)], 1000)).toBe(96_000);
		expect([1, 10, 1e6].map(inkOfCurves)).toStrictEqual([650, 1200, 1900]);
		expect([0, 30, 1e6].map(inkOfRows)).toStrictEqual([600, 600, 1700]);
	});
});
