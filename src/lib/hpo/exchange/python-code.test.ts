import { describe, expect, it } from 'vitest';
import { categorical, float, int } from '../distributions';
import { spaceOf } from '../space';
import { testDefinition } from '../study/testing';
import { continueCommands, enqueueScript } from './python-code';

const definition = {
	...testDefinition(),
	name: "It's",
	space: spaceOf({
		lr: float(1e-5, 1, { log: true }),
		width: int(8, 64, { step: 8 }),
		batch: categorical([4, 16]),
		transform: categorical(['norm', null, true]),
	}),
};

describe('continueCommands', () => {
	it('opens a database and a journal by their own storages', () => {
		const sqlite = continueCommands(definition, 'optuna-sqlite', 'it s.db');
		expect(sqlite.dashboard).toContain("optuna-dashboard 'sqlite:///it s.db'");
		expect(sqlite.python).toContain(`load_study(study_name="It's", storage='sqlite:///it s.db')`);
		const journal = continueCommands(definition, 'optuna-journal', 'a.log');
		expect(journal.dashboard).toContain('optuna-dashboard a.log');
		expect(journal.python).toContain("JournalStorage(JournalFileBackend('a.log'))");
	});

	it('suggests every hyperparameter over its range, with the types that Optuna tells apart', () => {
		const { python } = continueCommands(definition, 'optuna-sqlite', 'a.db');
		for (const line of [
			`'lr': trial.suggest_float('lr', 1e-05, 1.0, log=True)`,
			`'width': trial.suggest_int('width', 8, 64, step=8)`,
			`'batch': trial.suggest_categorical('batch', [4, 16])`,
			`'transform': trial.suggest_categorical('transform', ['norm', None, True])`,
		])
			expect(python).toContain(line);
	});
});

describe('enqueueScript', () => {
	it('holds the values of a trial', () => {
		const text = enqueueScript(definition, { lr: 1, width: 16, batch: 4, transform: null });
		expect(text).toContain(
			"    'lr': 1.0,\n    'width': 16,\n    'batch': 4,\n    'transform': None,",
		);
		expect(text).toContain(`study_name="It's", direction='maximize'`);
	});
});
