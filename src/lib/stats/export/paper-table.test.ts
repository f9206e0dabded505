import { describe, expect, it } from 'vitest';
import { summarise } from '../summary';
import { columnsOf } from '../testing';
import { bibtex } from './bibtex';
import { escapeLatex, latexTable } from './latex';
import { escapeMarkdown, markdownTable } from './markdown';
import { paperTable } from './paper-table';

const columns = columnsOf([
	{
		nn: 'Alex_Net',
		trials: [
			[1, 0.5],
			[2, 0.91234],
		],
	},
	{ nn: 'Res&Net', trials: [[1, 0.91229]] },
	{ nn: 'Alex_Net', dataset: 'coco', metric: 'iou', trials: [[1, 0.25]] },
]);
const all = Uint32Array.from({ length: columns.count }, (_, i) => i);
const summary = summarise(columns, all, ['nn', 'dataset']);
const options = { title: 'All of 100 %', link: 'https://a.b/#f=1', statistic: 'best' } as const;

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

describe('latexTable(table)', () => {
	it('is a booktabs table with escaped texts', () => {
		expect(latexTable(paperTable(summary, options))).toBe(
			[
				'% https://a.b/#f=1',
				'\\begin{table}',
				'  \\centering',
				'  \\caption{All of 100 \\%}',
				'  \\begin{tabular}{lrr}',
				'    \\toprule',
				'    Net & cifar-10 (acc) & coco (iou) \\\\',
				'    \\midrule',
				'    Alex\\_Net & \\textbf{0.9123} & \\textbf{0.2500} \\\\',
				'    Res\\&Net & \\textbf{0.9123} &  \\\\',
				'    \\bottomrule',
				'  \\end{tabular}',
				'\\end{table}',
				'',
			].join('\n'),
		);
	});

	it('leaves no character of LaTeX active', () => {
		const escaped = escapeLatex('\\input{x}\n$a_b^c~ #1 & 5%');
		expect(escaped).toBe(
			'\\textbackslash{}input\\{x\\} \\$a\\_b\\textasciicircum{}c\\textasciitilde{} \\#1 \\& 5\\%',
		);
	});
});

describe('markdownTable(table)', () => {
	it('is a pipe table with escaped texts and a link', () => {
		const text = markdownTable(paperTable(summary, { ...options, statistic: 'mean' }));
		expect(text.split('\n').slice(2, 6)).toEqual([
			'| Net | cifar-10 (acc) | coco (iou) |',
			'| --- | ---: | ---: |',
			'| Alex\\_Net | 0.7062 ± 0.2916 | **0.2500** |',
			'| Res&amp;Net | **0.9123** |  |',
		]);
		expect(text).toContain('[The same rows](<https://a.b/#f=1>)');
	});

	it('leaves no markup active', () => {
		expect(escapeMarkdown('a|b\n<img src=x> *c*')).toBe('a\\|b &lt;img src=x&gt; \\*c\\*');
	});
});

describe('bibtex(snapshot)', () => {
	it('cites the paper and the snapshot, with balanced braces', () => {
		const text = bibtex({
			version: '2.1.2',
			hash: 'ab'.repeat(32),
			link: 'https://a.b/#f=}{',
			date: '2026-01-31',
		});
		expect(text).toContain('eprint = {2504.10552}');
		expect(text).toContain('@misc{lemur-snapshot-2.1.2,');
		expect(text).toContain('year = {2026}');
		expect(text).toContain('url = {https://a.b/#f=%7D%7B}');
		expect(text.split('{').length).toBe(text.split('}').length);
	});
});
