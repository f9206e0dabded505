import fc from 'fast-check';
import initSqlJs from 'sql.js';
import { beforeAll, describe, expect, it } from 'vitest';
import type { SqlJsStatic } from 'sql.js';
import { categorical, float, int } from '../distributions';
import { spaceOf } from '../space';
import { createStudy, type AskTell } from '../study/ask-tell';
import { Study } from '../study/study';
import { testDefinition } from '../study/testing';
import { importStudies } from './import';
import { printDistribution, readDistribution } from './optuna-distribution';
import { readJournal } from './optuna-journal';
import { writeJournal } from './optuna-journal-write';
import { readOptunaDatabase } from './optuna-sqlite';
import { CREATE_TABLES } from './optuna-sqlite-schema';
import { writeOptunaDatabase } from './optuna-sqlite-write';
import { fromOptuna, toOptuna } from './optuna-study';
import { writeStudyFile } from './study-file';

let sqlite: SqlJsStatic;
beforeAll(async () => {
	sqlite = await initSqlJs();
});

const space = spaceOf({
	lr: float(1e-5, 1, { log: true }),
	q: float(0, 1, { step: 0.25 }),
	n: int(1, 64, { log: true }),
	batch: categorical([1, 2, 4]),
	mixed: categorical(['norm', null, true, 2.5]),
});

/** A study with every kind of end, note, tag, rung, restart and observation. */
function busyStudy(): AskTell {
	let now = 1_700_000_000_000;
	const study = createStudy(
		testDefinition({
			space,
			pruner: { id: 'successive-halving', minResource: 1, reductionFactor: 2 },
		}),
		() => (now += 1_234),
	);
	study.apply({
		type: 'add',
		at: 0,
		trial: 0,
		space: 0,
		inputs: [0.1, 0.5, 2, 1, 0],
		state: 'COMPLETE',
		values: [0.3],
		intermediate: [],
		start: null,
		end: null,
		origin: 'statistics',
		reason: null,
	});
	for (let i = 0; i < 6; i++) {
		const { number } = study.ask();
		if (study.report(number, 1, i === 2 ? NaN : i)) study.tell(number, { state: 'PRUNED' });
		else if (i === 3) study.tell(number, { state: 'FAIL', reason: 'out of “memory”' });
		else study.tell(number, i === 4 ? -Infinity : i / 7);
	}
	study.apply({ type: 'note', at: 1, trial: 2, text: 'odd\nbut true' });
	study.apply({ type: 'tags', at: 1, trial: 2, tags: ['keep'] });
	study.apply({ type: 'plan', at: 1, trials: 40 });
	return study;
}

/** What a file must bring back. */
const factsOf = ({ definition, trials, note }: Study) => ({
	definition,
	note,
	trials: trials.map(
		({ state, values, inputs, space, intermediate, rungs, reason, note, tags, start, end }) => ({
			state,
			values,
			params: space.map(({ name }, i) => [name, inputs[i]]),
			intermediate: [...intermediate],
			rungs,
			reason,
			note,
			tags,
			start,
			end,
		}),
	),
});

describe('our study file', () => {
	it('brings back the same study, with the same next suggestion', async () => {
		const { study, events } = busyStudy();
		const text = [...writeStudyFile(study.definition, events)].join('');
		const file = await importStudies(new TextEncoder().encode(text), options());
		expect(file.kind).toBe('study file');
		const [one] = file.studies;
		const back = new Study(one!.definition, one!.events);
		expect(back.trials).toEqual(study.trials);
		expect(back.asked(0)).toEqual(study.asked(0));
		expect(one!.notes).toEqual([]);
	});

	it('gives what is left of a file that was cut', async () => {
		const { study, events } = busyStudy();
		const text = [...writeStudyFile(study.definition, events)].join('');
		const cut = new TextEncoder().encode(text.slice(0, text.length - 30));
		const { studies } = await importStudies(cut, options());
		expect(studies[0]!.events).toHaveLength(events.length - 1);
		expect(studies[0]!.notes[0]).toMatch(/ends in the middle/);
	});
});

const options = () => ({ sqlite: async () => sqlite, now: 0 });

describe('Optuna’s files', () => {
	it('bring back a study of ours, through both storages', () => {
		const { study } = busyStudy();
		const out = toOptuna(study);
		const throughs = [
			readJournal([...writeJournal(out)].join(''))[0]!,
			readOptunaDatabase(sqlite, writeOptunaDatabase(sqlite, out))[0]!,
		];
		for (const back of throughs) {
			const { definition, events } = fromOptuna(back, 0);
			const again = new Study(definition, events);
			expect(factsOf(again)).toEqual(factsOf(study));
			expect(again.summary.planned).toBe(40);
			expect(again.best?.number).toBe(study.best?.number);
		}
	});

	it('have the same choices in all trials, as Optuna demands, after a restart with fewer', () => {
		const { study } = busyStudy();
		const narrow = spaceOf({ batch: categorical([2, 1]), lr: float(0.1, 0.2) });
		study.apply({ type: 'space', space: narrow });
		study.apply({ type: 'restart', at: 0, space: 1, reason: null });
		study.apply(study.asked(0));
		const out = toOptuna(study);
		const batches = out.trials.map(({ params }) => params.find(({ name }) => name === 'batch')!);
		for (const { distribution } of batches) expect(distribution).toEqual(categorical([1, 2, 4]));
		const asked = study.params(study.trials.length - 1)['batch'];
		expect([1, 2, 4][batches.at(-1)!.input]).toBe(asked);
	});
});

describe('distributions', () => {
	it('are read as they were printed', () => {
		for (const { name, distribution } of space)
			expect(readDistribution(name, printDistribution(distribution))).toEqual(distribution);
		expect(printDistribution(float(0, 1))).toBe(
			'{"name": "FloatDistribution", "attributes": {"step": null, "low": 0.0, "high": 1.0, "log": false}}',
		);
	});

	it.each([
		['{"name": "UniformDistribution", "attributes": {"low": 0.0, "high": 1.0}}', float(0, 1)],
		[
			'{"name": "LogUniformDistribution", "attributes": {"low": 0.1, "high": 1.0}}',
			float(0.1, 1, { log: true }),
		],
		[
			'{"name": "DiscreteUniformDistribution", "attributes": {"low": 0, "high": 1, "q": 0.5}}',
			float(0, 1, { step: 0.5 }),
		],
		['{"name": "IntUniformDistribution", "attributes": {"low": 1, "high": 9}}', int(1, 9)],
		[
			'{"name": "IntLogUniformDistribution", "attributes": {"low": 1, "high": 9, "step": 1}}',
			int(1, 9, { log: true }),
		],
		['{"type": "int", "low": 1, "high": 9}', int(1, 9)],
	])('of older versions: %s', (text, expected) => {
		expect(readDistribution('x', text)).toEqual(expected);
	});

	it.each([
		['{"name": "GammaDistribution", "attributes": {}}', /^The parameter x has a distribution that/],
		['{"name": "FloatDistribution", "attributes": {"low": 2, "high": 1}}', /^x: the lower end/],
		['{"name": "CategoricalDistribution", "attributes": {"choices": [[1], [2]]}}', /does not know/],
		['{', /is not JSON/],
	])('that are unknown or empty are refused in words: %s', (text, words) => {
		expect(() => readDistribution('x', text)).toThrow(words);
	});
});

describe('importStudies', () => {
	const importText = (text: string) => importStudies(new TextEncoder().encode(text), options());
	const journal = (...ops: readonly object[]) =>
		ops.map((op) => `${JSON.stringify(op)}\n`).join('');
	const made = { op_code: 0, study_name: 's', directions: [1] };
	const trial = { op_code: 4, study_id: 0, datetime_start: '2026-01-01T00:00:00.000000' };

	it.each([
		['', /empty/],
		['hello', /no file of studies/],
		['{"format": "lemur-study", "version": 7}', /version 7; this page reads up to 1/],
		[
			'{"format": "lemur-study", "version": 1, "definition": {}}',
			/definition cannot be used: name/,
		],
		[journal(made, { op_code: 5 }), /^Line 2 of the journal is no operation/],
		[journal(made, { op_code: 12 }), /^Line 2 of the journal is no operation/],
		[journal(trial), /^Line 1 of the journal: there is no study 0/],
		[`${journal(made)}{"op_code": 4,\n${journal(trial)}`, /^Line 2 of the journal is not JSON/],
		[journal(made, { op_code: 1, study_id: 0 }), /holds no study/],
	])('refuses in words: %s', async (text, words) => {
		await expect(importText(text)).rejects.toThrow(words);
	});

	it('refuses values that lie in no range, and parameters named twice', async () => {
		const param = {
			op_code: 5,
			trial_id: 0,
			param_name: 'b',
			param_value_internal: 7,
			distribution: '{"type": "categorical", "choices": [1, 2]}',
		};
		await expect(importText(journal(made, trial, param))).rejects.toThrow(
			'Trial 0: the value of b (7) is not in its range.',
		);
		const fitting = { ...param, param_value_internal: 1 };
		await expect(importText(journal(made, trial, fitting, fitting))).rejects.toThrow(/named twice/);
		const foreign = { ...fitting, distribution: '{"name": "GammaDistribution", "attributes": {}}' };
		await expect(importText(journal(made, trial, foreign))).rejects.toThrow(
			/^Line 3 .*: The parameter b has a distribution that this page does not know: .*Gamma/,
		);
	});

	it('refuses other databases, and tells storages of other versions apart', async () => {
		const bytesOf = (sql: string) => {
			const db = new sqlite.Database();
			db.run(sql);
			const bytes = db.export();
			db.close();
			return bytes;
		};
		const open = (sql: string) => importStudies(bytesOf(sql), options());
		await expect(open('CREATE TABLE x(y)')).rejects.toThrow(/not a storage of Optuna/);
		const version = (n: number) =>
			`${CREATE_TABLES} INSERT INTO version_info VALUES (1, ${n}, '9')`;
		await expect(open(version(11))).rejects.toThrow(/optuna storage upgrade/);
		await expect(open(version(13))).rejects.toThrow(/has schema 13, written by Optuna 9/);
		await expect(open(version(12))).rejects.toThrow(/holds no study/);
		const odd = `${version(12)}; INSERT INTO studies VALUES (1, 's'); INSERT INTO trials VALUES (1, 0, 1, 'SLEEPING', NULL, NULL)`;
		await expect(open(odd)).rejects.toThrow(/value of an unknown kind/);
	});

	it('never throws anything but words, whatever the bytes are', async () => {
		const { study, events } = busyStudy();
		const whole = new TextEncoder().encode([...writeJournal(toOptuna(study))].join(''));
		const own = new TextEncoder().encode([...writeStudyFile(study.definition, events)].join(''));
		const database = writeOptunaDatabase(sqlite, toOptuna(study));
		await fc.assert(
			fc.asyncProperty(
				fc.constantFrom(whole, own, database),
				fc.double({ min: 0, max: 0.999, noNaN: true }),
				fc.integer({ min: 0, max: 255 }),
				async (bytes, at, value) => {
					const changed = bytes.slice();
					changed[Math.floor(at * changed.length)] = value;
					const { studies } = await importStudies(changed, options()).catch((error: unknown) => {
						expect(error).toMatchObject({ name: 'ExchangeError' });
						return { studies: [] };
					});
					for (const { definition, events } of studies) new Study(definition, events);
				},
			),
			{ numRuns: 150 },
		);
	});
});
