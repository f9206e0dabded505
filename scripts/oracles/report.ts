/** Text of an oracle run: failures, reasons of skips, a table, and the counts in the last line. */
import type { FileResult } from './execute';

const LINES_PER_FILE = 20;

/** Lines to print; the last one is `N passed, N failed, N skipped`. */
export function reportLines(results: readonly FileResult[], areasWithout: string[]): string[] {
	const lines: string[] = [];
	for (const result of results) lines.push(...failureLines(result), ...skipLines(result));
	for (const area of areasWithout) lines.push(`${area}: no runner in this version, not counted`);
	lines.push('', ...table(results), '');
	const { passed, failed, skipped } = totals(results);
	lines.push(`${passed} passed, ${failed} failed, ${skipped} skipped`);
	return lines;
}

/** Counts over all files. */
export function totals(results: readonly FileResult[]): {
	passed: number;
	failed: number;
	skipped: number;
} {
	const sum = (count: (result: FileResult) => number) =>
		results.reduce((total, result) => total + count(result), 0);
	return {
		passed: sum(({ passed }) => passed),
		failed: sum(({ failures }) => failures.length),
		skipped: sum(({ skips }) => skips.length),
	};
}

function failureLines({ area, file, failures }: FileResult): string[] {
	const shown = failures.slice(0, LINES_PER_FILE);
	const lines = shown.map(({ name, message }) => `FAILED ${area}/${file} ${name}: ${message}`);
	const more = failures.length - shown.length;
	if (more > 0) lines.push(`FAILED ${area}/${file} … and ${more} more`);
	return lines;
}

/** One line for each reason, with the number of cases. */
function skipLines({ area, file, skips }: FileResult): string[] {
	const counts = new Map<string, number>();
	for (const { reason } of skips) counts.set(reason, (counts.get(reason) ?? 0) + 1);
	return Array.from(counts, ([reason, count]) => `skipped ${area}/${file} ${count}: ${reason}`);
}

function table(results: readonly FileResult[]): string[] {
	const rows = results.map(({ area, file, passed, failures, skips }) => [
		`${area}/${file}`,
		String(passed),
		String(failures.length),
		String(skips.length),
	]);
	const all = [['file', 'passed', 'failed', 'skipped'], ...rows];
	const width = Math.max(...all.map(([name = '']) => name.length));
	return all.map(([name = '', ...counts]) =>
		[name.padEnd(width), ...counts.map((count) => count.padStart(8))].join(''),
	);
}
