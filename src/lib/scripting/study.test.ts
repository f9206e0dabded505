import initSqlJs from 'sql.js';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { DataClient } from '../db/client';
import { memoryStore, testEffects } from '../hpo/study/testing';
import { storedRows } from '../hpo/worker/testing';
import { createStudyClient } from '../hpo/worker/client';
import { serveStudies } from '../hpo/worker/serve';
import { createMemoryStore } from '../store/memory';
import { RUN_COLLECTIONS } from '../train/run-row';
import { tinyNet, useCpu } from '../train/testing';
import { storageOver } from '../train/testing-runs';
import { fakeWorld } from '../train/testing-worker';
import { FakeWorker } from '../worker/testing';
import { createLemur } from './lemur';
import type { ScriptStudy, ScriptStudyEvent } from './study';
import type { StudyArguments } from './study-arguments';
import type { ScriptStudyTrial } from './study-trial';

beforeAll(useCpu);

/** The interface on a study worker in this thread; its trials are trained in this thread too. */
function setUp() {
	const collections = Object.values(RUN_COLLECTIONS);
	const storage = storageOver(createMemoryStore({ name: 'lemur::v1', collections }));
	const world = fakeWorld({ storage, net: { ...tinyNet, name: 'ICNet' } });
	const client = createStudyClient(
		() =>
			new FakeWorker((scope) => {
				serveStudies(scope, {
					openStore: async () => ({ store: memoryStore(), notStored: null }),
					studies: testEffects(),
					sqlite: () => initSqlJs(),
					breathe: () => new Promise((resolve) => setImmediate(resolve)),
					trainer: () => ({
						...{ runs: world.client.runs.bind(world.client), close: () => undefined },
						train: (params, hear) => world.client.train(params, hear),
						control: (action) => world.client.control(action),
						kill: () => world.kill(),
						forget: (id) => world.client.forget(id),
						isBusy: async () => false,
						hasData: async () => undefined,
					}),
				});
			}),
	);
	const data = vi.fn(async () => storedRows());
	const unused = () => {
		throw new Error('not expected');
	};
	const lemur = createLemur({
		client: () => ({ data }) as unknown as DataClient,
		...{ sqlClient: unused, trainer: unused, baseUrl: 'https://site.example/', fetch },
		studies: async () => client,
	});
	return { lemur, client, data, world };
}

async function eventsOf(study: ScriptStudy): Promise<ScriptStudyEvent[]> {
	const events: ScriptStudyEvent[] = [];
	for await (const event of study.events) events.push(event);
	return events;
}

const kinds = (events: readonly ScriptStudyEvent[]) =>
	events.map((event) => (event.kind === 'state' ? event.state : event.kind));

const space = { x: { low: -2, high: 2 }, way: ['up', 'down'] };

describe('lemur.study', () => {
	it('searches a function, tells everything, and ends with all trials and the best', async () => {
		const { lemur, client } = setUp();
		const objective = ({ params: { x, way } }: ScriptStudyTrial) =>
			(way === 'up' ? 1 : -1) - Number(x) ** 2;
		const study = await lemur.study({ name: 'Parabola', objective, space, trials: 12, seed: 3 });
		const [events, studied] = await Promise.all([eventsOf(study), study.done]);
		expect(studied).toMatchObject({ id: study.id, name: 'Parabola', end: 'done', reason: null });
		expect(studied.trials).toHaveLength(12);
		const values = studied.trials.map(({ value }) => value!);
		expect(studied.best).toEqual(studied.trials[values.indexOf(Math.max(...values))]);
		expect(studied.best?.params).toMatchObject({ x: expect.any(Number), way: 'up' });
		expect(kinds(events).slice(0, 3)).toEqual(['running', 'trial', 'end']);
		expect(kinds(events).at(-1)).toBe('done');
		// It is a study of this device like any other, and only its script can run it.
		const { studies } = await client.call('list', {});
		expect(studies.map(({ id }) => id)).toEqual([study.id]);
		const again = client.call('run', { id: study.id, rows: null, parallel: 1 });
		await expect(again).rejects.toThrow(/run by “script”, which this page cannot run/);
	});

	it('gives the pruner what a function reports; what it throws, or is no number, FAILs', async () => {
		const { lemur } = setUp();
		const seen: (readonly [number, boolean])[] = [];
		const study = await lemur.study({
			...{ space, trials: 6, pruner: { id: 'median', startupTrials: 1 }, direction: 'minimize' },
			async objective(trial) {
				if (trial.number === 4) throw new Error('Out of paper.');
				if (trial.number === 5) return 'none' as never;
				seen.push([trial.number, await trial.report(trial.number, 1)]);
				if (trial.shouldPrune()) trial.prune();
				return trial.number;
			},
		});
		const { trials } = await study.done;
		expect(seen).toEqual([0, 1, 2, 3].map((number) => [number, number > 0]));
		expect(trials.map(({ state, value }) => [state, value])).toEqual([
			['COMPLETE', 0],
			...[1, 2, 3].map((value) => ['PRUNED', value]),
			...[4, 5].map(() => ['FAIL', null]),
		]);
		expect(trials.map(({ reason }) => reason).slice(4)).toEqual([
			'Out of paper.',
			'The objective returned no number but none.',
		]);
	});

	it('pauses after the trial that runs, goes on, and stops one that does not listen', async () => {
		const { lemur } = setUp();
		const begun: { study?: ScriptStudy } = {};
		const signals: AbortSignal[] = [];
		const study = (begun.study = await lemur.study({
			...{ space, trials: 9, parallel: 2 },
			async objective({ number, signal }) {
				signals.push(signal);
				await new Promise((resolve) => setTimeout(resolve, 1));
				if (number === 2) await begun.study?.pause();
				if (number < 6) return number;
				void begun.study?.stop();
				return new Promise<never>(() => undefined);
			},
		}));
		const states: string[] = [];
		for await (const event of study.events) {
			if (event.kind === 'state') states.push(event.state);
			if (event.kind === 'state' && event.state === 'paused') await study.resume();
		}
		expect(states).toEqual(['running', 'paused', 'running', 'stopped']);
		const { end, trials } = await study.done;
		expect(end).toBe('stopped');
		expect(trials.every(({ state }) => state === 'COMPLETE' || state === 'FAIL')).toBe(true);
		expect(trials.find(({ number }) => number === 6)).toMatchObject({
			...{ state: 'FAIL', reason: 'Stopped before its end.' },
		});
		expect(signals.at(-1)!.aborted).toBe(true);
		await expect(study.pause()).rejects.toMatchObject({ code: 'STUDY_IDLE' });
	});

	it('gives up after 30 failures in a row, and says when a grid has been tried', async () => {
		const { lemur } = setUp();
		const objective = () => {
			throw new Error('Always.');
		};
		const failing = await lemur.study({ objective, space, trials: 50 });
		expect(await failing.done).toMatchObject({
			...{ end: 'gave-up', best: null },
			reason: '30 trials in a row have failed, the last one with: Always.',
		});
		const grid = await lemur.study({
			...{ objective: () => 1, space: { way: ['up', 'down'] }, sampler: 'grid', trials: 5 },
		});
		expect(await grid.done).toMatchObject({ end: 'gave-up', reason: /^All 2 points/ });
	});

	it('replays LEMUR’s stored runs', async () => {
		const { lemur, data } = setUp();
		const configuration = { task: 't', dataset: 'd', metric: 'acc', nn: 'n' };
		const study = await lemur.study({
			...{ ...configuration, objective: 'replay', trials: 15, sampler: 'random', epochs: 3 },
		});
		const [events, { trials, best }] = await Promise.all([eventsOf(study), study.done]);
		expect(data).toHaveBeenCalledWith(configuration);
		expect(trials).toHaveLength(15);
		expect(Object.keys(best!.params).sort()).toEqual(['batch', 'lr', 'transform']);
		const reports = events.filter((event) => event.kind === 'report');
		expect(reports).toHaveLength(45);
		expect(kinds(events).at(-1)).toBe('done');
	});

	it('trains: paused at a checkpoint, gone on with, with fixed values that all trials share', async () => {
		const { lemur, world } = setUp();
		const study = await lemur.study({
			...{ trials: 2, epochs: 4, gate: false, trainLimit: 40, prm: { momentum: 0, batch: 8 } },
			ranges: { minLearningRate: 0.01, maxLearningRate: 0.1 },
		});
		const states: string[] = [];
		for await (const event of study.events) {
			if (event.kind === 'trial' && event.number === 0) await study.pause();
			if (event.kind !== 'state') continue;
			states.push(event.state);
			if (event.state === 'paused') await study.resume();
		}
		expect(states).toEqual(['running', 'paused', 'running', 'done']);
		const { trials } = await study.done;
		expect(trials.map(({ state }) => state)).toEqual(['COMPLETE', 'COMPLETE']);
		expect(Object.keys(trials[0]!.params)).not.toContain('momentum');
		const { runs } = await world.client.runs();
		for (const { run } of runs) {
			expect(run.study?.id).toBe(study.id);
			expect(run.config.prm).toMatchObject({ momentum: 0, batch: 8 });
		}
	});

	it.each([
		[{ dataset: 'places365' }, /lemur\.study: There is no dataset places365 here/],
		[{ nn: 'Nope' }, /lemur\.study: The net Nope cannot be trained here/],
		[{ objective: 'guess' }, /lemur\.study: objective: train, replay, or a function/],
		[{ objective: () => 1 }, /lemur\.study: space: a function needs to be told/],
		[{ space: {} }, /There is no parameter to search/],
		[{ space: { x: { low: 2, high: 1 } } }, /x: the lower end must not be above the upper one/],
		[{ space: { x: { low: 0, high: 1, log: true } } }, /x: a logarithmic range must lie above 0/],
		[{ space: { x: [] } }, /x: there is nothing to choose from/],
		[{ space: { x: ['a', 'a'] } }, /x: the choice a is named twice/],
		[{ space: { x: { low: NaN, high: 1 } } }, /lemur\.study: space\.x/],
		[{ sampler: 'cmaes' }, /lemur\.study: sampler: one of tpe, random, grid, qmc/],
		[{ trials: 0 }, /lemur\.study: trials/],
		[{ trails: 3 }, /lemur\.study: trails/],
		[{ ranges: { minMomentum: 1, maxMomentum: 0 } }, /momentum: the lower end/],
		[{ objective: 'replay', prm: { lr: 1 } }, /a replay searches all hyperparameters/],
	])('refuses %o in words', async (wrong: object, words) => {
		const { lemur, client } = setUp();
		await expect(lemur.study(wrong as StudyArguments)).rejects.toThrow(words);
		expect((await client.call('list', {})).studies).toEqual([]);
	});
});
