/** Oracle runner of storages.json: studies that Optuna wrote are read as it reads them, and come back. */
import { gunzipSync } from 'fflate';
import initSqlJs from 'sql.js';
import * as v from 'valibot';
import { expectClose, expectEqual } from '../../../../scripts/oracles/expect';
import type { OracleCase, OracleFile } from '../../../../scripts/oracles/types';
import { toExternal } from '../distributions';
import { oracleDirection, oracleReal, oracleValue } from '../oracle-trials';
import { Study } from '../study/study';
import { readJournal } from './optuna-journal';
import { writeJournal } from './optuna-journal-write';
import { readOptunaDatabase } from './optuna-sqlite';
import { writeOptunaDatabase } from './optuna-sqlite-write';
import { fromOptuna, toOptuna, type OptunaStudy } from './optuna-study';

const trialFacts = v.object({
	state: v.string(),
	values: v.nullable(v.array(oracleReal)),
	params: v.record(v.string(), oracleValue),
	intermediate: v.array(v.tuple([v.number(), oracleReal])),
	note: v.nullable(v.string()),
	rungs: v.array(oracleReal),
	seconds: v.nullable(v.number()),
});
const studyFacts = v.object({
	name: v.string(),
	directions: v.array(oracleDirection),
	trials: v.array(trialFacts),
});
const format = v.object({
	database: v.object({ gzip_base64: v.string(), studies: v.array(studyFacts) }),
	journal: v.object({ text: v.string(), studies: v.array(studyFacts) }),
});

export const oracles: OracleFile[] = [
	{
		area: 'optuna',
		file: 'storages.json',
		async *cases(json) {
			const { database, journal } = v.parse(format, json);
			const sqlite = await initSqlJs();
			const bytes = gunzipSync(Uint8Array.from(Buffer.from(database.gzip_base64, 'base64')));
			const fromDatabase = readOptunaDatabase(sqlite, bytes);
			const fromJournal = readJournal(journal.text);
			yield* casesOf('database', fromDatabase, database.studies);
			yield* casesOf('journal', fromJournal, journal.studies);
			for (const study of [...fromDatabase, ...fromJournal]) {
				const { name } = study;
				yield {
					name: `${name} comes back from a database`,
					run: () =>
						checkReturn(study, (out) =>
							readOptunaDatabase(sqlite, writeOptunaDatabase(sqlite, out)),
						),
				};
				yield {
					name: `${name} comes back from a journal`,
					run: () => checkReturn(study, (out) => readJournal([...writeJournal(out)].join(''))),
				};
			}
		},
	},
];

function* casesOf(
	where: string,
	studies: readonly OptunaStudy[],
	expected: readonly v.InferOutput<typeof studyFacts>[],
): Iterable<OracleCase> {
	for (const [i, facts] of expected.entries())
		yield { name: `${where}: ${facts.name}`, run: () => checkStudy(studies[i]!, facts) };
}

function checkStudy(study: OptunaStudy, facts: v.InferOutput<typeof studyFacts>): void {
	expectEqual(study.name, facts.name, 'name');
	expectEqual(study.directions, facts.directions, 'directions');
	expectEqual(study.trials.length, facts.trials.length, 'trials');
	for (const [number, expected] of facts.trials.entries()) {
		const trial = study.trials[number]!;
		const rungs = expected.rungs.map((_, rung) => trial.systemAttrs[`completed_rung_${rung}`]);
		const actual = {
			state: trial.state,
			values: trial.values,
			params: Object.fromEntries(
				trial.params.map(({ name, distribution, input }) => [
					name,
					toExternal(distribution, input),
				]),
			),
			intermediate: trial.intermediate,
			note: trial.userAttrs['note'] ?? null,
			rungs,
		};
		const { seconds, ...rest } = expected;
		expectEqual(actual, rest, `trial ${number}`);
		const { start, end } = trial;
		if (seconds !== null && start !== null && end !== null)
			expectClose((end - start) / 1e3, seconds, { absolute: 2e-3 }, `trial ${number}: seconds`);
	}
}

function checkReturn(study: OptunaStudy, through: (out: OptunaStudy) => OptunaStudy[]): void {
	const first = studyOf(study);
	const [back] = through(toOptuna(first));
	const second = studyOf(back!);
	expectEqual(second.definition, first.definition, 'definition');
	expectEqual(second.trials, first.trials, 'trials');
	expectEqual(second.summary, first.summary, 'summary');
}

function studyOf(study: OptunaStudy): Study {
	const { definition, events } = fromOptuna(study, 0);
	return new Study(definition, events);
}
