import { describe, expect, it } from 'vitest';
import { LiveTrial } from './live';
import type { TrainEvent } from './protocol';
import { epochRow, FACTS, runRow } from './testing-runs';

const backend = { ...FACTS, text: 'Runs on the cpu.' };
const run = (id = 'a', overrides = {}): TrainEvent => ({
	kind: 'run',
	run: runRow(id, overrides),
	backend,
});
const state = (
	name: 'compiling' | 'training' | 'evaluating' | 'paused' | 'ended',
	epoch: number,
	step = 0,
): TrainEvent => ({
	...{ kind: 'state', state: name, epoch, step, steps: 10 },
});
const steps = (epoch: number, step: number, at: number, count = 1): TrainEvent => ({
	...{ kind: 'steps', epoch, step, at, losses: Array<number>(count).fill(1 / step) },
});

function live(...events: readonly TrainEvent[]) {
	const trial = new LiveTrial();
	for (const event of events) trial.hear(event);
	return trial;
}

describe('LiveTrial', () => {
	it('has a rate without the compiling step, and a time left that counts evaluations', () => {
		const trial = live(run(), state('compiling', 1), steps(1, 1, 60_000), state('training', 1, 1));
		expect([trial.view.rate, trial.view.left]).toEqual([undefined, undefined]);
		for (let step = 2; step <= 10; step++) trial.hear(steps(1, step, 59_900 + step * 100));
		expect(trial.view.rate).toBeCloseTo(10);
		expect(trial.view.left).toBeCloseTo(1_000); // ten steps of the second epoch
		trial.hear(state('evaluating', 1, 10));
		trial.hear({ kind: 'row', row: { ...epochRow(1), duration: 63_000 } });
		// an evaluation took 2.1 s: ten steps and one evaluation are left
		expect(trial.view.left).toBeCloseTo(3_100);
		expect(trial.view.elapsed).toBe(63_000);
	});

	it('knows the newest checkpoint until its epoch is saved', () => {
		const trial = live(run(), state('training', 1), { kind: 'checkpoint', epoch: 1, step: 4 });
		expect(trial.view.saved).toEqual({ epoch: 1, step: 4 });
		trial.hear({ kind: 'row', row: epochRow(1) });
		expect(trial.view.saved).toBeUndefined();
	});

	it('a pause is no part of the rate', () => {
		const trial = live(run(), state('training', 1));
		for (let step = 1; step <= 5; step++) trial.hear(steps(1, step, step * 100));
		trial.hear(state('paused', 1, 5));
		trial.hear(state('training', 1, 5));
		for (let step = 6; step <= 9; step++) trial.hear(steps(1, step, 100_000 + step * 100));
		expect(trial.view.rate).toBeCloseTo(10);
		expect(trial.view.log.map(({ text }) => text)).toContain('Paused in epoch 1.');
	});

	it('progress never goes back, also when a checkpoint is older', () => {
		const trial = live(run(), state('training', 1));
		let before = 0;
		for (const event of [
			steps(1, 9, 1),
			{ kind: 'row', row: epochRow(1) } as const,
			steps(1, 2, 2),
			steps(2, 1, 3),
			state('evaluating', 2, 10),
		]) {
			trial.hear(event);
			expect(trial.view.share).toBeGreaterThanOrEqual(before);
			before = trial.view.share;
		}
		expect(before).toBe(1);
	});

	it('keeps every loss in few points: the lowest and the highest stay', () => {
		const trial = live(run(), state('training', 1));
		for (let i = 1; i <= 5_000; i++)
			trial.hear({
				kind: 'steps',
				epoch: i,
				step: 1,
				at: i,
				losses: [i === 1_234 ? 99 : i === 4_321 ? -9 : 1],
			});
		const { losses } = trial.view;
		expect(losses.length).toBeLessThan(401);
		expect(losses.length).toBeGreaterThan(150);
		expect(Math.max(...losses.map(({ high }) => high))).toBe(99);
		expect(Math.min(...losses.map(({ low }) => low))).toBe(-9);
		const xs = losses.map(({ x }) => x);
		expect(xs).toEqual([...xs].sort((a, b) => a - b));
	});

	it('goes on from what is stored', () => {
		const { view } = new LiveTrial({ run: runRow(), epochs: [epochRow(1), epochRow(2)] });
		expect(view.rows).toHaveLength(2);
		expect(view.losses.map(({ x, mean }) => [x, mean])).toEqual([
			[0.25, 1],
			[0.75, 0.5],
			[1.25, 1],
			[1.75, 0.5],
		]);
	});

	it('a smaller batch begins anew and is said; what is not stored is said', () => {
		const trial = live(run(), state('training', 1), steps(1, 5, 1), run('b', { parent: 'a' }));
		expect([trial.view.losses, trial.view.share]).toEqual([[], 0]);
		expect(trial.view.log.at(-2)).toMatchObject({ text: 'Tried again with batch 8.', bad: true });
		const { epoch } = epochRow(1);
		const finished = {
			epoch,
			accuracy: 1,
			duration: 1,
			trainLoss: 1,
			testLoss: 1,
			samplesPerSecond: 1,
		};
		trial.hear({ kind: 'epoch', epoch: finished, stored: false });
		expect(trial.view.log.at(-1)?.text).toMatch(/memory only/);
	});

	it('a long log loses its beginning', () => {
		const trial = live(run());
		for (let i = 0; i < 600; i++) trial.note(`line ${i}`);
		expect(trial.view.log).toHaveLength(500);
		expect(trial.view.log.at(-1)?.text).toBe('line 599');
	});
});
