/** Writes Optuna's journal file, so that `optuna.load_study` and the dashboard open it. */
import { printDistribution } from './optuna-distribution';
import { DIRECTIONS, OP, STATES } from './optuna-journal-codes';
import type { OptunaStudy, OptunaTrial } from './optuna-study';
import { isoOf } from './optuna-time';
import { printPython, PyFloat, type Printable } from './python-values';

const WORKER = 'lemur-web';

/** @returns the lines of a journal with one study */
export function* writeJournal(study: OptunaStudy): Iterable<string> {
	const line = (op: number, fields: Readonly<Record<string, Printable>>) =>
		`${printPython({ op_code: op, worker_id: WORKER, ...fields })}\n`;
	yield line(OP.createStudy, {
		study_name: study.name,
		directions: study.directions.map((direction) => DIRECTIONS.indexOf(direction)),
	});
	for (const [name, value] of Object.entries(study.userAttrs))
		yield line(OP.studyUserAttr, { study_id: 0, user_attr: { [name]: value } });
	for (const [id, trial] of study.trials.entries())
		for (const [op, fields] of trialOps(trial, id)) yield line(op, fields);
}

function* trialOps(
	trial: OptunaTrial,
	id: number,
): Iterable<[op: number, fields: Readonly<Record<string, Printable>>]> {
	const own = { trial_id: id };
	const start = trial.start === null ? null : isoOf(trial.start, 'T');
	yield [OP.createTrial, { study_id: 0, datetime_start: start }];
	for (const { name, distribution, input } of trial.params)
		yield [
			OP.param,
			{
				...own,
				param_name: name,
				param_value_internal: distribution.type === 'categorical' ? input : new PyFloat(input),
				distribution: printDistribution(distribution),
			},
		];
	for (const [step, value] of trial.intermediate)
		yield [OP.intermediate, { ...own, step, intermediate_value: new PyFloat(value) }];
	for (const [name, value] of Object.entries(trial.systemAttrs))
		yield [OP.trialSystemAttr, { ...own, system_attr: { [name]: value } }];
	for (const [name, value] of Object.entries(trial.userAttrs))
		yield [OP.trialUserAttr, { ...own, user_attr: { [name]: value } }];
	if (trial.state === 'RUNNING') return;
	yield [
		OP.stateValues,
		{
			...own,
			state: STATES.indexOf(trial.state),
			values: trial.values?.map((value) => new PyFloat(value)) ?? null,
			...(trial.end === null ? {} : { datetime_complete: isoOf(trial.end, 'T') }),
		},
	];
}
