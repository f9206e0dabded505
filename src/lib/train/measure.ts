/**
 * What a trial will cost, from three steps of it and one batch of its test set: memory, compilation,
 * time. The net that is measured is thrown away.
 */
import { noGrad, withLossHook } from '../nn/autograd';
import type { Batch } from '../nn/batches';
import { tensorBytes } from '../nn/memory';
import { manualSeed } from '../nn/random';
import { endStep, startStep } from '../nn/scope';
import { intTensor, type Tensor } from '../nn/tensor';
import { checkSize, type InShape, type Net, type NetSpec } from '../nets/net';
import type { Loader, RawBatch } from '../datasets/loader';
import { RpcError } from '../worker/rpc-error';
import { checkNet } from './check-net';
import { batchOf, type TrialConfig } from './config';
import { inputOf } from './evaluate';
import type { Measurement } from './protocol';

export interface MeasureEffects {
	readonly net: NetSpec;
	readonly train: Loader;
	readonly test: Loader;
	/** bytes that a step may take; absent: not known */
	readonly memory?: number | undefined;
	/** ms */
	readonly now: () => number;
	/** called between two steps; may throw to leave */
	readonly between: () => Promise<void>;
}

const STEPS = 3;
/** ms: a slower first step is measured alone */
const PATIENCE = 15_000;

/** @throws what the net throws, RpcError TRAIN_MEMORY: before anything is trained */
export async function measureTrial(
	config: TrialConfig,
	effects: MeasureEffects,
): Promise<Omit<Measurement, 'backend'>> {
	const { net: spec, train, test } = effects;
	const [height, width, channels] = train.shape;
	const shape: InShape = [batchOf(config), channels, height, width];
	checkSize(spec, shape);
	manualSeed(config.seed);
	const net = new spec.Net(shape, [train.classes.length], config.prm);
	try {
		net.trainSetup(config.prm);
		const { memory } = effects;
		const end = await checkNet(net, spec, { shape, loader: train, memory });
		if (end) throw new RpcError('TRAIN_MEMORY', end.reason);
		const parameters = net.parameters().reduce((sum, { size }) => sum + size, 0);
		const { times, peak } = await measureSteps(net, effects);
		const batch = await measureBatch(net, effects);
		const [firstStep = NaN, ...later] = times;
		const step = later.length > 0 ? Math.min(...later) : NaN;
		const evaluation = batch * test.batches;
		const usual = Number.isNaN(step) ? firstStep : step;
		const epochs = config.epochs * (train.batches * usual + evaluation);
		return {
			...{ parameters, firstStep, step, evaluation, steps: train.batches },
			// Gradients and momentum come after the forward pass, beside what it holds.
			memory: peak + 2 * 4 * parameters,
			total: Math.max(0, firstStep - usual) + epochs,
		};
	} finally {
		net.dispose();
	}
}

async function measureSteps(net: Net, { train, now, between }: MeasureEffects) {
	const times: number[] = [];
	let peak = 0;
	let loss: Tensor | undefined;
	async function* few(): AsyncGenerator<Batch> {
		for await (const raw of train.epoch(1)) {
			await between();
			const begun = now();
			startStep();
			try {
				yield batchOn(raw);
				// The loss is read last, when the step is through on the device.
				await loss?.data();
			} finally {
				endStep();
			}
			times.push(now() - begun);
			if (times.length >= STEPS || times[0]! > PATIENCE) return;
		}
	}
	net.train();
	const hook = (value: Tensor) => {
		loss = value;
		peak = Math.max(peak, tensorBytes());
	};
	await withLossHook(hook, () => net.learn(few()));
	return { times, peak };
}

/** @returns ms of a batch of the test set, the second one where there is one: the first compiles */
async function measureBatch(net: Net, { test, now, between }: MeasureEffects): Promise<number> {
	let time = 0;
	let taken = 0;
	net.eval();
	for await (const raw of test.epoch(1)) {
		await between();
		const begun = now();
		startStep();
		try {
			await noGrad(() => net.call(inputOf(raw))).data();
		} finally {
			endStep();
		}
		time = now() - begun;
		if (++taken === 2) break;
	}
	return time;
}

function batchOn(raw: RawBatch): Batch {
	return [inputOf(raw), intTensor(raw.targets, [raw.targets.length])];
}
