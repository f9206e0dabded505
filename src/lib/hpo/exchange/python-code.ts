/**
 * A study as Python for Optuna: a script that goes on with an exported file, one that tries a trial's
 * values again, and the commands around them. Prints text; it runs nothing.
 */
import { pythonRepr, type PyValue } from '../../db/records/python-text';
import type { Distribution, ParamValue } from '../distributions';
import type { Params, Space } from '../space';
import type { StudyDefinition } from '../study/definition';

type Named = Pick<StudyDefinition, 'name' | 'directions' | 'space'>;

/** Formats that Optuna opens. */
export type OptunaFormat = 'optuna-sqlite' | 'optuna-journal';

/** What continues an exported study elsewhere. */
export interface Commands {
	/** for a shell */
	readonly dashboard: string;
	/** a script for workers of a cluster: each may run it */
	readonly python: string;
}

/** @param file name of the exported file, beside which the commands are run */
export function continueCommands(study: Named, format: OptunaFormat, file: string): Commands {
	const name = pythonRepr(study.name);
	const storage = STORAGES[format](pythonRepr(file), file);
	return {
		dashboard: `pip install optuna optuna-dashboard\noptuna-dashboard ${shellWord(storage.address)}`,
		python: [
			...storage.imports,
			'',
			...objectiveOf(study.space),
			'',
			`study = optuna.load_study(study_name=${name}, storage=${storage.python})`,
			'study.optimize(objective, n_trials=100)',
			'print(study.best_value, study.best_params)',
			'',
		].join('\n'),
	};
}

const STORAGES = {
	'optuna-sqlite': (_repr: string, file: string) => ({
		imports: ['import optuna'],
		python: pythonRepr(`sqlite:///${file}`),
		address: `sqlite:///${file}`,
	}),
	'optuna-journal': (repr: string, file: string) => ({
		imports: [
			'import optuna',
			'from optuna.storages import JournalStorage',
			'from optuna.storages.journal import JournalFileBackend',
		],
		python: `JournalStorage(JournalFileBackend(${repr}))`,
		address: file,
	}),
} as const;

/** @returns a script that tries these values first, in a new study over the same ranges */
export function enqueueScript(study: Named, params: Params): string {
	const directions = study.directions.map((one) => pythonRepr(one));
	const direction =
		directions.length === 1
			? `direction=${directions[0]}`
			: `directions=[${directions.join(', ')}]`;
	const entries = study.space.flatMap(({ name, distribution }) =>
		Object.hasOwn(params, name)
			? [`    ${pythonRepr(name)}: ${valueOf(distribution, params[name]!)},`]
			: [],
	);
	return [
		'import optuna',
		'',
		...objectiveOf(study.space),
		'',
		`study = optuna.create_study(study_name=${pythonRepr(study.name)}, ${direction})`,
		'study.enqueue_trial({',
		...entries,
		'})',
		'study.optimize(objective, n_trials=1)',
		'',
	].join('\n');
}

function objectiveOf(space: Space): string[] {
	const lines = space.map(
		({ name, distribution }) =>
			`        ${pythonRepr(name)}: trial.${suggestion(name, distribution)},`,
	);
	return [
		'def objective(trial):',
		'    params = {',
		...lines,
		'    }',
		'    return train(**params)  # yours: trains a net and returns its metric',
	];
}

function suggestion(name: string, distribution: Distribution): string {
	if (distribution.type === 'categorical') {
		const choices = distribution.choices.map((choice) => valueOf(distribution, choice));
		return `suggest_categorical(${pythonRepr(name)}, [${choices.join(', ')}])`;
	}
	const { type, low, high, step, log } = distribution;
	const ends = [low, high].map((end) => valueOf(distribution, end));
	const options = [
		...(step !== null && !(type === 'int' && step === 1)
			? [`step=${valueOf(distribution, step)}`]
			: []),
		...(log ? ['log=True'] : []),
	];
	return `suggest_${type}(${[pythonRepr(name), ...ends, ...options].join(', ')})`;
}

/** Numbers keep their type: Optuna tells 1 and 1.0 apart in choices. */
function valueOf(distribution: Distribution, value: ParamValue): string {
	if (typeof value !== 'number') return pythonRepr(value);
	const isInt = distribution.type !== 'float' && Number.isSafeInteger(value);
	const plain: PyValue = isInt ? BigInt(value) : value;
	return pythonRepr(plain);
}

/** A word of a POSIX shell. */
function shellWord(text: string): string {
	return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
