import { describe, expect, it } from 'vitest';
import { columnsOf } from '../testing';
import { allRows } from './bad-input';
import {
	drawnNote,
	joined,
	MAX_SERIES,
	meansTable,
	meanTrace,
	seriesOf,
	stdBand,
} from './net-curves';
import { netMeans } from './net-means';
import { paletteOf } from './palette';

const { columns, ids } = allRows(
	columnsOf([
		{
			nn: 'A',
			trials: [
				[1, 0.25, 1e9],
				[2, 0.5, 2e9],
			],
		},
		{ nn: 'A', trials: [[1, 0.75, 3e9]] },
		{ nn: '<B>', trials: [[7, 0.9]] },
	]),
);
const nets = netMeans(columns, ids);
const palette = paletteOf();

describe('curves', () => {
	it('are a series a net, with what the hover says of each mean', () => {
		const series = seriesOf(nets, palette);
		expect(series.map(({ name }) => name)).toEqual(['&lt;B&gt;', 'A']);
		const trace = meanTrace(series[1]!);
		expect([...trace.x]).toEqual([1, 2]);
		expect(trace.text?.[0]).toBe(
			'A<br>Epoch 1: 0.5000 ± 0.3536, n = 2<br>Mean time so far 2 s (2,000,000,000 ns)',
		);
		expect(stdBand(series[1]!)).toMatchObject({ legendgroup: series[1]?.group });
		expect([...stdBand(series[0]!).x]).toEqual([]);
	});

	it('share a series a colour where they are too many, with gaps between nets', () => {
		const many = Array.from({ length: MAX_SERIES + 1 }, (_, i) => ({ ...nets[1]!, nn: `n${i}` }));
		const series = seriesOf(many, palette);
		expect(series).toHaveLength(8);
		expect(series.reduce((sum, one) => sum + one.nets.length, 0)).toBe(many.length);
		const trace = meanTrace(series[0]!);
		expect([...trace.x].slice(0, 4)).toEqual([1, 2, NaN, 1]);
		expect(trace.text?.slice(0, 5)).toEqual(['n0', 'n0', '', 'n8', 'n8']);
		expect(trace.text).toHaveLength(trace.x.length);
	});

	it('joins nothing to nothing', () => {
		expect([...joined([], ({ mean }) => mean)]).toEqual([]);
	});

	it('list every mean, and say which nets are drawn', () => {
		const table = new Map(meansTable(nets, 'acc').map(({ title, values }) => [title, [...values]]));
		expect(table.get('Net')).toEqual(['<B>', 'A', 'A']);
		expect(table.get('Mean Accuracy')).toEqual([0.9, 0.5, 0.5]);
		expect(table.get('Records')).toEqual([1, 2, 1]);
		expect(drawnNote(5, 5, 'the best')).toEqual([]);
		expect(drawnNote(7811, 10, 'the best')).toEqual(['Drawn: 10 nets of 7,811, the best.']);
	});
});
