import { describe, expect, it } from 'vitest';
import { categorical, float, int } from '../../hpo/distributions';
import { EMPTY_SUMMARY } from '../../hpo/study/summary';
import { testDefinition } from '../../hpo/study/testing';
import {
	countsText,
	objectiveShort,
	objectiveText,
	paramText,
	prunerText,
	rangeText,
	samplerText,
	statusOf,
	studyFileName,
	type StudyFacts,
} from './words';

describe('statusOf', () => {
	const idle: StudyFacts = { running: undefined, held: false, runnable: true };
	const some = { ...EMPTY_SUMMARY, trials: 4, done: 4, planned: 9 };

	it.each([
		['new', EMPTY_SUMMARY, idle],
		['paused', some, idle],
		['done', { ...some, done: 9 }, idle],
		['imported', { ...some, planned: 0 }, { ...idle, runnable: false }],
		['running', some, { ...idle, running: { pausing: false } }],
		['waiting', some, { ...idle, held: true, running: { pausing: false } }],
		['pausing', some, { ...idle, running: { pausing: true } }],
		['interrupted', { ...some, counts: { ...some.counts, RUNNING: 1 } }, idle],
		['elsewhere', { ...some, counts: { ...some.counts, RUNNING: 1 } }, { ...idle, elsewhere: 1 }],
	] as const)('is %s', (status, summary, facts) => {
		expect(statusOf(summary, facts)).toBe(status);
	});
});

describe('words', () => {
	const settings = { task: 't', dataset: 'd', metric: 'acc', nn: 'N', epochs: 2, mode: 'nearest' };

	it('say what a trial does, and that a replay trains nothing', () => {
		const replay = testDefinition({ objective: { id: 'replay', settings } });
		expect(objectiveText(replay)).toContain(
			'stored runs of N on d, acc after 2 epochs; a trial is',
		);
		expect(objectiveShort(replay)).toBe('replays N on d, 2 epochs');
		const trains = testDefinition({ objective: { id: 'train', settings } });
		expect(objectiveText(trains)).toMatch(/^Trains N on d/);
		expect(objectiveText(testDefinition({ objective: { id: 'optuna', settings: {} } }))).toContain(
			'Optuna',
		);
	});

	it('say ranges, fixed ones too', () => {
		expect(rangeText(float(1e-5, 1, { log: true }))).toBe('0.00001 to 1, log scale');
		expect(rangeText(float(0, 0))).toBe('fixed at 0');
		expect(rangeText(int(1, 9, { step: 2 }))).toBe('1 to 9, whole, steps of 2');
		expect(rangeText(categorical(['a']))).toBe('fixed at a');
		expect(rangeText(categorical([1, 2, 3, 4, 5, 6, 7, 8]))).toBe(
			'one of 1, 2, 3, 4, 5, 6 and 2 more',
		);
	});

	it('say counts, values, samplers, files', () => {
		expect(countsText({ ...EMPTY_SUMMARY.counts, COMPLETE: 41, FAIL: 2 })).toBe(
			'41 complete, 2 failed',
		);
		expect(countsText(EMPTY_SUMMARY.counts)).toBe('no trial yet');
		expect([paramText(undefined), paramText(null), paramText(0.1 + 0.2)]).toEqual([
			'–',
			'null',
			'0.3',
		]);
		expect(samplerText(testDefinition().sampler)).toMatch(/^TPE v4/);
		expect(prunerText({ id: 'none' })).toContain('to its end');
		expect(studyFileName('../Älex net: 1', '.db')).toBe('A_lex_net_1.db');
		expect(studyFileName('…', '.log')).toBe('study.log');
	});
});
