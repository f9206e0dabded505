import { beforeAll, describe, expect, it, vi } from 'vitest';
import { createMemoryStore } from '../../store/memory';
import type { Tensor } from '../../nn/tensor';
import { localLocks, deviceLock, type Locks } from '../../train/locks';
import { RUN_COLLECTIONS, type RunHistory } from '../../train/run-row';
import { TinyNet, tinyConfig, tinyNet, useCpu } from '../../train/testing';
import { storageOver } from '../../train/testing-runs';
import { fakeWorld, type FakeWorldOptions } from '../../train/testing-worker';
import { RpcError } from '../../worker/rpc-error';
import { categorical, float } from '../distributions';
import { spaceOf } from '../space';
import type { StudyDefinitionInput } from '../study/definition';
import { StudyRunner } from '../study/runner';
import { memoryStudies, testDefinition } from '../study/testing';
import type { TrialContext } from './objective';
import { makeObjective } from './registry';
import { trainObjective, trainObjectiveSettings, trialConfigOf, type Trainer } from './train';
import * as v from 'valibot';

beforeAll(useCpu);

const fixed = Object.fromEntries(
	Object.entries(tinyConfig.prm).filter(([name]) => name !== 'dropout'),
);
const settings = v.parse(trainObjectiveSettings, {
	...{ task: 'img-classification', dataset: 'digits', metric: 'acc', nn: 'TinyNet', epochs: 2 },
	...{ backend: 'cpu', gate: false, fixed: { ...fixed, transform: 'norm' } },
});
const space = spaceOf({ dropout: float(0.1, 0.3) });

/** A device on which one study is searched. */
async function device(
	options: Partial<FakeWorldOptions & { locks: Locks }> = {},
	changes: Partial<StudyDefinitionInput> = {},
	trials = 2,
) {
	const collections = Object.values(RUN_COLLECTIONS);
	const storage = storageOver(createMemoryStore({ name: 'lemur::v1', collections }));
	const locks = options.locks ?? localLocks();
	const world = fakeWorld({ storage, locks, ...options });
	const studies = memoryStudies();
	const definition = testDefinition({ space, objective: { id: 'train', settings }, ...changes });
	const { id } = await studies.create(definition);
	const study = await studies.open(id);
	await study.plan(trials);
	const trainer: Trainer = {
		...world.client,
		runs: () => world.client.runs(),
		train: (params, hear) => world.client.train(params, hear),
		control: (action) => world.client.control(action),
		kill: () => world.kill(),
		forget: (id) => world.client.forget(id),
		close: () => world.client.close(),
		isBusy: async () => (await locks.held()).includes(deviceLock('lemur::v1')),
		hasData: async () => undefined,
	};
	const run = (own: Partial<Trainer> = {}, patience?: number) => {
		const used = { ...trainer, ...own };
		const options = patience === undefined ? {} : { patience };
		return new StudyRunner(study, trainObjective(settings, used, options));
	};
	const of = (epochs: number) => trainObjective({ ...settings, epochs }, trainer);
	return { ...world, study, run, locks, of };
}

/** Trial 7 of a study, beside any runner. */
function context(
	report: TrialContext['report'],
	signal = new AbortController().signal,
): TrialContext {
	return { trial: 7, key: 'abcdef/7', seed: 5, signal, resumed: false, report };
}

describe('training as an objective', () => {
	it('trains each trial, reports its epochs, and keeps its records', async () => {
		const { study, run, client } = await device({}, {}, 2);
		expect(await run().run()).toEqual({ kind: 'done' });
		const [first, second] = study.study.trials;
		expect([first!.state, second!.state]).toEqual(['COMPLETE', 'COMPLETE']);
		expect([...first!.intermediate.keys()]).toEqual([1, 2]);
		expect(first!.values).toEqual([first!.intermediate.get(2)]);
		const { runs } = await client.runs();
		expect(runs.map(({ run }) => run.study)).toEqual(
			expect.arrayContaining([
				{ id: study.id, trial: 0 },
				{ id: study.id, trial: 1 },
			]),
		);
		const own = runs.find(({ run }) => run.study?.trial === 0)!;
		const { dropout } = study.study.params(0);
		expect(JSON.parse(own.epochs[1]!.record)).toMatchObject({
			...{ uid: own.run.uid, dropout, accuracy: first!.values![0] },
		});
		expect(own.run.config.seed).not.toBe(runs.find((one) => one !== own)!.run.config.seed);
	});

	it('keeps the weights of the best trial, and of one that can be gone on with', async () => {
		const { study, run, client } = await device({}, {}, 4);
		await run().run();
		const values = study.study.trials.map(({ values }) => values![0]!);
		const { runs } = await client.runs();
		const kept = runs.filter(({ run }) => run.slots.some((slot) => slot !== null));
		expect(kept.map(({ run }) => values[run.study!.trial])).toEqual([Math.max(...values)]);
		await expect(client.weights(kept[0]!.run.id)).resolves.toBeInstanceOf(Uint8Array);
		const other = runs.find((one) => one !== kept[0])!;
		expect(other.epochs).toHaveLength(2);
		await expect(client.weights(other.run.id)).rejects.toThrow(/weights of its best trial only/);
	});

	it('is paused at a checkpoint, and goes on with the same run', async () => {
		const made = await device({ between: (step) => (step === 3 ? runner.pause() : undefined) });
		const { study, run, client } = made;
		const runner = run();
		expect(await runner.run()).toEqual({ kind: 'paused' });
		expect(study.study.trial(0).state).toBe('RUNNING');
		expect((await client.runs()).runs[0]!.run.outcome?.code).toBe('STOPPED');
		expect(await run().run()).toEqual({ kind: 'done' });
		expect(study.study.summary.counts).toMatchObject({ COMPLETE: 2, RUNNING: 0 });
		const { runs } = await client.runs();
		expect(runs).toHaveLength(2);
		expect([...study.study.trial(0).intermediate.keys()]).toEqual([1, 2]);
	});

	it('is stopped: the trial fails and says so; a step that does not listen loses its worker', async () => {
		const gentle = await device({ between: (step) => (step === 3 ? stopped.stop() : undefined) });
		const stopped = gentle.run();
		expect(await stopped.run()).toEqual({ kind: 'stopped' });
		expect(gentle.study.study.trial(0)).toMatchObject({
			...{ state: 'FAIL', reason: 'Stopped before its end.' },
		});
		const endless = new Promise<void>(() => undefined);
		const deaf = await device({
			between: (step) => (step === 3 ? (stuck.stop(), endless) : undefined),
		});
		const stuck = deaf.run({}, 1);
		expect(await stuck.run()).toEqual({ kind: 'stopped' });
		expect(deaf.study.study.trial(0).state).toBe('FAIL');
		expect(await deaf.locks.held()).toEqual([]);
	});

	it('ends a trial that the pruner stops, and frees its weights', async () => {
		const { client, of } = await device();
		// Training is one epoch ahead of what is stored and reported, at most.
		const outcome = await of(30).run(
			{ dropout: 0.2 },
			context(async () => true),
		);
		expect(outcome).toEqual({ state: 'PRUNED' });
		const [{ run }] = (await client.runs()).runs as [RunHistory];
		expect(run).toMatchObject({ study: { id: 'abcdef', trial: 7 }, slots: [null, null] });
		expect([run.outcome?.code, run.epochs < 5]).toEqual(['STOPPED', true]);
	});

	it('brings reports that were lost with a page when it goes on', async () => {
		const { client, of } = await device();
		const closed = new AbortController();
		const first = context(async () => (closed.abort(new Error('closed')), false), closed.signal);
		await expect(of(8).run({ dropout: 0.2 }, first)).rejects.toThrow('closed');
		const steps = new Set<number>();
		const again = context(async (step) => steps.add(step).has(0));
		const value = await of(8).run({ dropout: 0.2 }, { ...again, resumed: true });
		expect([...steps].sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
		const { runs } = await client.runs();
		expect(runs.map(({ epochs }) => epochs.at(-1)!.accuracy)).toEqual([value]);
	});

	it('lowers the batch cap and begins anew when memory is out', async () => {
		class Hungry extends TinyNet {
			override forward(x: Tensor): Tensor {
				if (x.dim(0) > 4) throw new RangeError('Array buffer allocation failed');
				return super.forward(x);
			}
		}
		const batches = spaceOf({ dropout: float(0.1, 0.3), batch: categorical([2, 4, 8, 16]) });
		const { study, run, client } = await device(
			{ net: { ...tinyNet, Net: Hungry } },
			{ space: batches, seed: 3 },
			3,
		);
		expect(await run().run()).toEqual({ kind: 'done' });
		const { trials, summary, restarted } = study.study;
		expect(summary.generation).toBeGreaterThan(0);
		expect(restarted).toMatch(/^Batch \d+ does not fit .* batches up to \d+\.$/);
		expect(trials.filter(({ state }) => state === 'FAIL')).toHaveLength(summary.generation);
		// The training worker did not try a smaller batch by itself.
		expect((await client.runs()).runs).toHaveLength(trials.length);
	});

	it('survives its worker, and counts a trial that kills it each time as a failure', async () => {
		const once = await device({ between: (step) => (step === 9 ? once.die() : undefined) });
		expect(await once.run().run()).toEqual({ kind: 'done' });
		expect(once.study.study.summary.counts.COMPLETE).toBe(2);
		expect(once.workers).toHaveLength(2);
		const always = await device({ between: () => always.die() }, {}, 1);
		expect(await always.run().run()).toEqual({ kind: 'done' });
		expect(always.study.study.trial(0)).toMatchObject({ state: 'COMPLETE', values: [0] });
	});

	it('says what holds it up, and begins no trial: a busy device, data that is not here', async () => {
		const locks = localLocks();
		const { run, study } = await device({ locks });
		const release = await locks.hold(deviceLock('lemur::v1'));
		const busy = { kind: 'held-up', reason: expect.stringMatching(/is training on this device/) };
		expect(await run().run()).toEqual(busy);
		expect(study.study.trials).toHaveLength(0);
		// Taken between the question and the trial: it is left, and gone on with later.
		expect(await run({ isBusy: async () => false }).run()).toEqual(busy);
		expect(study.study.trial(0).state).toBe('RUNNING');
		const hasData = vi.fn(async () => {
			throw new RpcError('DATASET_ABSENT', 'CIFAR-10 is not on this device.');
		});
		release!();
		expect(await run({ hasData }).run()).toEqual({
			...{ kind: 'held-up', reason: 'CIFAR-10 is not on this device.' },
		});
		expect(await run().run()).toEqual({ kind: 'done' });
		expect(study.study.summary.counts).toMatchObject({ COMPLETE: 2, RUNNING: 0 });
	});

	it('gives a net up that fails again and again, with LEMUR’s words', async () => {
		class Broken extends TinyNet {
			override forward(): Tensor {
				throw new Error('no such layer');
			}
		}
		const { run, study } = await device({ net: { ...tinyNet, Net: Broken } }, {}, 40);
		expect(await run().run()).toMatchObject({
			kind: 'gave-up',
			reason: /^30 attempts .*no such layer/,
		});
		expect(study.study.trial(0)).toMatchObject({ state: 'COMPLETE', values: [0] });
	});

	it('reads its settings strictly, and says which value cannot be trained with', async () => {
		const services = {
			source: { rows: () => Promise.reject(new Error('none')) },
			breathe: async () => undefined,
			trainer: () => Promise.reject(new Error('none')) as never,
		};
		const definition = testDefinition({ objective: { id: 'train', settings: { nn: 'x' } } });
		await expect(makeObjective(definition, services)).rejects.toThrow(/Training in this browser/);
		expect(() => trialConfigOf(settings, { dropout: 'high' }, 1)).toThrow(/number/);
		expect(() => trialConfigOf({ ...settings, fixed: {} }, { dropout: 0.1 }, 1)).toThrow();
	});
});
