/** A paper's table in Markdown (GitHub's pipes), best of each column bold. */
import type { PaperCell, PaperTable } from './paper-table';

/** @returns text that Markdown shows as it stands, inside a table cell too */
export function escapeMarkdown(text: string): string {
	return text
		.replace(/\p{Cc}+/gu, ' ')
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replace(/[\\`*_[\]|~#!$]/g, '\\$&');
}

/** @returns the title, the table and a link to the same rows */
export function markdownTable({ title, link, corner, columns, rows }: PaperTable): string {
	const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
	return [
		escapeMarkdown(title),
		'',
		line([corner, ...columns].map(escapeMarkdown)),
		line(['---', ...columns.map(() => '---:')]),
		...rows.map(({ name, cells }) => line([escapeMarkdown(name), ...cells.map(cellText)])),
		'',
		// Percent signs keep a bracket of the address from ending the link.
		`[The same rows](<${link.replace(/[<>\\\p{Cc}]/gu, (c) => encodeURIComponent(c))}>)`,
		'',
	].join('\n');
}

function cellText({ text, spread, best }: PaperCell): string {
	if (text === '') return '';
	const value = best ? `**${text}**` : text;
	return spread === undefined ? value : `${value} ± ${spread}`;
}
