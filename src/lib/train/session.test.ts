/** What people bring and what machines do to a trial, each injected: clear words, and nothing lost. */
import { beforeAll, describe, expect, it } from 'vitest';
import { createFaultStore, type Fault } from '../store/fault-store';
import type { FilesFault } from '../store/files';
import { createMemoryStore, type MemoryRecords } from '../store/memory';
import { mul } from '../nn/functional/elementwise';
import { narrow } from '../nn/functional/shape';
import type { Tensor } from '../nn/tensor';
import type { TrialConfig } from './config';
import type { TrainEvent } from './protocol';
import { RUN_COLLECTIONS } from './run-row';
import { tinyConfig, tinyNet, TinyNet, useCpu } from './testing';
import { storageOver } from './testing-runs';
import { fakeWorld, type FakeWorldOptions } from './testing-worker';

beforeAll(useCpu);

const collections = Object.values(RUN_COLLECTIONS);

interface Faults {
	readonly store?: Fault;
	readonly files?: FilesFault;
	/** a reserve that can be given up; the disk has room from then on */
	readonly reserve?: boolean;
}

/** A device whose records and files stay when the page goes. */
class Device {
	readonly records: MemoryRecords = new Map();
	readonly contents = new Map<string, Uint8Array>();
	released = 0;

	storage({ store: fault, files: filesFault, reserve = false }: Faults = {}) {
		const memory = createMemoryStore({ name: 'lemur::v1', collections, records: this.records });
		const store = fault ? createFaultStore(memory, fault) : memory;
		Object.defineProperty(store, 'persistent', { value: true });
		const storage = storageOver(store, this.contents, filesFault);
		if (!reserve) return storage;
		const release = async () => this.released++ === 0;
		return { ...storage, reserve: { keep: async () => undefined, release } };
	}

	async train(options: Partial<FakeWorldOptions> = {}, config: Partial<TrialConfig> = {}) {
		const events: TrainEvent[] = [];
		const made = fakeWorld({ storage: this.storage(), ...options });
		const params = { config: { ...tinyConfig, ...config }, backend: 'cpu' } as const;
		const { outcome, history } = await made.client.train(params, (event) => events.push(event));
		const told = events.flatMap((event) => (event.kind === 'row' ? [event.row.epoch] : []));
		const notes = events.flatMap((event) => (event.kind === 'note' ? [event] : []));
		return { ...made, outcome, history, told, notes };
	}

	/** what a page that is opened anew finds */
	async later() {
		return (await fakeWorld({ storage: this.storage() }).client.runs()).runs;
	}
}

/** A net that does something to the logits of its n-th step. */
function atStep(n: number, change: (y: Tensor) => Tensor): FakeWorldOptions['net'] {
	let steps = 0;
	class Changed extends TinyNet {
		override forward(x: Tensor): Tensor {
			const y = super.forward(x);
			return this.training && ++steps >= n ? change(y) : y;
		}
	}
	return { ...tinyNet, Net: Changed };
}

describe('a net that misbehaves in its second epoch: the first one stays, and the words say why', () => {
	it.each<[string, (y: Tensor) => Tensor, string, RegExp]>([
		[
			'throws',
			() => {
				throw new Error('mine is broken');
			},
			'FAILED',
			/mine is broken/,
		],
		['gives another shape', (y) => narrow(y, 0, 0, 1), 'FAILED', /label for each/],
		['gives NaN', (y) => mul(y, NaN), 'NAN', /not a number any more in step 2 of epoch 2/],
	])('%s', async (_, change, code, words) => {
		const device = new Device();
		const { outcome, told } = await device.train({ net: atStep(8, change)! });
		expect(outcome).toMatchObject({ code, reason: expect.stringMatching(words) });
		expect(told).toEqual([1]);
		const [stored] = await device.later();
		expect(stored?.run).toMatchObject({ state: 'ended', epochs: 1, outcome: { code } });
		expect(stored?.epochs).toHaveLength(1);
	});

	it('gives NaN at step 1, or from the start', async () => {
		const first = await new Device().train({ net: atStep(1, (y) => mul(y, NaN))! });
		expect(first.outcome.reason).toMatch(/step 1 of epoch 1.*Lower the learning rate/);
		class Never extends TinyNet {
			override forward(x: Tensor): Tensor {
				return mul(super.forward(x), NaN);
			}
		}
		const { outcome, told } = await new Device().train({ net: { ...tinyNet, Net: Never } });
		expect(outcome).toMatchObject({ code: 'FAILED', reason: expect.stringMatching(/gives NaN/) });
		expect(told).toEqual([]);
	});

	it('loops for ever between two steps: ended by hand with words, and the run can be resumed', async () => {
		const device = new Device();
		let loops = true;
		class Loops extends TinyNet {
			#epochs = 0;
			override async learn(batches: Parameters<TinyNet['learn']>[0]): Promise<void> {
				if (loops && ++this.#epochs === 2) await new Promise(() => undefined);
				return super.learn(batches);
			}
		}
		const net = { ...tinyNet, Net: Loops };
		const made = fakeWorld({ storage: device.storage(), net });
		const params = { config: tinyConfig, backend: 'cpu' } as const;
		let epochs = 0;
		const trial = made.client.train(params, ({ kind }) => void (kind === 'row' && epochs++));
		const ended = expect(trial).rejects.toMatchObject({
			code: 'TRAIN_KILLED',
			message: expect.stringContaining('can be resumed from its last checkpoint'),
		});
		await expect.poll(() => epochs, { timeout: 20_000 }).toBe(1);
		made.kill();
		await ended;
		loops = false;
		const [stored] = await device.later();
		const again = fakeWorld({ storage: device.storage(), net });
		const { outcome, history } = await again.client.train(
			{ ...params, run: stored!.run.id },
			() => undefined,
		);
		expect([outcome.code, history.epochs.length]).toEqual(['FINISHED', 2]);
	});
});

describe('batches', () => {
	it('larger than the dataset: one step an epoch, and it is said', async () => {
		const { outcome, notes, history } = await new Device().train(
			{},
			{ prm: { ...tinyConfig.prm, batch: 100 }, gate: false },
		);
		expect(outcome.code).toBe('FINISHED');
		expect(history.epochs[0]!.curve).toHaveLength(1);
		expect(notes.map(({ text }) => text)).toContain(
			'A batch of 100 is more than the 48 training samples: every epoch is one step over all of them.',
		);
	});

	it('beyond memory: not tried at all, the largest half that may fit is a run of its own', async () => {
		const device = new Device();
		let largest = 0;
		class Counted extends TinyNet {
			override forward(x: Tensor): Tensor {
				largest = Math.max(largest, x.dim(0));
				return super.forward(x);
			}
		}
		const { outcome, history } = await device.train(
			{ net: { ...tinyNet, Net: Counted }, memory: 160_000 },
			{ prm: { ...tinyConfig.prm, batch: 4096 }, epochs: 1, gate: false },
		);
		expect([outcome.code, history.run.config.prm['batch'], largest]).toEqual(['FINISHED', 24, 24]);
		const refused = (await device.later()).find(({ run }) => run.id === history.run.parent);
		expect(refused?.run.outcome?.reason).toMatch(
			/^Batch 48 does not fit into memory \(a step takes .* GB or more, .*\)\. Batch 24 may\.$/,
		);
	});

	it('beyond every memory: said, and before the start as well', async () => {
		const device = new Device();
		const { outcome, client } = await device.train({ memory: 1_000 });
		expect(outcome).toMatchObject({
			code: 'OOM',
			reason: expect.stringContaining('A smaller net or transform may.'),
		});
		await expect(client.measure(tinyConfig, 'cpu')).rejects.toMatchObject({
			code: 'TRAIN_MEMORY',
		});
	});
});

describe('a disk that is full in the middle of a checkpoint', () => {
	const full = (at: number): Faults => ({
		store: { kind: 'quota', at, sticky: true },
		files: { kind: 'full', at: Math.ceil(at / 8), sticky: true },
	});

	it('at any moment: what was told as saved is there, what was not is said', async () => {
		let unsaved = 0;
		for (let at = 4; at < 44; at += 5) {
			const device = new Device();
			const events: TrainEvent[] = [];
			const made = fakeWorld({ storage: device.storage(full(at)) });
			const params = { config: tinyConfig, backend: 'cpu' } as const;
			await made.client.train(params, (event) => events.push(event));
			const told = events.flatMap((event) => (event.kind === 'epoch' ? [event] : []));
			expect(told).toHaveLength(2); // training itself goes on
			const [stored] = await device.later();
			const there = stored?.epochs.map(({ epoch }) => epoch) ?? [];
			for (const { epoch, stored: safe } of told) {
				if (safe) expect(there).toContain(epoch.epoch);
				else unsaved++;
			}
			if (told.some((one) => !one.stored))
				expect(events).toContainEqual(
					expect.objectContaining({
						code: 'NOT_SAVED',
						text: expect.stringMatching(/no more space/),
					}),
				);
		}
		expect(unsaved).toBeGreaterThan(0); // it struck
	});

	it('the room that was kept aside takes the newest checkpoint, once, and it is said', async () => {
		const device = new Device();
		const storage = device.storage({ store: { kind: 'quota', at: 20 }, reserve: true });
		const { outcome, notes } = await device.train({ storage });
		expect([outcome.code, device.released]).toEqual(['FINISHED', 1]);
		expect(notes.map(({ text }) => text)).toEqual([
			expect.stringMatching(/What was kept aside is used now: free some/),
		]);
		const [stored] = await device.later();
		expect(stored?.run.slots.every((slot) => slot !== null)).toBe(true);
		expect(stored?.epochs).toHaveLength(2);
	});
});
