/** What the page sees of a study: its state, rows of its table, figures, files. Reads only. */
import type { SqlJsStatic } from 'sql.js';
import { writeDelimited } from '../../stats/export/delimited';
import type { ExportColumn } from '../../stats/export/table';
import type { Figure } from '../../stats/plots/plot';
import { toOptuna } from '../exchange/optuna-study';
import { writeJournal } from '../exchange/optuna-journal-write';
import { writeOptunaDatabase } from '../exchange/optuna-sqlite-write';
import { STUDY_FILE_TYPE, writeStudyFile } from '../exchange/study-file';
import type { PlotStudy } from '../plots/plot';
import { STUDY_PLOTS } from '../plots/registry';
import type { StudyEvent } from '../study/events';
import type { Study, StudyTrial } from '../study/study';
import { lastStep } from '../trial';
import { filterTrials, paramOf, sortTrials, type TrialFilter } from './filter';
import type { StudyFormat, StudyRequests, StudyState, TrialRow, TrialWindow } from './protocol';
import { joinBytes } from '../../bytes';

/** Newest trials whose durations tell how long the next ones take. */
const RECENT = 20;

/** @returns names of all hyperparameters, in the order in which they first came */
export function namesOf(study: Study): string[] {
	const spaces = new Set([study.definition.space, ...study.trials.map(({ space }) => space)]);
	return [...new Set([...spaces].flatMap((space) => space.map(({ name }) => name)))];
}

export function rowOf(trial: StudyTrial, names: readonly string[]): TrialRow {
	const { number, state, start, end, note, tags, origin, reason, values } = trial;
	return {
		...{ number, state, start, end, note, tags, origin, reason },
		value: values?.[0] ?? null,
		params: names.map((name) => paramOf(trial, name)),
		step: lastStep(trial),
	};
}

export function stateOf(
	study: Study,
	facts: Pick<StudyState, 'head' | 'running' | 'elsewhere'>,
): StudyState {
	const names = namesOf(study);
	const { trials, best, note, restarted } = study;
	return {
		...facts,
		names,
		note,
		tags: [...new Set(trials.flatMap((trial) => trial.tags))].sort(),
		trialMs: usualMs(trials),
		observations: trials.filter(({ origin }) => origin === 'statistics').length,
		best: best === null ? null : rowOf(best, names),
		restarted,
	};
}

function usualMs(trials: readonly StudyTrial[]): number | null {
	const durations: number[] = [];
	for (let i = trials.length - 1; i >= 0 && durations.length < RECENT; i--) {
		const { origin, state, start, end } = trials[i]!;
		if (origin !== 'search' || state === 'FAIL' || start === null || end === null) continue;
		durations.push(end - start);
	}
	if (durations.length === 0) return null;
	return durations.reduce((sum, ms) => sum + ms, 0) / durations.length;
}

export function windowOf(
	study: Study,
	{ filter, sort, start, count }: StudyRequests['rows']['params'],
): TrialWindow {
	const names = namesOf(study);
	const passing = filterTrials(study.trials, filter, study.definition.directions[0]!);
	const byNumber = sort.by === 'number';
	const ordered = byNumber && !sort.descending ? passing : sortTrials(passing, sort);
	return {
		total: passing.length,
		counts: study.summary.counts,
		names,
		rows: ordered.slice(start, start + count).map((trial) => rowOf(trial, names)),
	};
}

export function plotStudy(study: Study, filter: TrialFilter): PlotStudy {
	const direction = study.definition.directions[0]!;
	const { name } = study.definition;
	return { name, direction, trials: filterTrials(study.trials, filter, direction) };
}

/** @param studies the first one alone where the plot shows one */
export function figureOf(
	studies: readonly Study[],
	{ plot, filter, options }: Omit<StudyRequests['figure']['params'], 'ids'>,
): Figure {
	const shown = studies.map((study) => plotStudy(study, filter));
	return STUDY_PLOTS[plot].draw(shown, options);
}

type ExportedFile = StudyRequests['export']['result'];

/** @param events all of the study, for our own file */
export async function exportStudy(
	study: Study,
	events: readonly StudyEvent[],
	{ format, filter }: { readonly format: StudyFormat; readonly filter: TrialFilter },
	sqlite: () => Promise<SqlJsStatic>,
): Promise<ExportedFile> {
	switch (format) {
		case 'study':
			return {
				bytes: textBytes(writeStudyFile(study.definition, events)),
				mediaType: STUDY_FILE_TYPE,
				extension: '.study.jsonl',
			};
		case 'optuna-sqlite':
			return {
				bytes: writeOptunaDatabase(await sqlite(), toOptuna(study)),
				mediaType: 'application/vnd.sqlite3',
				extension: '.db',
			};
		case 'optuna-journal':
			return {
				bytes: textBytes(writeJournal(toOptuna(study))),
				mediaType: 'application/jsonl',
				extension: '.log',
			};
		case 'csv':
			return { bytes: csvOf(study, filter), mediaType: 'text/csv', extension: '.csv' };
	}
	format satisfies never;
}

function textBytes(lines: Iterable<string>): Uint8Array {
	const encoder = new TextEncoder();
	return joinBytes(Array.from(lines, (line) => encoder.encode(line)));
}

/** The trials that pass the filter, as the table shows them. */
function csvOf(study: Study, filter: TrialFilter): Uint8Array {
	const trials = filterTrials(study.trials, filter, study.definition.directions[0]!);
	const text = (id: string, of: (trial: StudyTrial) => string): ExportColumn => ({
		id,
		kind: 'text',
		at: (row) => of(trials[row]!),
	});
	const number = (id: string, of: (trial: StudyTrial) => number): ExportColumn => ({
		id,
		kind: 'number',
		integer: false,
		at: (row) => of(trials[row]!),
	});
	const time = (ms: number | null) => (ms === null ? '' : new Date(ms).toISOString());
	const columns = [
		number('number', (trial) => trial.number),
		text('state', ({ state }) => state),
		number('value', ({ values }) => values?.[0] ?? NaN),
		text('start', ({ start }) => time(start)),
		text('end', ({ end }) => time(end)),
		...namesOf(study).map((name) =>
			text(`params_${name}`, (trial) => String(paramOf(trial, name) ?? '')),
		),
		text('origin', ({ origin }) => origin),
		text('tags', ({ tags }) => tags.join(' ')),
		text('note', ({ note }) => note),
		text('reason', ({ reason }) => reason ?? ''),
	];
	const table = { columns, rows: trials.length, title: study.definition.name, link: '' };
	return writeDelimited(table, { safe: true }, () => undefined);
}
