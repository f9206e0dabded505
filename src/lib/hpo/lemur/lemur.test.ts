import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../train/settings';
import { OutOfMemory, type Objective } from '../objective/objective';
import { createStudy } from '../study/ask-tell';
import { StudyRunner } from '../study/runner';
import { memoryStudies, testDefinition } from '../study/testing';
import { lemurPolicy } from './policy';
import { DEFAULT_RANGES, lemurSpace, trialsToRun, withBatchesUpTo } from './search-space';
import { MOST_OBSERVATIONS, warmStart } from './warm-start';

const TRANSFORMS = ['norm_64', 'echo_32'];
const supported = ['lr', 'momentum', 'dropout', 'norm_eps', 'pretrained'];

describe('lemurSpace', () => {
	it('has LEMUR’s default ranges', () => {
		const { space, fixed } = lemurSpace(DEFAULT_RANGES, supported, TRANSFORMS);
		expect(fixed).toEqual({});
		expect(Object.fromEntries(space.map((p) => [p.name, p.distribution]))).toEqual({
			dropout: { type: 'float', low: 0, high: 0.5, step: null, log: false },
			lr: { type: 'float', low: 1e-5, high: 1, step: null, log: true },
			momentum: { type: 'float', low: 0, high: 1, step: null, log: false },
			norm_eps: { type: 'float', low: 0, high: 1, step: null, log: false },
			pretrained: { type: 'categorical', choices: [0, 1] },
			batch: {
				type: 'categorical',
				choices: [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096],
			},
			transform: { type: 'categorical', choices: TRANSFORMS },
		});
	});

	it('honours fixed values, 0 too, and ranges of one value', () => {
		const { space, fixed } = lemurSpace(
			{
				...DEFAULT_SETTINGS,
				nnPrm: { momentum: 0, batch: 16 },
				minDropout: 0,
				maxDropout: 0,
				transform: 'norm_64',
				pretrained: 0,
			},
			supported,
			TRANSFORMS,
		);
		expect(fixed).toEqual({ momentum: 0, batch: 16, pretrained: 0 });
		expect(space.map(({ name }) => name)).toEqual(['dropout', 'lr', 'norm_eps', 'transform']);
		const { params } = createStudy(testDefinition({ space })).ask();
		expect(params).toMatchObject({ dropout: 0, transform: 'norm_64' });
	});

	it('refuses empty ranges in words', () => {
		const empty = { ...DEFAULT_SETTINGS, minMomentum: 0.9, maxMomentum: 0.1 };
		expect(() => lemurSpace(empty, supported, TRANSFORMS)).toThrow(/^momentum: the lower end/);
		expect(() => lemurSpace(DEFAULT_RANGES, supported, [])).toThrow(/^transform: there is nothing/);
		const none = { ...DEFAULT_SETTINGS, minBatchBinaryPower: 5, maxBatchBinaryPower: 4 };
		expect(() => lemurSpace(none, supported, TRANSFORMS)).toThrow(/nothing to choose from/);
	});
});

describe('trialsToRun', () => {
	it('counts those on record when positive, and adds when negative', () => {
		expect([
			trialsToRun(100, 30),
			trialsToRun(20, 30),
			trialsToRun(-5, 30),
			trialsToRun(0, 0),
		]).toEqual([70, 0, 5, 0]);
	});
});

const { space } = lemurSpace({ ...DEFAULT_RANGES, maxBatchBinaryPower: 4 }, ['lr'], TRANSFORMS);

async function search(objective: Objective, trials: number) {
	const studies = memoryStudies();
	const { id } = await studies.create(testDefinition({ space }));
	const study = await studies.open(id);
	await study.plan(trials);
	return { end: await new StudyRunner(study, objective).run(), study: study.study };
}

describe('lemurPolicy', () => {
	const policy = lemurPolicy({ minimumAccuracy: 0.1, failAttempts: 5 });

	it('begins anew with smaller batches when one does not fit, for all trials that were planned', async () => {
		const { end, study } = await search(
			{
				policy,
				async run({ batch }) {
					if (Number(batch) > 2) throw new OutOfMemory(Number(batch));
					return 0.5;
				},
			},
			12,
		);
		expect(end).toEqual({ kind: 'done' });
		const { generation, done } = study.summary;
		expect(generation).toBeGreaterThan(0);
		expect(done).toBe(12);
		const batches = study.space.find(({ name }) => name === 'batch')!.distribution;
		expect(batches).toMatchObject({ choices: [1, 2] });
		for (const { state, reason } of study.trials)
			if (state === 'FAIL') expect(reason).toMatch(/^Batch \d+ does not fit/);
	});

	it('takes the smallest batch that does not fit for 0, and goes on', async () => {
		const { end, study } = await search(
			{
				policy,
				async run({ batch }) {
					throw new OutOfMemory(Number(batch));
				},
			},
			4,
		);
		expect(end).toEqual({ kind: 'done' });
		expect(study.currentTrials.map(({ values }) => values)).toEqual([[0], [0], [0], [0]]);
	});

	it('counts a failure as 0, and gives up after five without a good trial between them', async () => {
		const { end, study } = await search(
			{
				policy,
				async run(_, { trial }) {
					if (trial === 3) return 0.5; // good: the count begins again
					if (trial % 2 === 0) return 0.12; // not above the gate
					throw new Error('no such layer');
				},
			},
			40,
		);
		expect(end).toMatchObject({ kind: 'gave-up', reason: /^5 attempts.*no such layer$/ });
		expect(study.trials).toHaveLength(14); // 1, then 5, 7, 9, 11 and 13
		expect(study.trial(1)).toMatchObject({
			state: 'COMPLETE',
			values: [0],
			reason: 'no such layer',
		});
		expect(study.trial(13).state).toBe('FAIL');
	});
});

describe('withBatchesUpTo', () => {
	it('leaves nothing below the smallest', () => {
		expect(withBatchesUpTo(space, 0.5)).toBeNull();
		expect(withBatchesUpTo([], 4)).toBeNull();
	});
});

describe('warmStart', () => {
	const good = { params: { lr: 0.01, batch: 4, transform: 'echo_32' }, value: 0.7 };

	it('takes what lies in the space, marked as not run here, and says how much does not', () => {
		const observations = [
			good,
			{ ...good, params: { ...good.params, batch: 5 } },
			{ ...good, params: { lr: 0.01, batch: 4 } },
			{ ...good, value: NaN },
		];
		const { events, outside } = warmStart(observations, space, { first: 0, at: 9 });
		expect(outside).toBe(3);
		expect(events).toHaveLength(1);
		expect(events[0]).toMatchObject({ trial: 0, inputs: [0.01, 2, 1], origin: 'statistics' });
	});

	it('takes evenly many of more than it can use', () => {
		const many = Array.from({ length: 5_000 }, (_, value) => ({ ...good, value }));
		const { events } = warmStart(many, space, { first: 7, at: 0 });
		expect(events).toHaveLength(MOST_OBSERVATIONS);
		expect(events.at(-1)).toMatchObject({ trial: 2_006, values: [4_997] });
	});

	it('moves the search to where the statistics say, and does not count as its best', () => {
		const many = Array.from({ length: 900 }, (_, i) => ({
			params: { lr: 10 ** (-(i % 90) / 20), batch: 2 ** (i % 5), transform: TRANSFORMS[i % 2]! },
			value: i % 90 === 40 ? 0.9 : 0.1,
		}));
		const { events } = warmStart(many, space, { first: 0, at: 0 });
		const warm = createStudy(testDefinition({ space }));
		for (const event of events) warm.study.apply(event);
		expect(warm.study.best).toBeNull();
		expect(warm.study.summary).toMatchObject({ done: 0, trials: 900 });
		const near = Array.from({ length: 20 }, () => warm.ask()).filter(
			({ params }) => Math.abs(Math.log10(Number(params['lr'])) + 2) < 0.5,
		);
		expect(near.length).toBeGreaterThan(9); // 4 by chance
	});
});
