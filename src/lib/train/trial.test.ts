import { beforeAll, describe, expect, it } from 'vitest';
import { reportLoss, useDevice } from '../nn/device';
import { tensorCount } from '../nn/constants';
import { randomState } from '../nn/random';
import type { Tensor } from '../nn/tensor';
import { mul } from '../nn/functional/elementwise';
import { narrow } from '../nn/functional/shape';
import type { TrialConfig } from './config';
import { TrialControl } from './control';
import type { TrialEvent } from './events';
import { syntheticLoader, testEffects, tinyConfig, tinyNet, TinyNet, useCpu } from './testing';
import type { Checkpoint, TrialEffects } from './effects';
import { runTrial } from './trial';

beforeAll(useCpu);

const net = (Net: TrialEffects['net']['Net']) => ({ net: { ...tinyNet, Net } });
const losses = (events: readonly TrialEvent[]) =>
	events.flatMap((event) => (event.kind === 'steps' ? event.losses : []));

async function trial(overrides: Partial<TrialEffects> = {}, config: Partial<TrialConfig> = {}) {
	const world = testEffects(overrides);
	const outcome = await runTrial({ ...tinyConfig, ...config }, world.effects);
	return { ...world, outcome };
}

describe('runTrial', () => {
	it('learns, stores every epoch before it is told, and hands over the last accuracy', async () => {
		const order: string[] = [];
		const { outcome, events, epochs } = await trial({
			saveEpoch: async ({ epoch }) => {
				await Promise.resolve();
				order.push(`stored ${epoch}`);
				return true;
			},
			emit: (event) => {
				if (event.kind === 'epoch') order.push(`told ${event.epoch.epoch}`);
			},
		});
		expect(order).toEqual(['stored 1', 'told 1', 'stored 2', 'told 2']);
		expect([outcome.code, events.length, epochs.length]).toEqual(['FINISHED', 0, 0]);
		const again = await trial();
		expect(again.outcome).toEqual(outcome);
		expect(again.epochs.map(({ accuracy }) => accuracy).at(-1)).toBe(outcome.value);
		expect(outcome.value).toBeGreaterThan(0.8);
		expect(losses(again.events)).toHaveLength(12);
		expect(again.epochs[1]!.duration).toBeGreaterThan(again.epochs[0]!.duration);
		expect(again.epochs[1]!.trainLoss).toBeLessThan(again.epochs[0]!.trainLoss);
	});

	it('is the same for the same settings and another for another seed', async () => {
		const [a, b, c] = [await trial(), await trial(), await trial({}, { seed: 8 })];
		expect(losses(a.events)).toEqual(losses(b.events));
		expect(a.checkpoints.at(-1)).toEqual(b.checkpoints.at(-1));
		expect(losses(c.events)).not.toEqual(losses(a.events));
	});

	it('leaves no tensor behind, however it ends', async () => {
		await trial();
		const before = tensorCount();
		await trial();
		await trial({ minimumAccuracy: 2 });
		await trial(
			net(
				class extends TinyNet {
					override forward(): Tensor {
						throw new Error('mine');
					}
				},
			),
		);
		expect(tensorCount()).toBe(before);
	});
});

describe('a trial that goes on from a checkpoint', () => {
	/** Everything that a run leaves, but times. */
	const traces = ({ events, epochs, checkpoints }: Awaited<ReturnType<typeof trial>>) => ({
		losses: losses(events),
		epochs: epochs.map((epoch) => ({ ...epoch, duration: 0, samplesPerSecond: 0 })),
		last: { ...checkpoints.at(-1)!, duration: 0 },
	});

	it.each([1, 4, 6, 7, 11])('is the run it was, bit by bit, after %i steps', async (stop) => {
		const whole = traces(await trial());
		const control = new TrialControl();
		let steps = 0;
		const first = await trial({
			control,
			breathe: async () => {
				if (steps++ === stop + Math.floor(stop / 7) * 7) control.stop();
			},
		});
		expect(first.outcome.code).toBe('STOPPED');
		const checkpoint = structuredClone(first.checkpoints.at(-1)!);
		const second = testEffects();
		await runTrial(tinyConfig, second.effects, checkpoint);
		const joined = {
			losses: [...losses(first.events), ...losses(second.events)],
			epochs: [...first.epochs, ...second.epochs].map((epoch) => ({
				...epoch,
				duration: 0,
				samplesPerSecond: 0,
			})),
			last: { ...second.checkpoints.at(-1)!, duration: 0 },
		};
		expect(joined).toEqual(whole);
	});

	it('would not be, if the generator or the optimizer were forgotten', async () => {
		const whole = traces(await trial());
		const { checkpoints } = await trial({ checkpointDue: (step) => step === 4 });
		const middle = checkpoints[0]!;
		const goOn = async (from: Checkpoint) => {
			const world = testEffects();
			await runTrial(tinyConfig, world.effects, from);
			return losses(world.events);
		};
		const expected = whole.losses.slice(4);
		expect(await goOn(middle)).toEqual(expected);
		const random = { ...middle.net.random, stream: middle.net.random.stream + 1 };
		expect(await goOn({ ...middle, net: { ...middle.net, random } })).not.toEqual(expected);
		const [first] = middle.net.optimizers;
		const optimizers = [{ ...first!, tensors: [] }];
		expect(await goOn({ ...middle, net: { ...middle.net, optimizers } })).not.toEqual(expected);
	});

	it('refuses a checkpoint of other data', async () => {
		const { checkpoints } = await trial();
		const world = testEffects({ open: async () => syntheticLoader({ dataHash: 'other' }) });
		const outcome = await runTrial(tinyConfig, world.effects, checkpoints[0]);
		expect(outcome).toMatchObject({ code: 'FAILED', reason: expect.stringContaining('data') });
	});

	it('goes on when it had finished already', async () => {
		const { outcome, checkpoints } = await trial();
		const world = testEffects();
		expect(await runTrial(tinyConfig, world.effects, checkpoints.at(-1))).toEqual(outcome);
		expect(world.epochs).toEqual([]);
	});
});

describe('ends of LEMUR', () => {
	it('GATE: stops after any epoch, saves nothing of it, hands over the accuracy', async () => {
		let epoch = 0;
		const score = () => ({ update: () => {}, value: () => [0.2, 0.12][epoch++]! });
		const { outcome, epochs } = await trial({ score, minimumAccuracy: 0.1 });
		expect(outcome).toMatchObject({ code: 'GATE', value: 0.12 });
		expect(outcome.reason).toMatch(/after epoch 2 is not above 12 %/);
		expect(epochs.map((one) => one.epoch)).toEqual([1]);
		const overridden = await trial({ minimumAccuracy: 2 }, { gate: false });
		expect([overridden.outcome.code, overridden.epochs.length]).toEqual(['FINISHED', 2]);
	});

	it('EPOCH_LIMIT: more than 5 steps, without the first; the value ranks faster nets higher', async () => {
		let [clock, turns] = [0, 0];
		// the first step compiles for an hour, the others take a minute
		const breathe = async () => void (clock += ++turns === 2 ? 3_600_000 : 60_000);
		const options = {
			breathe,
			now: () => clock,
			open: async () => syntheticLoader({ batchSize: 1 }),
		};
		const fine = await trial(options, { epochLimitMinutes: 200, epochs: 1 });
		expect(fine.outcome.code).not.toBe('EPOCH_LIMIT');
		[clock, turns] = [0, 0];
		const { outcome, events } = await trial(options, { epochLimitMinutes: 10, epochs: 1 });
		expect(outcome.code).toBe('EPOCH_LIMIT');
		expect(outcome.value! * 1e5).toBeCloseTo(10 / (60 + 47), 1);
		expect(losses(events).length).toBeLessThan(12);
	});

	it('NAN: accuracy that is no number counts as 0; a loss that is none stops, and says where', async () => {
		const nan = await trial(
			{ score: () => ({ update: () => {}, value: () => NaN }) },
			{ gate: false },
		);
		expect(nan.epochs.map(({ accuracy }) => accuracy)).toEqual([0, 0]);
		class Explodes extends TinyNet {
			#calls = 0;
			override forward(x: Tensor): Tensor {
				return mul(super.forward(x), this.training && ++this.#calls > 3 ? NaN : 1);
			}
		}
		const { outcome, epochs, checkpoints } = await trial(net(Explodes));
		expect(outcome).toMatchObject({ code: 'NAN', value: 0 });
		expect(outcome.reason).toContain('step 4 of epoch 1, at a learning rate of 0.05');
		expect([epochs, checkpoints]).toEqual([[], []]);
	});

	it('OOM: names the batch that did not fit and the one to try', async () => {
		class Hungry extends TinyNet {
			override forward(): Tensor {
				throw new RangeError('Array buffer allocation failed');
			}
		}
		const { outcome } = await trial(net(Hungry));
		expect(outcome).toMatchObject({ code: 'OOM', batch: 4 });
		const one = await trial(net(Hungry), { prm: { ...tinyConfig.prm, batch: 1 } });
		expect(one.outcome.batch).toBeUndefined();
	});
});

describe('nets that misbehave', () => {
	it.each([
		[
			'throws',
			class extends TinyNet {
				override forward(): Tensor {
					throw new Error('mine');
				}
			},
			'mine',
		],
		[
			'throws nothing',
			class extends TinyNet {
				override forward(): Tensor {
					throw '';
				}
			},
			'without a reason',
		],
		[
			'answers in another shape',
			class extends TinyNet {
				override forward(x: Tensor): Tensor {
					return narrow(super.forward(x), 0, 0, 1);
				}
			},
			'TinyNet gives (1, 3) for 2 images, expected (2, 3)',
		],
		[
			'answers in another shape when it is tested',
			class extends TinyNet {
				override forward(x: Tensor): Tensor {
					const y = super.forward(x);
					return this.training ? y : narrow(y, 1, 0, 2);
				}
			},
			'TinyNet gives (2, 2) for 2 images, expected (2, 3)',
		],
		[
			'answers in another shape when it is trained',
			class extends TinyNet {
				override forward(x: Tensor): Tensor {
					const y = super.forward(x);
					return this.training ? narrow(y, 0, 0, 1) : y;
				}
			},
			/label for each/,
		],
		[
			'gives no numbers from the start',
			class extends TinyNet {
				override forward(x: Tensor): Tensor {
					return mul(super.forward(x), NaN);
				}
			},
			/TinyNet gives NaN for images between 0 and 1.*Look there for a division by 0/,
		],
		[
			'needs a hyperparameter that is not there',
			class extends TinyNet {
				override trainSetup(): void {
					super.trainSetup({});
				}
			},
			'lr',
		],
	])('%s: the trial fails with its words', async (_, Net, words) => {
		const { outcome, epochs } = await trial(net(Net));
		expect(outcome.code).toBe('FAILED');
		expect(outcome.reason).toMatch(words);
		expect(epochs).toEqual([]);
	});

	it('a net that never asks for data has no loss, and the gate decides', async () => {
		class Idle extends TinyNet {
			override async learn(): Promise<void> {}
		}
		const { outcome, epochs } = await trial(net(Idle), { gate: false });
		expect(outcome.code).toBe('FINISHED');
		expect(epochs.map(({ trainLoss }) => trainLoss)).toEqual([NaN, NaN]);
	});

	it('too small images are refused before anything is built', async () => {
		const { outcome } = await trial({ net: { ...tinyNet, minimumSize: 32 } });
		expect(outcome).toMatchObject({ code: 'FAILED', reason: expect.stringContaining('32 × 32') });
	});
});

describe('pause, step, stop', () => {
	it('pauses within a step, keeps time still, and goes on to the same end', async () => {
		const whole = await trial();
		const control = new TrialControl();
		let steps = 0;
		const paused: string[] = [];
		const { outcome, events, checkpoints } = await trial({
			control,
			breathe: async () => {
				if (++steps === 4) control.pause();
			},
			emit: (event) => {
				if (event.kind === 'state' && event.state === 'paused') {
					paused.push(`${event.epoch}/${event.step}`);
					setTimeout(() => (paused.length < 3 ? control.step() : control.resume()), 0);
				}
			},
		});
		expect(paused).toEqual(['1/3', '1/4', '1/5']);
		expect([outcome, events.length]).toEqual([whole.outcome, 0]);
		expect(checkpoints.map(({ epoch, step }) => `${epoch}/${step}`)).toEqual([
			'1/3',
			'1/4',
			'1/5',
			'2/0',
			'3/0',
		]);
	});

	it('a paused trial can be stopped', async () => {
		const control = new TrialControl();
		control.pause();
		const running = trial({ control });
		await new Promise((resolve) => setTimeout(resolve, 5));
		control.stop();
		const { outcome, checkpoints } = await running;
		expect([outcome.code, checkpoints.length]).toEqual(['STOPPED', 0]);
	});
});

describe('a lost device', () => {
	it('ends the trial, and nothing is stored after it', async () => {
		const device = {};
		useDevice(device);
		let steps = 0;
		const { outcome, checkpoints } = await trial({
			checkpointDue: () => true,
			breathe: async () => {
				if (++steps === 4) reportLoss(device, 'unplugged');
			},
		});
		useDevice(undefined);
		expect(outcome).toMatchObject({
			code: 'GPU_LOST',
			reason: expect.stringContaining('unplugged'),
		});
		expect(checkpoints).toHaveLength(2);
	});
});

describe('storage that fails', () => {
	it('is said, and training goes on', async () => {
		const { outcome, events } = await trial({
			saveEpoch: async ({ epoch }) => {
				if (epoch === 1) throw new Error('disk full');
				return true;
			},
		});
		expect(outcome.code).toBe('FINISHED');
		const told = events.flatMap((event) => (event.kind === 'epoch' ? [event.stored] : []));
		expect(told).toEqual([false, true]);
		expect(events).toContainEqual({
			kind: 'note',
			code: 'NOT_SAVED',
			text: 'Epoch 1 is not saved: disk full',
		});
	});
});

it('the generator is not shared by accident: a trial starts it anew', async () => {
	await trial();
	const { stream } = randomState();
	await trial();
	expect(randomState().stream).toBe(stream);
});
