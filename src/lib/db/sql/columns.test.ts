import { describe, expect, it } from 'vitest';
import { ColumnBuilder, type Cell } from './columns';

function column(...cells: Cell[]) {
	const builder = new ColumnBuilder('c');
	for (const cell of cells) builder.add(cell);
	return builder.finish();
}

describe('ColumnBuilder', () => {
	it('is numeric while all that is there are numbers', () => {
		expect(column(1, null, 2.5)).toEqual({
			name: 'c',
			kind: 'number',
			values: Float64Array.of(1, NaN, 2.5),
		});
		expect(column(1, 'a', null)).toEqual({ name: 'c', kind: 'mixed', values: [1, 'a', null] });
	});

	it('shows what doubles and texts cannot hold', () => {
		expect(column(9007199254740993n)).toMatchObject({ kind: 'text', values: ['9007199254740993'] });
		expect(column(Uint8Array.of(0, 255))).toMatchObject({ kind: 'blob', values: ['00ff'] });
		expect(column(Uint8Array.of(1), 'a')).toMatchObject({ kind: 'mixed', values: ['01', 'a'] });
		expect(column(null, null)).toMatchObject({ kind: 'text', values: [null, null] });
	});

	it('counts the bytes that a cell takes in the page', () => {
		const builder = new ColumnBuilder('c');
		expect([null, 1, 'ab', Uint8Array.of(1, 2, 3)].map((cell) => builder.add(cell))).toEqual([
			8, 8, 20, 28,
		]);
	});
});
