/**
 * What `npm run bench:pipeline` measures in a worker, as training runs in one: what a checkpoint of
 * 10 million parameters costs, and the memory of trial after trial on the GPU. No page of the site
 * starts it.
 */
import { openRunStorage } from '../train/open-storage';
import { createTrainEngine } from '../train/engine';
import { locksBy } from '../train/locks';
import type { TrialConfig } from '../train/config';
import { tensorCount } from '../nn/constants';
import { gpuBytes } from '../nn/memory';
import { measureCheckpoint, type CheckpointFigures } from './checkpoint';

export interface TrialMemory {
	/** bytes of GPU buffers in use and allocated, at the peak of the trial and when it has ended */
	readonly peak: number;
	readonly used: number;
	readonly allocated: number;
	readonly tensors: number;
	readonly outcome: string;
}

/** What the worker answers. */
export interface TrialsFigures {
	readonly checkpoint: CheckpointFigures;
	readonly trials: readonly TrialMemory[];
}

const TRIALS = 20;

self.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
	if (typeof data !== 'string') return;
	run(data).then(
		(figures) => self.postMessage(figures),
		(error: unknown) => self.postMessage(String(error)),
	);
});

async function run(siteRoot: string): Promise<TrialsFigures> {
	const checkpoint = await measureCheckpoint();
	const engine = createTrainEngine({
		openStorage: openRunStorage,
		computing: () => import('../train/computing'),
		locks: locksBy(),
	});
	const signal = new AbortController().signal;
	const context = { signal, progress: () => undefined };
	await engine.open.run({ base: '/bench', siteRoot }, context);
	const trials: TrialMemory[] = [];
	for (let n = 0; n < TRIALS; n++) {
		let peak = 0;
		const progress = () => (peak = Math.max(peak, gpuBytes()?.allocated ?? NaN));
		const params = { config: configOf(n), backend: 'webgpu' } as const;
		const { outcome } = await engine.train.run(params, { signal, progress });
		const { used = NaN, allocated = NaN } = gpuBytes() ?? {};
		trials.push({ peak, used, allocated, tensors: tensorCount(), outcome: outcome.code });
	}
	return { checkpoint, trials };
}

/** Every trial another batch, as in a search: no buffer has a size that was there before. */
function configOf(n: number): TrialConfig {
	return {
		...{ task: 'img-classification', dataset: 'digits', metric: 'acc', nn: 'ICNet' },
		...{ transform: 'norm', epochs: 1, seed: n, epochLimitMinutes: 30, gate: false },
		prm: { lr: 0.01, momentum: 0.9, batch: 8 + n },
		...{ trainLimit: 2 * (8 + n), testLimit: 8 + n },
	};
}
