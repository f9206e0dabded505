/**
 * What a checkpoint of 10 million parameters costs on this device: reading it from the net, packing,
 * hashing and writing it, as the trial does. Two slots take turns, so both are measured.
 */
import { useCpu } from '../nn/cpu';
import { flatten } from '../nn/functional/shape';
import * as nn from '../nn/modules';
import { endStep, startStep } from '../nn/scope';
import { intTensor, tensor, type Tensor } from '../nn/tensor';
import type { Batch } from '../nn/batches';
import { Classifier } from '../nets/classifier';
import { breathe } from '../worker/breathe';
import type { Checkpoint } from '../train/effects';
import { readNetState } from '../train/net-state';
import { openRunStorage } from '../train/open-storage';
import type { RunRow } from '../train/run-row';
import { RunWriter } from '../train/run-store';

/** Times in ms; medians of the checkpoints that were written. */
export interface CheckpointFigures {
	readonly parameters: number;
	readonly megabytes: number;
	/** reading weights and momentum from the net */
	readonly read: number;
	/** until it is stored */
	readonly store: number;
	/** of both, the time in which the worker can take no step */
	readonly blocked: number;
	/** a training step of 64 pictures of 32 × 32 × 3 on the processor */
	readonly step: number;
}

const ROUNDS = 6;
const BATCH = 64;
const PICTURE = 3 * 32 * 32;
/** ms: shorter pauses are turns of the event loop */
const PAUSE = 1;

/** Nothing but weights: no net computes less for what it stores. */
class Dense extends Classifier {
	readonly body = new nn.Linear(PICTURE, 2_400);
	readonly middle = new nn.Linear(2_400, 1_085);
	readonly head = new nn.Linear(1_085, 10);

	forward(x: Tensor): Tensor {
		return this.head.call(this.middle.call(this.body.call(flatten(x))));
	}
}

export async function measureCheckpoint(): Promise<CheckpointFigures> {
	await useCpu();
	const net = new Dense();
	net.trainSetup({ lr: 0.01, momentum: 0.9 });
	const step = await measureStep(net);
	const storage = await openRunStorage('/bench');
	const writer = new RunWriter(storage, ROW);
	await writer.begin();
	const times: { read: number; store: number; blocked: number }[] = [];
	let megabytes = 0;
	for (let round = 0; round < ROUNDS; round++) {
		const begun = performance.now();
		const state = await readNetState(net);
		const read = performance.now() - begun;
		const checkpoint: Checkpoint = {
			...{ epoch: 1, step: round, duration: 0, loss: { sum: 0, count: 0 } },
			...{ accuracy: null, dataHash: '', net: state },
		};
		const { elapsed, blocked } = await blockedWhile(() => writer.saveCheckpoint(checkpoint));
		times.push({ read, store: elapsed, blocked: read + blocked });
		megabytes = (writer.run.slots[writer.run.current]?.bytes ?? 0) / 1e6;
	}
	const parameters = net.parameters().reduce((sum, { size }) => sum + size, 0);
	net.dispose();
	const middle = (of: (time: (typeof times)[number]) => number) => median(times.map(of));
	return {
		...{ parameters, megabytes, step, read: middle(({ read }) => read) },
		...{ store: middle(({ store }) => store), blocked: middle(({ blocked }) => blocked) },
	};
}

async function measureStep(net: Dense): Promise<number> {
	const times: number[] = [];
	async function* two(): AsyncGenerator<Batch> {
		for (let n = 0; n < 3; n++) {
			const begun = performance.now();
			startStep();
			try {
				const x = tensor(new Float32Array(BATCH * PICTURE).fill(0.5), [BATCH, 3, 32, 32]);
				yield [x, intTensor(new Int32Array(BATCH), [BATCH])];
			} finally {
				endStep();
			}
			times.push(performance.now() - begun);
			await breathe();
		}
	}
	net.train();
	await net.learn(two());
	return Math.min(...times.slice(1));
}

/** Counts the time in which the event loop does not turn. */
async function blockedWhile(work: () => Promise<unknown>) {
	const begun = performance.now();
	let over = false;
	const done = work().finally(() => (over = true));
	let blocked = 0;
	for (let last = begun; !over;) {
		await breathe();
		const now = performance.now();
		if (now - last > PAUSE) blocked += now - last;
		last = now;
	}
	await done;
	return { elapsed: performance.now() - begun, blocked };
}

const median = (values: readonly number[]) =>
	[...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;

const ROW: RunRow = {
	...{ id: 'bench', rev: 0, created: 0, parent: null, prm: '{}', uid: '', state: 'running' },
	...{ outcome: null, notes: [], epochs: 0, best: null, slots: [null, null], current: 0 },
	...{ removed: null, purged: false, facts: { backend: 'cpu', adapter: '', software: false } },
	config: {
		...{ task: 'img-classification', dataset: 'cifar-10', metric: 'acc', nn: 'Dense' },
		...{ transform: 'norm', epochs: 1, seed: 0, epochLimitMinutes: 30, gate: false },
		prm: { batch: BATCH },
	},
};
