import { describe, expect, it } from 'vitest';
import { createFaultStore } from '../../store/fault-store';
import type { MemoryRecords } from '../../store/memory';
import { OutOfMemory, type Objective } from '../objective/objective';
import { categorical, float } from '../distributions';
import { spaceOf } from '../space';
import type { StudyDefinitionInput } from './definition';
import { StudyRunner, type RunnerOptions } from './runner';
import { Studies } from './studies';
import type { StoredStudy } from './stored-study';
import { memoryStore, memoryStudies, testDefinition, testEffects } from './testing';

async function planned(
	trials: number,
	changes: Partial<StudyDefinitionInput> = {},
	records: MemoryRecords = new Map(),
): Promise<StoredStudy> {
	const studies = memoryStudies(records);
	const study = await studies.open((await studies.create(testDefinition(changes))).id);
	await study.plan(trials);
	return study;
}

const run = (study: StoredStudy, objective: Objective, options?: RunnerOptions) =>
	new StudyRunner(study, objective, options).run();

const lr: Objective = { run: async ({ lr }) => Number(lr) };

describe('StudyRunner', () => {
	it('runs what is planned, and goes on when more is', async () => {
		const study = await planned(5);
		expect(await run(study, lr)).toEqual({ kind: 'done' });
		expect(study.study.summary).toMatchObject({ done: 5, counts: { COMPLETE: 5, RUNNING: 0 } });
		await study.plan(8);
		await run(study, lr);
		expect(study.study.summary.done).toBe(8);
		expect(study.study.best?.values).toEqual([
			Math.max(...study.study.trials.map(({ values }) => values![0]!)),
		]);
	});

	it('runs several trials at once, and never more than planned', async () => {
		const study = await planned(7);
		let running = 0;
		let most = 0;
		const objective: Objective = {
			async run() {
				most = Math.max(most, ++running);
				await new Promise((resolve) => setTimeout(resolve, 2));
				running--;
				return 1;
			},
		};
		await run(study, objective, { parallel: 3 });
		expect(most).toBe(3);
		expect(study.study.trials).toHaveLength(7);
	});

	it('gives the pruner what is reported, and ends the trial as it says', async () => {
		const study = await planned(6, { pruner: { id: 'median', startupTrials: 1 } });
		const objective: Objective = {
			async run(_, { trial, report }) {
				for (let step = 0; step < 5; step++)
					if (await report(step, 10 - trial)) return { state: 'PRUNED' };
				return 10 - trial;
			},
		};
		await run(study, objective);
		expect(study.study.trials.map(({ state }) => state)).toEqual([
			'COMPLETE',
			...new Array(5).fill('PRUNED'),
		]);
	});

	it('pauses after the trial that runs, stops it in the middle, and holds', async () => {
		const study = await planned(10);
		const runner: StudyRunner = new StudyRunner(study, {
			async run(_, { trial, signal }) {
				if (trial === 1) runner.pause();
				if (trial !== 3) return 1;
				setTimeout(() => runner2.stop(), 1);
				return new Promise((_, reject) =>
					signal.addEventListener('abort', () => reject(signal.reason)),
				);
			},
		});
		expect(await runner.run()).toEqual({ kind: 'paused' });
		expect(study.study.summary.done).toBe(2);
		const runner2 = new StudyRunner(study, {
			run: (_, { trial, signal }) =>
				trial < 3
					? Promise.resolve(1)
					: new Promise((_, reject) => {
							signal.addEventListener('abort', () => reject(signal.reason));
							setTimeout(() => runner2.stop(), 1);
						}),
		});
		expect(await runner2.run()).toEqual({ kind: 'stopped' });
		expect(study.study.trial(3)).toMatchObject({
			state: 'FAIL',
			reason: 'Stopped before its end.',
		});
		const runner3 = new StudyRunner(study, lr);
		runner3.hold();
		const end = runner3.run();
		await new Promise((resolve) => setTimeout(resolve, 5));
		expect(study.study.trials).toHaveLength(4);
		runner3.release();
		expect(await end).toEqual({ kind: 'done' });
	});

	it('gives up after 30 failures in a row, not after 30 in all', async () => {
		const study = await planned(200);
		const end = await run(study, {
			async run(_, { trial }) {
				if (trial % 29 !== 28 || trial > 100) throw new Error('too cold');
				return 1;
			},
		});
		expect(end).toEqual({
			kind: 'gave-up',
			reason: '30 trials in a row have failed, the last one with: too cold',
		});
		expect(study.study.summary.counts).toMatchObject({ COMPLETE: 3, RUNNING: 0 });
		expect(study.study.trials.at(-1)!.reason).toBe('too cold');
	});

	it('says when a grid is finished', async () => {
		const study = await planned(100, { sampler: { id: 'grid', points: 2 } });
		expect(await run(study, lr)).toMatchObject({ kind: 'gave-up', reason: /All 6 points/ });
	});

	it('begins anew where the policy says so, with all its lanes', async () => {
		const study = await planned(6);
		const narrow = spaceOf({ lr: float(1e-5, 1, { log: true }), batch: categorical([1]) });
		let running = 0;
		let most = 0;
		await run(
			study,
			{
				async run({ batch }) {
					most = Math.max(most, ++running);
					await new Promise((resolve) => setTimeout(resolve, 2));
					running--;
					if (Number(batch) > 1) throw new OutOfMemory(Number(batch));
					return 1;
				},
				policy: {
					decide: () => ({
						outcome: { state: 'FAIL', reason: 'out of memory' },
						then: 'restart',
						space: narrow,
						reason: 'less memory',
					}),
				},
			},
			{ parallel: 2 },
		);
		const { summary } = study.study;
		expect(summary).toMatchObject({ generation: 1, done: 6, counts: { RUNNING: 0 } });
		expect(most).toBe(2);
		expect(study.study.currentTrials.every(({ inputs }) => inputs[1] === 0)).toBe(true);
	});

	it('fails what a closed page left running, or goes on with it where that is possible', async () => {
		for (const resumable of [false, true]) {
			const records: MemoryRecords = new Map();
			const closed = await memoryStudies(records, 'closed').create(testDefinition());
			const before = await memoryStudies(records, 'closed').open(closed.id);
			await before.plan(3);
			await before.ask();
			const study = await memoryStudies(records).open(closed.id);
			const resumed: number[] = [];
			await run(study, {
				resumable,
				async run(_, context) {
					if (context.resumed) resumed.push(context.trial);
					return 1;
				},
			});
			expect(resumed).toEqual(resumable ? [0] : []);
			expect(study.study.trial(0)).toMatchObject(
				resumable ? { state: 'COMPLETE' } : { state: 'FAIL', reason: /^Interrupted/ },
			);
			expect(study.study.summary).toMatchObject({ done: 3, counts: { RUNNING: 0 } });
		}
	});

	it('rejects when the store fails, and loses nothing that it was told', async () => {
		const records: MemoryRecords = new Map();
		const { id } = await planned(5, {}, records);
		const faulty = createFaultStore(memoryStore(records), { kind: 'quota', at: 30, sticky: true });
		const study = await new Studies(faulty, testEffects()).open(id);
		await expect(run(study, lr)).rejects.toMatchObject({ code: 'STORE_QUOTA' });
		const again = await memoryStudies(records).open(id);
		expect(again.study.summary.done).toBe(study.study.summary.done);
		await run(again, lr);
		expect(again.study.summary).toMatchObject({ done: 5, counts: { RUNNING: 0 } });
	});
});
