/**
 * A whole study as a file of this site: its definition, then one event a line, as JSON that Python also
 * reads. A file that was cut short gives what it has.
 */
import * as v from 'valibot';
import { definitionSchema } from '../study/definition';
import { eventSchema, type StudyEvent } from '../study/events';
import { Study } from '../study/study';
import { ExchangeError } from './optuna-distribution';
import type { ImportedStudy } from './optuna-study';
import { parsePython, printable, printPython } from './python-values';

export const STUDY_FILE_VERSION = 1;
export const STUDY_FILE_TYPE = 'application/jsonl';

/** @returns the lines of the file */
export function* writeStudyFile(
	definition: Study['definition'],
	events: Iterable<StudyEvent>,
): Iterable<string> {
	const head = { format: 'lemur-study', version: STUDY_FILE_VERSION, definition };
	for (const value of [head, ...events]) yield `${printPython(printable(value))}\n`;
}

/** @returns whether a text begins as such a file does */
export function isStudyFile(start: string): boolean {
	return /^\s*\{\s*"format"\s*:\s*"lemur-study"/.test(start);
}

const headSchema = v.object({ version: v.number(), definition: v.optional(v.unknown()) });

/** @throws ExchangeError that names the line, or the version that is too new */
export function readStudyFile(text: string): ImportedStudy {
	const lines = text.split('\n');
	const head = v.safeParse(headSchema, jsonOf(lines[0] ?? '', 1));
	if (!head.success) throw new ExchangeError('The first line of the study file is damaged.');
	if (head.output.version > STUDY_FILE_VERSION)
		throw new ExchangeError(
			`This study file has version ${head.output.version}; this page reads up to ${STUDY_FILE_VERSION}. Reload the page to get its newest version.`,
		);
	const definition = v.safeParse(definitionSchema, head.output.definition);
	if (!definition.success) {
		const [issue] = definition.issues;
		throw new ExchangeError(
			`The study’s definition cannot be used: ${v.getDotPath(issue) ?? ''} ${issue.message}`,
		);
	}
	const events: StudyEvent[] = [];
	const notes: string[] = [];
	const study = new Study(definition.output);
	for (const [i, line] of lines.entries()) {
		if (i === 0 || line.trim() === '') continue;
		const event = eventOf(line, i + 1, i === lines.length - 1);
		if (event === null) {
			notes.push('The file ends in the middle of a line: what came after is missing.');
			continue;
		}
		applied(study, event, i + 1);
		events.push(event);
	}
	return { definition: definition.output, events, notes };
}

/** Null for a last line that was cut. */
function eventOf(line: string, number: number, isLast: boolean): StudyEvent | null {
	let value: unknown;
	try {
		value = jsonOf(line, number);
	} catch (error) {
		if (isLast) return null;
		throw error;
	}
	const result = v.safeParse(eventSchema, value);
	if (result.success) return result.output;
	throw new ExchangeError(
		`Line ${number} of the study file is no event that this page knows: ${v.summarize(result.issues).slice(0, 200)}`,
	);
}

function applied(study: Study, event: StudyEvent, number: number): void {
	try {
		study.apply(event);
	} catch (error) {
		const message = error instanceof Error ? error.message : String(error);
		throw new ExchangeError(`Line ${number} of the study file: ${message}`);
	}
}

function jsonOf(line: string, number: number): unknown {
	try {
		return parsePython(line);
	} catch {
		throw new ExchangeError(`Line ${number} of the study file is not JSON.`);
	}
}
