/** The table that a benchmark prints: figures, what they should reach, whether they do. */
import { median, p95, written, type Unit } from './numbers';

/** One line of the table. */
export interface Figure {
	readonly name: string;
	readonly unit: Unit;
	/** one number per repeat; the median is printed */
	readonly repeats: readonly number[];
	/** all single measurements, where their p95 counts */
	readonly all?: readonly number[];
	/** most that is allowed, of the p95 where there is one, else of the median; absent = for information */
	readonly reach?: number;
}

const HEAD = ['figure', 'median', 'p95', 'reach', 'met?'] as const;

/** @returns the number that is held against `reach` */
export function judged({ repeats, all }: Figure): number {
	return all ? p95(all) : median(repeats);
}

/** @returns the figures as lines of a table, columns aligned */
export function tableOf(figures: readonly Figure[]): string[] {
	const rows = [HEAD, HEAD.map(() => ''), ...figures.map(cellsOf)];
	const widths = HEAD.map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
	return rows.map((row, line) =>
		widths
			.map((width, i) => {
				if (line === 1) return '-'.repeat(width);
				const cell = row[i] ?? '';
				return i === 0 || i === widths.length - 1 ? cell.padEnd(width) : cell.padStart(width);
			})
			.join(' | ')
			.trimEnd(),
	);
}

function cellsOf(figure: Figure): string[] {
	const { name, unit, repeats, all, reach } = figure;
	const value = judged(figure);
	const verdict = Number.isNaN(value) ? '?' : value <= (reach ?? Infinity) ? 'yes' : 'NO';
	return [
		name,
		written(median(repeats), unit),
		all ? written(p95(all), unit) : '',
		reach === undefined ? '' : `≤ ${written(reach, unit)}`,
		reach === undefined ? '' : verdict,
	];
}
