import { beforeAll, describe, expect, it, vi } from 'vitest';
import { createMemoryStore } from '../store/memory';
import type { DataClient } from '../db/client';
import type { TrainingReference } from '../stats/training-reference';
import { RUN_COLLECTIONS } from '../train/run-row';
import { TinyNet, tinyNet, useCpu } from '../train/testing';
import { storageOver } from '../train/testing-runs';
import { fakeWorld } from '../train/testing-worker';
import { createLemur } from './lemur';
import type { ScriptTrainEvent, ScriptTrial, TrainArguments } from './train';

beforeAll(useCpu);

/** As LEMUR says of ICNet on digits in these tests: other values than the usual ones. */
const reference: TrainingReference = {
	epochs: new Uint16Array(),
	start: Uint32Array.of(0),
	values: new Float64Array(),
	preset: {
		prm: { lr: 0.04, momentum: 0.8, batch: 8 },
		...{ transform: 'norm', best: 1, runs: 9, from: 0.5 },
	},
	transforms: [{ name: 'norm', runs: 9 }],
};

interface Setting {
	/** called between any two steps */
	readonly between?: (step: number) => void | Promise<void>;
	readonly known?: () => Promise<TrainingReference>;
	/** what the net does instead */
	readonly forward?: TinyNet['forward'];
}

/** The interface on a training worker in this thread, whose ICNet is a net that learns in a few steps. */
function setUp({ between, known = async () => reference, forward }: Setting = {}) {
	class Net extends TinyNet {
		override forward(...args: Parameters<TinyNet['forward']>) {
			return forward ? forward(...args) : super.forward(...args);
		}
	}
	const collections = Object.values(RUN_COLLECTIONS);
	const storage = storageOver(createMemoryStore({ name: 'lemur::v1', collections }), new Map());
	const { client, asked } = fakeWorld({
		...{ storage, net: { ...tinyNet, name: 'ICNet', Net } },
		...(between ? { between } : {}),
	});
	const question = vi.fn(known);
	const lemur = createLemur({
		client: () => ({ reference: question }) as unknown as DataClient,
		sqlClient: () => {
			throw new Error('not expected');
		},
		...{ baseUrl: 'https://site.example/', fetch },
		studies: () => {
			throw new Error('not expected');
		},
		trainer: () => ({
			backend: () => 'cpu',
			train: (config, backend, onEvent) => client.train({ config, backend }, onEvent),
			control: (action) => client.control(action),
		}),
	});
	return { lemur, client, asked, question };
}

async function eventsOf(trial: ScriptTrial): Promise<ScriptTrainEvent[]> {
	const events: ScriptTrainEvent[] = [];
	for await (const event of trial.events) events.push(event);
	return events;
}

describe('lemur.train', () => {
	it('trains what LEMUR’s best runs had, tells everything, and ends with what is stored', async () => {
		const { lemur, client, question } = setUp();
		const trial = await lemur.train({ epochs: 2, seed: 3 });
		const [events, trained] = await Promise.all([eventsOf(trial), trial.done]);
		expect(question).toHaveBeenCalledWith({
			...{ task: 'img-classification', dataset: 'digits', metric: 'acc', nn: 'ICNet' },
		});
		expect(trained).toMatchObject({ id: trial.id, code: 'FINISHED' });
		expect(trained.config).toMatchObject({
			...{ dataset: 'digits', nn: 'ICNet', transform: 'norm', epochs: 2, seed: 3 },
			prm: { lr: 0.04, momentum: 0.8, batch: 8 },
		});
		const [first] = events.filter(({ kind }) => kind === 'run');
		expect(first).toMatchObject({ id: trial.id, backend: 'cpu' });
		const epochs = events.filter((event) => event.kind === 'epoch');
		expect(epochs.map(({ kind: _kind, stored, ...epoch }) => [stored, epoch])).toEqual(
			trained.epochs.map((epoch) => [true, epoch]),
		);
		expect(trained.value).toBe(trained.epochs[1]!.accuracy);
		const losses = events.flatMap((event) => (event.kind === 'steps' ? event.losses : []));
		expect(losses).toHaveLength(12);
		// Looped over again, after the end, it is the same.
		expect(await eventsOf(trial)).toEqual(events);
		const { runs } = await client.runs();
		expect(runs.map(({ run }) => [run.id, run.uid])).toEqual([[trained.id, trained.uid]]);
	});

	it('does without LEMUR’s records', async () => {
		const known = () => Promise.reject(new Error('no data'));
		const { lemur } = setUp({ known });
		const trial = await lemur.train({ epochs: 1, prm: { batch: 12 } });
		const { config } = await trial.done;
		expect(config.prm).toEqual({ batch: 12, lr: 0.05, momentum: 0.9 });
	});

	it('pauses, goes on and stops; one that has ended has nothing to control', async () => {
		const begun: { trial?: ScriptTrial } = {};
		const { lemur } = setUp({
			between: (step) => (step === 3 ? begun.trial?.pause() : undefined),
		});
		const trial = (begun.trial = await lemur.train({ epochs: 2 }));
		const states: string[] = [];
		for await (const event of trial.events) {
			if (event.kind !== 'state') continue;
			states.push(event.state);
			if (event.state !== 'paused') continue;
			if (states.filter((state) => state === 'paused').length > 1) await trial.stop();
			else {
				await trial.resume();
				await trial.pause();
			}
		}
		expect(states.filter((state) => state === 'paused')).toHaveLength(2);
		const events = await eventsOf(trial);
		const paused = events.find((event) => event.kind === 'state' && event.state === 'paused');
		const saved = events.find(({ kind }) => kind === 'checkpoint');
		const at = (event: typeof paused) => event && 'step' in event && [event.epoch, event.step];
		expect(at(saved)).toEqual(at(paused));
		expect(await trial.done).toMatchObject({ code: 'STOPPED', epochs: [] });
		await expect(trial.stop()).rejects.toMatchObject({ code: 'TRAIN_IDLE' });
	});

	it('is alone: a second one is refused, and the first goes on', async () => {
		const { lemur } = setUp();
		const first = await lemur.train({ epochs: 1 });
		await expect(lemur.train({ epochs: 1 })).rejects.toMatchObject({ code: 'TRAIN_BUSY' });
		expect(await first.done).toMatchObject({ code: 'FINISHED' });
	});

	it('says how a trial ended that failed', async () => {
		const forward = () => {
			throw new Error('This net is broken.');
		};
		const { lemur } = setUp({ forward });
		const trial = await lemur.train({ epochs: 1 });
		const trained = await trial.done;
		expect([trained.code, trained.value, trained.epochs]).toEqual(['FAILED', null, []]);
		expect(trained.reason).toContain('This net is broken.');
	});

	it.each([
		[{ dataset: 'places365' }, /lemur\.train: There is no dataset places365 here/],
		[{ nn: 'Nope' }, /lemur\.train: The net Nope cannot be trained here/],
		[{ transform: 'five_crop' }, /lemur\.train: The transform five_crop is not here/],
		[{ task: 'obj-detection' }, /lemur\.train: task/],
		[{ metric: 'iou' }, /lemur\.train: metric/],
		[{ epoch: 2 }, /lemur\.train: epoch/],
		[{ epochs: 0 }, /lemur\.train: epochs/],
		[{ prm: { lr: NaN } }, /lemur\.train: prm\.lr/],
		[{ backend: 'cuda' }, /lemur\.train: backend/],
		[{ seed: -1 }, /lemur\.train: seed/],
	])('refuses %o in words', async (wrong: object, words) => {
		const { lemur, asked } = setUp();
		await expect(lemur.train(wrong as TrainArguments)).rejects.toThrow(words);
		expect(asked).toEqual([]);
	});
});
