import { beforeAll, describe, expect, it } from 'vitest';
import { createMemoryStore, type MemoryRecords } from '../store/memory';
import { reportLoss, useDevice } from '../nn/device';
import type { Tensor } from '../nn/tensor';
import { FakeWorker } from '../worker/testing';
import { createTrainClient } from './client';
import { deviceLock, localLocks } from './locks';
import type { TrainEvent } from './protocol';
import { readSafetensors } from './safetensors';
import { RUN_COLLECTIONS } from './run-row';
import { tinyConfig, tinyNet, TinyNet, useCpu } from './testing';
import { storageOver } from './testing-runs';
import { fakeWorld, type FakeWorldOptions } from './testing-worker';

beforeAll(useCpu);

const collections = Object.values(RUN_COLLECTIONS);

function device() {
	const records: MemoryRecords = new Map();
	const files = new Map<string, Uint8Array>();
	const storage = () =>
		storageOver(createMemoryStore({ name: 'lemur::v1', collections, records }), files);
	return { records, files, storage };
}

function world(options: Partial<FakeWorldOptions> = {}) {
	const storage = options.storage ?? device().storage();
	const events: TrainEvent[] = [];
	const made = fakeWorld({ storage, ...options });
	const train = (config = tinyConfig, run?: string) =>
		made.client.train({ config, backend: 'cpu', ...(run ? { run } : {}) }, (event) =>
			events.push(event),
		);
	return { ...made, storage, events, train };
}

const losses = (events: readonly TrainEvent[]) =>
	events.flatMap((event) => (event.kind === 'steps' ? event.losses : []));
const notes = (events: readonly TrainEvent[]) =>
	events.flatMap((event) => (event.kind === 'note' ? [event.code] : []));
/** What does not depend on when it was. */
const numbers = (
	rows: readonly { accuracy: number; trainLoss: number | null; testLoss: number | null }[],
) => rows.map(({ accuracy, trainLoss, testLoss }) => [accuracy, trainLoss, testLoss]);

describe('a trial in the worker', () => {
	it('is stored, told and found again, with LEMUR’s record', async () => {
		const { train, events, client } = world();
		const { history, outcome } = await train();
		expect(outcome.code).toBe('FINISHED');
		expect(history.run).toMatchObject({ epochs: 2, state: 'ended', best: expect.any(Number) });
		const kinds = events.flatMap(({ kind }) => (kind === 'row' || kind === 'epoch' ? [kind] : []));
		expect(kinds).toEqual(['row', 'epoch', 'row', 'epoch']);
		expect(events.find(({ kind }) => kind === 'run')).toMatchObject({
			run: { id: history.run.id },
		});
		const opened = await client.runs();
		expect(opened.runs).toEqual([history]);
		expect(JSON.parse(history.epochs[1]!.record)).toMatchObject({
			...{ batch: 8, uid: history.run.uid, accuracy: history.epochs[1]!.accuracy },
		});
		expect(history.epochs[0]!.curve).toHaveLength(6);
	});

	it('is alone: on its worker, and on its device over all tabs', async () => {
		const locks = localLocks();
		const first = world({ locks });
		const second = world({ locks });
		const running = first.train();
		await new Promise((resolve) => setTimeout(resolve, 20));
		await expect(first.client.measure(tinyConfig, 'cpu')).rejects.toMatchObject({
			code: 'TRAIN_BUSY',
		});
		await expect(second.train()).rejects.toMatchObject({ code: 'TRAIN_BUSY' });
		expect((await second.client.runs()).training).toHaveLength(1);
		await first.client.control('stop');
		expect((await running).outcome.code).toBe('STOPPED');
		expect(await locks.held()).toEqual([]);
	});

	it('pauses, steps, goes on and stops by word; nothing to control is said', async () => {
		const { train, client, events } = world({
			between: (step) => (step === 3 ? client.control('pause') : undefined),
		});
		const running = train();
		const paused = () =>
			events.filter((event) => event.kind === 'state' && event.state === 'paused').length;
		await expect.poll(paused).toBe(1);
		await client.control('step');
		await expect.poll(paused).toBe(2);
		await client.control('resume');
		expect((await running).outcome.code).toBe('FINISHED');
		await expect(client.control('pause')).rejects.toMatchObject({ code: 'TRAIN_IDLE' });
	});

	it('refuses unknown nets, metrics and runs, in words', async () => {
		const { train } = world();
		await expect(train({ ...tinyConfig, nn: 'Nope' })).rejects.toThrow(
			/net Nope cannot be trained here/,
		);
		await expect(train({ ...tinyConfig, metric: 'bleu' })).rejects.toThrow(/metric bleu/);
		await expect(train(tinyConfig, 'gone')).rejects.toMatchObject({ code: 'TRAIN_RUN' });
		const wrong = { ...tinyConfig, epochs: 0 };
		await expect(train(wrong)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
	});

	it('memory that is out halves the batch in a run of its own', async () => {
		class Hungry extends TinyNet {
			override forward(x: Tensor): Tensor {
				if (x.dim(0) > 2) throw new RangeError('Array buffer allocation failed');
				return super.forward(x);
			}
		}
		const { train, client } = world({ net: { ...tinyNet, Net: Hungry } });
		const { history, outcome } = await train({ ...tinyConfig, epochs: 1 });
		expect([outcome.code, history.run.config.prm['batch']]).toEqual(['FINISHED', 2]);
		const { runs } = await client.runs();
		expect(runs.map(({ run }) => [run.config.prm['batch'], run.outcome?.code])).toEqual(
			expect.arrayContaining([
				[8, 'OOM'],
				[4, 'OOM'],
				[2, 'FINISHED'],
			]),
		);
		const parent = runs.find(({ run }) => run.config.prm['batch'] === 4)!;
		expect(history.run.parent).toBe(parent.run.id);
	});
});

describe('a worker that dies', () => {
	it.each([1, 5, 9, 16, 25])(
		'after %i turns: a new one goes on, to the same numbers',
		async (at) => {
			const whole = await world().train();
			let died = false;
			const { train, events, workers, die } = world({
				between: (step) => {
					if (step < at || died) return;
					died = true;
					die();
				},
			});
			const { history, outcome } = await train();
			expect(outcome).toEqual(whole.outcome);
			expect(numbers(history.epochs)).toEqual(numbers(whole.history.epochs));
			expect(workers).toHaveLength(2);
			expect(notes(events)).toEqual(['WORKER_DIED']);
			expect(history.run.notes.join()).toMatch(/from the last checkpoint/);
		},
	);

	it('again and again without an epoch: three times, then it is said', async () => {
		const { train, workers, die, client } = world({ between: () => die() });
		await expect(train()).rejects.toMatchObject({ code: 'WORKER_DIED' });
		expect(workers).toHaveLength(4);
		const { runs } = await client.runs();
		expect(runs[0]?.run.state).toBe('running'); // interrupted, not lost
	});

	it('killed by hand: the trial can be resumed to the same end', async () => {
		const whole = await world().train();
		let killed = false;
		const made = world({
			between: (step) => {
				if (step < 16 || killed) return;
				killed = true;
				made.kill();
			},
		});
		await expect(made.train()).rejects.toMatchObject({ code: 'TRAIN_KILLED' });
		const run = async () => (await made.client.runs()).runs[0]!.run;
		await expect.poll(async () => (await run()).epochs).toBe(1);
		const { history } = await made.train(tinyConfig, (await run()).id);
		expect(numbers(history.epochs)).toEqual(numbers(whole.history.epochs));
	});

	it('without a sign is found by its locks; a slow one is left alone', async () => {
		const locks = localLocks();
		const ticks: (() => void)[] = [];
		let silent = 0;
		const workers: FakeWorker[] = [];
		const client = createTrainClient({
			...{ base: '', siteRoot: '', locks, store: 'lemur::v1', onSilent: () => silent++ },
			spawn: () => {
				// It opens and begins to train, then answers nothing.
				const worker = new FakeWorker((scope) => {
					scope.addEventListener('message', ({ data }) => {
						const { id, kind, type } = data as { id: number; kind?: string; type: string };
						const opened = { runs: [], removed: [], problems: [], training: [] };
						if (kind === 'open') scope.postMessage({ type: 'result', id, result: opened }, []);
						if (kind === 'train' && type === 'call')
							scope.postMessage({ type: 'progress', id, event: runEvent }, []);
					});
				});
				workers.push(worker);
				return worker;
			},
			heartbeat: {
				setInterval: (tick) => ticks.push(tick),
				clearInterval: () => undefined,
				allowed: 2,
			},
		});
		const release = await locks.hold(deviceLock('lemur::v1'));
		const seen: TrainEvent[] = [];
		void client
			.train({ config: tinyConfig, backend: 'cpu' }, (event) => seen.push(event))
			.catch(() => undefined);
		await expect.poll(() => seen.length).toBe(1);
		const beat = async () => {
			const count = ticks.length;
			for (let n = 0; n < 3; n++) ticks.at(-1)!();
			await new Promise((resolve) => setTimeout(resolve, 5));
			return ticks.length - count;
		};
		expect(await beat()).toBe(1); // it holds its lock: watched on
		expect([silent, workers.length]).toEqual([1, 1]);
		release!();
		await beat();
		await expect.poll(() => workers.length).toBe(2);
		expect(notes(seen)).toEqual(['WORKER_DIED']);
		client.close();
	});
});

describe('a lost GPU', () => {
	const lose = (at: readonly number[]) => (step: number) => {
		if (!at.includes(step)) return;
		const gpu = {};
		useDevice(gpu);
		reportLoss(gpu, 'destroyed');
	};

	it('once: the same worker goes on with a new device, to the same numbers', async () => {
		const whole = await world().train();
		const { train, workers, asked } = world({ between: lose([14]) });
		const { history, outcome } = await train();
		expect(outcome).toEqual(whole.outcome);
		expect(numbers(history.epochs)).toEqual(numbers(whole.history.epochs));
		expect([workers.length, asked]).toEqual([1, ['cpu', 'cpu']]);
		// Losses before the checkpoint are not known any more; those after it keep their places.
		const [curve, all] = [history, whole.history].map((one) => one.epochs[1]!.curve);
		expect(curve).toHaveLength(6);
		expect(curve!.slice(-2)).toEqual(all!.slice(-2));
		expect(history.run.notes[0]).toMatch(/GPU was lost/);
		expect(history.epochs[1]!.record).toContain('GPU was lost');
		expect(history.epochs[0]!.record).not.toContain('GPU was lost');
	});

	it('twice: a new worker; a third time: without WebGPU', async () => {
		const { train, workers, asked, events } = world({ between: lose([3, 16, 29]) });
		const { outcome } = await train();
		expect(outcome.code).toBe('FINISHED');
		expect(workers).toHaveLength(3);
		expect(asked).toEqual(['cpu', 'cpu', 'cpu', 'webgl']);
		expect(notes(events).filter((code) => code === 'GPU_LOST')).toHaveLength(2);
	});
});

describe('before and after', () => {
	it('measure: parameters, memory, time of a trial that is thrown away', async () => {
		const { client } = world();
		const measured = await client.measure(tinyConfig, 'cpu');
		expect(measured).toMatchObject({ parameters: 1 * 4 * 9 + 4 + 8 + 144 * 3 + 3, steps: 6 });
		expect(measured.memory).toBeGreaterThan(4 * measured.parameters);
		expect(measured.total).toBeGreaterThan(0);
	});

	it('inspect: a confusion matrix of every sample, wrong ones the least expected first', async () => {
		const { client, train } = world();
		const { history } = await train({ ...tinyConfig, epochs: 1, gate: false });
		const { confusion, samples, classes, worst, random } = await client.inspect(
			history.run.id,
			'cpu',
		);
		expect(confusion.reduce((sum, n) => sum + n, 0)).toBe(samples);
		const diagonal = classes.reduce((sum, _, c) => sum + confusion[c * 4]!, 0);
		expect(diagonal / samples).toBe(history.epochs[0]!.accuracy);
		for (const one of worst) expect(one.predicted).not.toBe(one.label);
		const doubts = worst.map((one) => one.probabilityOfLabel);
		expect(doubts).toEqual([...doubts].sort((a, b) => a - b));
		expect([random.length, random[0]!.pixels.length]).toEqual([12, 36]);
	});

	it('weights: a file with PyTorch’s names; a run without an epoch has none', async () => {
		const { client, train } = world();
		const { history } = await train({ ...tinyConfig, epochs: 1, gate: false });
		const { tensors, metadata } = readSafetensors(await client.weights(history.run.id));
		expect([...tensors.keys()]).toEqual(
			expect.arrayContaining([
				'conv.weight',
				'norm.running_mean',
				'norm.num_batches_tracked',
				'head.bias',
			]),
		);
		expect(metadata.get('uid')).toBe(history.run.uid);
		const failed = await train({ ...tinyConfig, prm: { batch: 8 } });
		await expect(client.weights(failed.history.run.id)).rejects.toMatchObject({
			code: 'TRAIN_WEIGHTS',
		});
	});

	it('remove: gone at once, back within a week', async () => {
		const { client, train } = world();
		const { history } = await train({ ...tinyConfig, epochs: 1 });
		await client.remove(history.run.id, true);
		expect((await client.runs()).runs).toEqual([]);
		await client.remove(history.run.id, false);
		expect((await client.runs()).runs).toHaveLength(1);
	});

	it('a closed client answers nothing more', async () => {
		const { client } = world();
		client.close();
		await expect(client.runs()).rejects.toMatchObject({ code: 'WORKER_CLOSED' });
	});
});

it('losses of a resumed trial are those of the whole one', async () => {
	const whole = world();
	await whole.train();
	const places = device();
	const first = world({
		storage: places.storage(),
		between: (step) => (step === 5 ? first.client.control('stop') : undefined),
	});
	const { history } = await first.train();
	const second = world({ storage: places.storage() });
	await second.train(tinyConfig, history.run.id);
	expect([...losses(first.events), ...losses(second.events)]).toEqual(losses(whole.events));
});

const runEvent = {
	kind: 'run',
	run: {
		...{ id: 'a', rev: 1, created: 0, config: tinyConfig, prm: '{}', uid: '', parent: null },
		...{ facts: { backend: 'cpu', adapter: '', software: false }, state: 'running', outcome: null },
		...{
			notes: [],
			epochs: 0,
			best: null,
			slots: [null, null],
			current: 0,
			removed: null,
			purged: false,
		},
	},
	backend: { backend: 'cpu', adapter: '', software: false, text: '' },
};
