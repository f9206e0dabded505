/**
 * Texts that a spreadsheet would run as a formula, made inert by an apostrophe and back.
 * It works on a cell's text; quoting of separators is the business of `delimited.ts`.
 */

// Blanks and invisible characters before a sign do not stop every spreadsheet from reading it.
const BLANK = String.raw`(?:(?![\r\n])[\s\p{Cc}\p{Cf}])*`;
const SIGN = '[=+\\-@\uFF1D\uFF0B\uFF0D\uFF20]';
/** At the start of the cell, or of a line inside it; a text that has the apostrophe gets another. */
const ACTIVE = `(?='|${BLANK}${SIGN})`;
const START = new RegExp(`^(?:(?=[\\t\\r\\n])|${ACTIVE})`, 'u');
const LINE = new RegExp(`(\\r\\n|\\r|\\n)${ACTIVE}`, 'gu');

/** @returns the text with `'` before every start that would run; most texts come back unchanged */
export function guardCell(text: string): string {
	return text.replace(LINE, "$1'").replace(START, "'");
}

/** Takes back exactly what {@link guardCell} added. */
export function unguardCell(text: string): string {
	return text.replace(/^'/, '').replace(/(\r\n|\r|\n)'/g, '$1');
}
