import { describe, expect, it } from 'vitest';
import { summarise } from '../summary';
import { paperTable } from './paper-table';
import { paperColumns, paperOptions, paperSummary } from './testing';

const columns = paperColumns();
const all = Uint32Array.from({ length: columns.count }, (_, i) => i);
const summary = paperSummary();
const options = paperOptions;

describe('paperTable(summary, options)', () => {
	it('pivots nets by datasets, best as printed in bold, metrics apart', () => {
		const table = paperTable(summary, options);
		expect(table.columns).toEqual(['cifar-10 (acc)', 'coco (iou)']);
		expect(table.rows).toEqual([
			{
				name: 'Alex_Net',
				cells: [
					{ text: '0.9123', best: true },
					{ text: '0.2500', best: true },
				],
			},
			// 0.91229 is lower, but prints the same.
			{
				name: 'Res&Net',
				cells: [
					{ text: '0.9123', best: true },
					{ text: '', best: false },
				],
			},
		]);
		expect(paperTable(summary, { ...options, digits: 5 }).rows[1]?.cells[0]?.best).toBe(false);
	});

	it('shows mean and deviation, and none for a single trial', () => {
		const [first, second] = paperTable(summary, { ...options, statistic: 'mean' }).rows;
		expect(first?.cells[0]).toEqual({ text: '0.7062', spread: '0.2916', best: false });
		expect(second?.cells[0]).toEqual({ text: '0.9123', best: true });
	});

	it('refuses a summary that would put two groups into one cell', () => {
		const deeper = summarise(columns, all, ['nn', 'dataset', 'epoch']);
		expect(() => paperTable(deeper, options)).toThrow(/no place for epoch/);
		expect(() => paperTable(summarise(columns, all, ['nn']), options)).toThrow(/by dataset/);
	});
});
