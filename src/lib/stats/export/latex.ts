/** A paper's table in LaTeX (booktabs), best of each column bold. */
import type { PaperCell, PaperTable } from './paper-table';

const ESCAPES: Readonly<Record<string, string>> = {
	'\\': '\\textbackslash{}',
	'{': '\\{',
	'}': '\\}',
	'&': '\\&',
	'%': '\\%',
	$: '\\$',
	'#': '\\#',
	_: '\\_',
	'~': '\\textasciitilde{}',
	'^': '\\textasciicircum{}',
	'<': '\\textless{}',
	'>': '\\textgreater{}',
	'|': '\\textbar{}',
	'"': '\\textquotedbl{}',
};

/** @returns text that LaTeX prints as it stands; line breaks and other controls become blanks */
export function escapeLatex(text: string): string {
	return text
		.replace(/\p{Cc}+/gu, ' ')
		.replace(/[\\{}&%$#_~^<>|"]/g, (character) => ESCAPES[character] ?? character);
}

/** @returns a `table` environment that needs the package booktabs, its link in a comment above */
export function latexTable({ title, link, corner, columns, rows }: PaperTable): string {
	const line = (cells: readonly string[]) => `    ${cells.join(' & ')} \\\\`;
	return [
		`% ${link.replace(/\p{Cc}+/gu, ' ')}`,
		'\\begin{table}',
		'  \\centering',
		`  \\caption{${escapeLatex(title)}}`,
		`  \\begin{tabular}{l${'r'.repeat(columns.length)}}`,
		'    \\toprule',
		line([corner, ...columns].map(escapeLatex)),
		'    \\midrule',
		...rows.map(({ name, cells }) => line([escapeLatex(name), ...cells.map(cellText)])),
		'    \\bottomrule',
		'  \\end{tabular}',
		'\\end{table}',
		'',
	].join('\n');
}

function cellText({ text, spread, best }: PaperCell): string {
	if (text === '') return '';
	const value = best ? `\\textbf{${text}}` : text;
	return spread === undefined ? value : `${value} $\\pm$ ${spread}`;
}
