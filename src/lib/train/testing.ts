/** Small data, small nets and effects without a world, for tests of training in Node. */
import { useCpu } from '../nn/cpu';
import { flatten } from '../nn/functional/shape';
import * as nn from '../nn/modules';
import type { Tensor } from '../nn/tensor';
import { Classifier } from '../nets/classifier';
import type { InShape, NetSpec, OutShape, Prm } from '../nets/net';
import type { Loader, RawBatch } from '../datasets/loader';
import type { TrialConfig } from './config';
import { TrialControl } from './control';
import type { Score } from './evaluate';
import type { FinishedEpoch, TrialEvent } from './events';
import type { Checkpoint, TrialEffects } from './effects';

const SIZE = 6;
const CLASSES = ['left', 'right', 'top'];

export interface SyntheticOptions {
	readonly samples?: number;
	readonly batchSize?: number;
	readonly shuffle?: boolean;
	readonly dataHash?: string;
}

/** Pictures with a bright left, right or top half: a small net learns them in a few steps. */
export function syntheticLoader(options: SyntheticOptions = {}): Loader {
	const { samples = 48, batchSize = 8, shuffle = true, dataHash = 'synthetic' } = options;
	const batches = Math.ceil(samples / batchSize);
	async function* epoch(number: number, from = 0): AsyncGenerator<RawBatch> {
		const order = Array.from({ length: samples }, (_, i) => i);
		// Seven is coprime to the sizes used: another order in every epoch.
		if (shuffle) order.sort((a, b) => ((a * 7 * number) % 61) - ((b * 7 * number) % 61) || a - b);
		for (let b = from; b < batches; b++)
			yield batchFrom(order.slice(b * batchSize, (b + 1) * batchSize));
	}
	const shape = [SIZE, SIZE, 1] as const;
	return { samples, batchSize, batches, shape, classes: CLASSES, dataHash, epoch, close: () => {} };
}

function batchFrom(indices: readonly number[]): RawBatch {
	const pixels = new Uint8Array(indices.length * SIZE * SIZE);
	const targets = Int32Array.from(indices, (i) => i % CLASSES.length);
	for (const [n, i] of indices.entries())
		for (let y = 0; y < SIZE; y++)
			for (let x = 0; x < SIZE; x++) {
				const bright = [x < 3, x >= 3, y < 3][i % 3]!;
				const noise = (i * 31 + y * 17 + x * 7) % 90;
				pixels[(n * SIZE + y) * SIZE + x] = noise + (bright ? 120 : 0);
			}
	return {
		...{ pixels, targets, shape: [indices.length, SIZE, SIZE, 1] },
		...{ indices: Uint32Array.from(indices), complex: false },
		normalise: { mean: [0.4], std: [0.3] },
	};
}

/** Convolution, batch normalisation and dropout: everything that carries state or draws numbers. */
export class TinyNet extends Classifier {
	readonly conv: nn.Conv2d;
	readonly norm = new nn.BatchNorm2d(4);
	readonly relu = new nn.ReLU();
	readonly dropout: nn.Dropout;
	readonly head: nn.Linear;

	constructor([, channels, height, width]: InShape, [classes]: OutShape, prm: Prm) {
		super();
		this.conv = new nn.Conv2d(channels, 4, 3, { padding: 1 });
		this.dropout = new nn.Dropout(prm['dropout'] ?? 0.2);
		this.head = new nn.Linear(4 * height * width, classes);
	}

	forward(x: Tensor): Tensor {
		const features = this.relu.call(this.norm.call(this.conv.call(x)));
		return this.head.call(this.dropout.call(flatten(features)));
	}
}

export const tinyNet: NetSpec = {
	name: 'TinyNet',
	task: 'img-classification',
	about: 'A net for tests.',
	Net: TinyNet,
	supportedHyperparameters: () => ['lr', 'momentum', 'dropout'],
	minimumSize: 1,
};

export const tinyConfig: TrialConfig = {
	...{ task: 'img-classification', dataset: 'synthetic', metric: 'acc', nn: 'TinyNet' },
	...{ transform: 'norm', epochs: 2, seed: 7, epochLimitMinutes: 30, gate: true },
	prm: { lr: 0.05, momentum: 0.9, batch: 8, dropout: 0.2 },
};

/** LEMUR's accuracy in a few lines; the real one is in `lib/metrics`. */
export function plainAccuracy(): Score {
	let [correct, total] = [0, 0];
	return {
		update({ outputs, labels }) {
			const classes = outputs.shape[1] ?? 1;
			for (let n = 0; n < labels.data.length; n++, total++) {
				const row = Array.from({ length: classes }, (_, c) => outputs.data[n * classes + c]!);
				if (row.indexOf(Math.max(...row)) === labels.data[n]) correct++;
			}
		},
		value: () => correct / total,
	};
}

/** Effects that keep everything they hear; the clock counts 1 ms per question. */
export function testEffects(overrides: Partial<TrialEffects> = {}) {
	let clock = 0;
	const events: TrialEvent[] = [];
	const epochs: FinishedEpoch[] = [];
	const checkpoints: Checkpoint[] = [];
	const effects: TrialEffects = {
		net: tinyNet,
		open: async (split) => syntheticLoader({ shuffle: split === 'train' }),
		score: plainAccuracy,
		minimumAccuracy: 1 / 3,
		now: () => ++clock,
		breathe: async () => {},
		saveEpoch: async (epoch, checkpoint) => {
			epochs.push(epoch);
			checkpoints.push(checkpoint);
			return true;
		},
		saveCheckpoint: async (checkpoint) => void checkpoints.push(checkpoint),
		checkpointDue: () => false,
		emit: (event) => events.push(event),
		control: new TrialControl(),
		...overrides,
	};
	return { effects, events, epochs, checkpoints };
}

export { useCpu };
