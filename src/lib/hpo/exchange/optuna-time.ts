/**
 * Optuna's times have no zone. Here they are written and read as UTC, so that what goes out comes back;
 * durations are right in any case.
 */

/** @param separator 'T' in journals, a blank in SQLite @returns microseconds, as Python prints them */
export function isoOf(ms: number, separator: 'T' | ' '): string {
	return `${new Date(ms).toISOString().slice(0, -1)}000`.replace('T', separator);
}

/** @returns ms since 1970; null for what is no time */
export function timeOf(text: string | null | undefined): number | null {
	if (!text) return null;
	const match = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(\.\d+)?/.exec(text);
	if (!match) return null;
	const ms = Date.parse(`${match[1]}T${match[2]}Z`) + Math.round(Number(match[3] ?? 0) * 1e3);
	return Number.isNaN(ms) ? null : ms;
}
