/** Figures of a race as text: cells for people, Markdown and CSV for others. Knows no user interface. */
import { escapeMarkdown } from '../stats/export/markdown';
import { modelOf } from './models';
import type { ModelResult } from './race';
import {
	COLUMNS,
	linesOf,
	otherLosses,
	reachesOf,
	type Column,
	type Line,
	type OtherLosses,
	type Reach,
} from './table';

/** What was measured and where, above the tables. */
export interface RaceFacts {
	/** adapter and backend in a sentence */
	readonly ground: string;
	/** browser and rounds */
	readonly conditions: string;
}

const NOT_TOLD = '–';
const integer = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** @returns a number with its unit; '–' where the library does not tell */
export function cellText(value: number, unit: Reach['unit']): string {
	if (!Number.isFinite(value)) return NOT_TOLD;
	if (unit === 'ms') return `${value >= 100 ? integer.format(value) : value.toFixed(2)} ms`;
	if (unit === '×') return `${value.toFixed(2)} ×`;
	if (unit === 'bytes') return `${integer.format(value)} B`;
	return Number.isInteger(value) ? integer.format(value) : String(Number(value.toPrecision(4)));
}

export const columnText = ({ read, unit }: Column, line: Line): string =>
	cellText(read(line), unit);

/** @returns a heading, a table and the reaches of every net */
export function markdownOf(
	results: readonly ModelResult[],
	{ ground, conditions }: RaceFacts,
): string {
	const parts = results.flatMap((result) => {
		const { title } = modelOf(result.model);
		const { lines, refusals } = linesOf(result);
		const row = (cells: readonly string[]) => `| ${cells.map(escapeMarkdown).join(' | ')} |`;
		return [
			`### ${escapeMarkdown(title)}, ${result.batch} images a step`,
			'',
			row(['', ...COLUMNS.map((column) => column.title)]),
			`| --- |${COLUMNS.map(() => ' ---: |').join('')}`,
			...lines.map((line) =>
				row([line.title, ...COLUMNS.map((column) => columnText(column, line))]),
			),
			'',
			...refusals.map(
				({ title: name, reason }) => `${name} did not run: ${escapeMarkdown(reason)}`,
			),
			...otherLosses(result).map((one) => escapeMarkdown(otherText(one))),
			...reachesOf(result).map(
				(one) => `- ${escapeMarkdown(reachText(one))}${one.met ? '' : ' **not reached**'}`,
			),
			'',
		];
	});
	return [escapeMarkdown(ground), escapeMarkdown(conditions), '', ...parts].join('\n');
}

/** @returns what it means that a library computes other losses */
export function otherText({ title, from, off }: OtherLosses): string {
	const share = Number.isFinite(off) ? `up to ${(off * 100).toPrecision(2)} %` : 'not a number';
	return `${title} computes other losses than ${from} (${share} off): it does not train the same net, so do not compare its times.`;
}

/** @returns "uploaded 5,120 B (at most 7,379 B)" */
export function reachText({ name, value, most, unit }: Reach): string {
	return `${name}: ${cellText(value, unit)} (at most ${cellText(most, unit)})`;
}

/** One row per net and library; plain numbers, ms and bytes; empty = not told. */
export function csvOf(results: readonly ModelResult[]): string {
	const head = [
		...['model', 'batch', 'library', 'backend', 'adapter'],
		...COLUMNS.map(({ title, unit }) => (unit === '' ? title : `${title} (${unit})`)),
	];
	const rows = results.flatMap((result) =>
		linesOf(result).lines.map((line) => [
			...[result.model, String(result.batch), line.title, line.ground.backend, line.ground.adapter],
			...COLUMNS.map(({ read }) => numberCell(read(line))),
		]),
	);
	return [head, ...rows].map((cells) => `${cells.map(quoted).join(',')}\r\n`).join('');
}

const numberCell = (value: number) => (Number.isFinite(value) ? String(value) : '');
const quoted = (cell: string) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
