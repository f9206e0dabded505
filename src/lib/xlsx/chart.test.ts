import { describe, expect, it } from 'vitest';
import { chartXml } from './chart';
import type { Chart, Sheet } from './workbook';

const sheet: Sheet = {
	name: 'Top 10',
	blank: 'absent',
	table: {
		rows: 3,
		headerStyle: 'header',
		columns: [
			{ title: 'net', kind: 'text', style: 'plain', at: (row) => ['a<b', 'c', 'd'][row] ?? '' },
			{ title: 'best', kind: 'number', style: 'plain', at: (row) => [0.5, NaN, 0.25][row] ?? NaN },
		],
	},
};
const span = (column: number, first = 0, last = 2) => ({ sheet: 'Top 10', column, first, last });
const chart: Chart = {
	...{ kind: 'bars', title: 'T', alt: '', xTitle: 'Best', yTitle: '' },
	...{ row: 0, column: 0, width: 1, height: 1 },
	series: [{ name: span(0, 0, 0), x: span(1), y: span(0), color: '#0b62a8' }],
};

describe('chartXml(chart, sheets)', () => {
	it('refers to the cells below the header and keeps their values', () => {
		const xml = chartXml(chart, [sheet]);
		expect(xml).toContain("<c:f>'Top 10'!$A$2:$A$4</c:f>");
		expect(xml).toContain("<c:f>'Top 10'!$B$2:$B$4</c:f>");
		expect(xml).toContain('<c:pt idx="0"><c:v>a&lt;b</c:v></c:pt>');
		expect(xml).toContain('<c:pt idx="2"><c:v>0.25</c:v></c:pt>');
		expect(xml).not.toContain('NaN');
	});

	it('draws bars from 0, and lines and points on two axes of numbers', () => {
		expect(chartXml(chart, [sheet])).toMatch(/<c:barChart>.*<c:min val="0"\/>/);
		const series = [{ ...chart.series[0]!, x: span(1), y: span(1) }];
		for (const kind of ['lines', 'points'] as const) {
			const xml = chartXml({ ...chart, kind, series }, [sheet]);
			expect(xml.match(/<c:valAx>/g)).toHaveLength(2);
			expect(xml).not.toContain('<c:min ');
		}
	});

	it('refuses cells that are not there', () => {
		expect(() => chartXml(chart, [])).toThrow('A chart refers to column 0 of the sheet Top 10.');
	});
});
