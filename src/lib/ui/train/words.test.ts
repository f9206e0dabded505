import { describe, expect, it } from 'vitest';
import { runRow } from '../../train/testing-runs';
import { tinyConfig } from '../../train/testing';
import { LiveTrial } from '../../train/live';
import { verdictText } from '../../nn/backend';
import { tooSlow } from '../../train/outcome';
import {
	aboutTime,
	canResume,
	chipText,
	configText,
	expectedText,
	factsText,
	placeText,
	pointText,
	progressText,
	remediesOf,
	stateOf,
	timeText,
	verdictParts,
} from './words';

const nobody = { current: undefined, elsewhere: [] };
const ended = (code: string) =>
	runRow('a', { state: 'ended', outcome: { code, reason: '', value: null } });

describe('states of runs', () => {
	it.each([
		[runRow(), nobody, 'interrupted', 'interrupted', true],
		[runRow(), { ...nobody, current: 'a' }, 'running', 'running', false],
		[runRow(), { ...nobody, elsewhere: ['a'] }, 'elsewhere', 'running in another tab', false],
		[ended('FINISHED'), nobody, 'done', 'finished', false],
		[ended('STOPPED'), nobody, 'stopped', 'stopped', true],
		[ended('GATE'), nobody, 'failed', 'too low', false],
		[ended('FAILED'), nobody, 'failed', 'ended early', false],
	])('%#: are told apart, and only unfinished ones can go on', (run, who, state, chip, resumes) => {
		expect(stateOf(run, who)).toBe(state);
		expect(chipText(run, stateOf(run, who))).toBe(chip);
		expect(canResume(run, stateOf(run, who))).toBe(resumes);
	});

	it('say what they were trained on', () => {
		const facts = { backend: 'webgpu', adapter: 'Some GPU', software: false } as const;
		expect(factsText(facts)).toBe('trained on WebGPU (Some GPU)');
		expect(factsText({ ...facts, backend: 'cpu', adapter: '' })).toBe('trained on the processor');
	});

	it('say where they can go on', () => {
		expect(pointText(runRow())).toBe('the beginning');
		const pointer = { place: 'db', epoch: 2, step: 7, bytes: 1, sha256: '' } as const;
		expect(pointText(runRow('a', { slots: [pointer, null] }))).toBe('epoch 2, step 7');
	});
});

it('estimates are round', () => {
	expect([500, 42_400, 240_000, 9_000_000, 4e8].map(aboutTime)).toEqual([
		...['about a second', 'about 42 s', 'about 4 min', 'about 2.5 h', 'about 5 days'],
	]);
	expect(aboutTime(undefined)).toBe('not known yet');
});

it('a place among LEMUR’s records, or that there are none', () => {
	const place = { n: 1200, percentile: 0.834, median: 0.5, best: 0.9312 };
	expect(placeText(place, 3)).toBe(
		'Better than 83 % of LEMUR’s 1,200 records at epoch 3; their median is 50.00 %, the best 93.12 %.',
	);
	expect(placeText(undefined, 3)).toMatch(/no record/);
});

it('a configuration and a progress in one line', () => {
	expect(configText(tinyConfig)).toBe(
		'TinyNet on synthetic: norm, batch 8, lr 0.05, momentum 0.9, dropout 0.2',
	);
	const trial = new LiveTrial();
	expect(progressText(trial.view)).toBe('Preparing…');
	trial.hear({ kind: 'run', run: runRow(), backend: { ...runRow().facts, text: '' } });
	trial.hear({ kind: 'state', state: 'training', epoch: 2, step: 1_000, steps: 2_000 });
	expect(progressText(trial.view)).toBe('Training: epoch 2 of 2, step 1,000 of 2,000');
});

describe('what may help', () => {
	const after = (code: string, value: number | null = 0, config = tinyConfig) =>
		remediesOf(runRow('a', { config, outcome: { code, reason: '', value }, state: 'ended' }));

	it('is a lower learning rate, all samples, no gate, or more time', () => {
		const lower = { label: 'Try a learning rate of 0.005', config: { prm: { lr: 0.005 } } };
		expect(after('NAN')).toMatchObject([lower]);
		expect(after('GATE')).toMatchObject([lower, { config: { gate: false } }]);
		const few = { ...tinyConfig, trainLimit: 10 };
		expect(after('GATE', 0, few)[0]).toEqual({ label: 'Train on all samples', config: tinyConfig });
		const { value } = tooSlow(40, tinyConfig.epochLimitMinutes);
		expect(after('EPOCH_LIMIT', value)).toEqual([
			{ label: 'Allow an epoch 60 minutes', config: { ...tinyConfig, epochLimitMinutes: 60 } },
		]);
		expect([after('EPOCH_LIMIT', null), after('FINISHED'), after('STOPPED')]).toEqual([[], [], []]);
	});
});

describe('words for times and backends', () => {
	it('have three digits, and 0 is in seconds', () => {
		expect([0, 0.004, 191.84, 4991, NaN].map(timeText)).toEqual([
			'0 s',
			'0 s',
			'192 ms',
			'4.99 s',
			'–',
		]);
	});

	it('say first what computes, and apart from it what was passed over', () => {
		const facts = { backend: 'cpu', adapter: '', software: false } as const;
		const text = verdictText({ ...facts, passed: ['WebGPU: none.', 'WebGL: none.'] });
		expect(verdictParts(text)).toEqual({
			runs: 'Runs on the processor.',
			why: 'Passed over: WebGPU: none. Passed over: WebGL: none.',
		});
		const runs = verdictText({ ...facts, passed: [] });
		expect(verdictParts(runs)).toEqual({ runs, why: '' });
	});
});

describe('expectedText', () => {
	const reference = (...values: number[]) => ({
		...{ epochs: Uint16Array.of(2, 5), start: Uint32Array.of(0, 1, 1 + values.length) },
		...{ values: Float64Array.of(0.2, ...values), transforms: [] },
	});

	it('is the last epoch that LEMUR has, by its quartiles, its range or its only record', () => {
		expect(expectedText(reference(0.1, 0.2, 0.3, 0.4, 0.5), 7)).toBe(
			'half of LEMUR’s 5 records at epoch 5 have 20.00 % to 40.00 %',
		);
		expect(expectedText(reference(0.1, 0.2), 5)).toBe(
			'LEMUR’s 2 records at epoch 5 have 10.00 % to 20.00 %',
		);
		expect(expectedText(reference(0.1), 4)).toBe('LEMUR’s only record at epoch 2 has 20.00 %');
		expect(expectedText(reference(0.1), 1)).toBeUndefined();
	});
});
