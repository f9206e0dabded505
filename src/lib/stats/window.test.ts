import { describe, expect, it } from 'vitest';
import { columnsOf } from './testing';
import { locate, windowOf } from './window';

const COLUMNS = columnsOf([
	{
		nn: 'A',
		prm: { lr: 0.5 },
		trials: [
			[1, 0.1, 10],
			[3, 0.2, 35],
			[4, 0.3, null],
			[5, 0.4, 60],
		],
	},
	{ nn: 'B', prm: { mode: 'x' }, repeat: 2, trials: [[1, 0.5, 7]] },
]);
const ORDER = Uint32Array.of(4, 3, 2, 1, 0);

describe('windowOf(columns, order, start, count, ids)', () => {
	it('cuts rows in the order given', () => {
		const window = windowOf(COLUMNS, ORDER, 0, 3, ['nn', 'epoch', 'prm.lr', 'prm.mode', 'repeat']);
		expect(window.total).toBe(5);
		expect([...window.trials]).toEqual([4, 3, 2]);
		expect(window.columns.get('nn')).toEqual({ kind: 'text', values: ['B', 'A', 'A'] });
		expect(window.columns.get('epoch')?.values).toEqual(Float64Array.of(1, 5, 4));
		expect(window.columns.get('prm.lr')?.values).toEqual(Float64Array.of(NaN, 0.5, 0.5));
		expect(window.columns.get('prm.mode')?.values).toEqual(['x', '', '']);
		expect(window.columns.get('repeat')?.values).toEqual(Float64Array.of(2, 0, 0));
	});

	it('takes the time of an epoch from the one before it in its run', () => {
		const { columns } = windowOf(COLUMNS, Uint32Array.of(0, 1, 2, 3, 4), 0, 5, ['epochDuration']);
		expect(columns.get('epochDuration')?.values).toEqual(Float64Array.of(10, 25, NaN, NaN, 7));
	});

	it('asks for uids of its own rows only', () => {
		const asked: number[] = [];
		const uidText = (run: number) => {
			asked.push(run);
			return `uid${run}`;
		};
		const { columns } = windowOf(COLUMNS, ORDER, 0, 1, ['uid'], uidText);
		expect(columns.get('uid')?.values).toEqual(['uid1']);
		expect(asked).toEqual([1]);
	});

	it('is short at the end and empty beyond it', () => {
		expect([...windowOf(COLUMNS, ORDER, 4, 10, []).trials]).toEqual([0]);
		expect([...windowOf(COLUMNS, ORDER, 9, 10, []).trials]).toEqual([]);
	});
});

describe('locate(order, trial)', () => {
	it('finds a position or says -1', () => {
		expect(locate(ORDER, 3)).toBe(1);
		expect(locate(ORDER, 9)).toBe(-1);
	});
});
