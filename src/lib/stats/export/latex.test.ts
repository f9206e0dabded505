import { describe, expect, it } from 'vitest';
import { escapeLatex, latexTable } from './latex';
import { paperTable } from './paper-table';
import { paperOptions, paperSummary } from './testing';

describe('latexTable(table)', () => {
	it('is a booktabs table with escaped texts', () => {
		expect(latexTable(paperTable(paperSummary(), paperOptions))).toBe(
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
