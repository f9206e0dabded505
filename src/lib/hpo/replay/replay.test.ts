import { describe, expect, it } from 'vitest';
import type { DataRows } from '../../stats/data-api';
import { categorical, float } from '../distributions';
import { replayObjective } from '../objective/replay';
import { streamOf } from '../random';
import { StudyRunner } from '../study/runner';
import { memoryStudies, testDefinition } from '../study/testing';
import { replayModel } from './model';
import { raceStudy, regretByTime, regretByTrial, type Entrant } from './race';
import { observedSpace, reachedEpochs, replayTable } from './table';

type Row = {
	lr: number;
	batch?: number;
	transform?: string;
	epoch: number;
	accuracy: number;
	seconds?: number;
};

/** Rows as the data worker gives them. */
function dataRows(rows: readonly Row[]): DataRows {
	const text = (value: string) => rows.map(() => value);
	return {
		rows: rows.length,
		task: text('img-classification'),
		dataset: text('mnist'),
		metric: text('acc'),
		nn: text('AlexNet'),
		epoch: Float64Array.from(rows, ({ epoch }) => epoch),
		accuracy: Float64Array.from(rows, ({ accuracy }) => accuracy),
		duration: Float64Array.from(rows, ({ seconds = NaN }) => seconds * 1e9),
		uid: text('u'),
		transform: rows.map(({ transform = 'norm' }) => transform),
		prm: Uint32Array.from(rows, (_, i) => i),
		prmSets: rows.map(({ lr, batch }) => ({
			lr,
			epoch_max: 5,
			...(batch === undefined ? {} : { batch }),
		})),
	};
}

/** 300 runs whose accuracy is best at lr = 0.01 and batch 16, over five epochs. */
function manyRuns(): DataRows {
	const rows: Row[] = [];
	for (let run = 0; run < 300; run++) {
		const random = streamOf(run);
		const lr = 10 ** (-5 + 5 * random());
		const batch = 2 ** Math.floor(random() * 8);
		const last = Math.exp(-((Math.log10(lr) + 2) ** 2) - (Math.log2(batch) - 4) ** 2 / 8);
		for (let epoch = 1; epoch <= 5; epoch++)
			rows.push({
				lr,
				batch,
				epoch,
				accuracy: last * (1 - 0.5 ** epoch),
				seconds: (epoch * 100) / batch,
			});
	}
	return dataRows(rows);
}

describe('replayTable', () => {
	it('joins the epochs of a run, keeps repeats apart, and leaves out what lacks a hyperparameter', () => {
		const table = replayTable(
			dataRows([
				{ lr: 0.1, batch: 4, epoch: 2, accuracy: 0.6, seconds: 20 },
				{ lr: 0.1, batch: 4, epoch: 1, accuracy: 0.5, seconds: 10 },
				{ lr: 0.1, batch: 4, epoch: 1, accuracy: 0.4 },
				{ lr: 0.2, batch: 8, transform: 'echo', epoch: 1, accuracy: 0.3 },
				{ lr: 0.3, epoch: 1, accuracy: 0.2 },
			]),
		);
		expect(table.names).toEqual(['batch', 'lr', 'transform']);
		expect(table.leftOut).toBe(1);
		expect(table.runs).toEqual([
			{
				params: { batch: 4, lr: 0.1, transform: 'norm' },
				epochs: [1, 2],
				values: [0.5, 0.6],
				seconds: [10, 20],
			},
			{
				params: { batch: 4, lr: 0.1, transform: 'norm' },
				epochs: [1],
				values: [0.4],
				seconds: [NaN],
			},
			{
				params: { batch: 8, lr: 0.2, transform: 'echo' },
				epochs: [1],
				values: [0.3],
				seconds: [NaN],
			},
		]);
		expect(reachedEpochs(table)).toEqual([
			{ epoch: 1, runs: 3 },
			{ epoch: 2, runs: 1 },
		]);
		expect(observedSpace(table)).toEqual([
			{ name: 'batch', distribution: categorical([4, 8]) },
			{ name: 'lr', distribution: float(0.1, 0.2, { log: true }) },
			{ name: 'transform', distribution: categorical(['echo', 'norm']) },
		]);
	});
});

const table = replayTable(manyRuns());
const space = observedSpace(table);

describe('replayModel', () => {
	it('answers with the nearest run’s curve, on a log scale', () => {
		const model = replayModel(table, space, { mode: 'nearest', epochs: 3 });
		const own = table.runs[17]!;
		const curve = model.curve({ ...own.params });
		expect(curve.values).toEqual(own.values.slice(0, 3));
		const near = { ...own.params, lr: Number(own.params['lr']) * 1.0001 };
		expect(model.curve(near).values).toEqual(curve.values);
		const other = { ...own.params, batch: own.params['batch'] === 1 ? 128 : 1 };
		expect(model.curve(other).values).not.toEqual(curve.values);
	});

	it('predicts by a forest close to what the runs gave, and between them', () => {
		const model = replayModel(table, space, { mode: 'surrogate', epochs: 5 });
		const peak = model.curve({ lr: 0.0101, batch: 16, transform: 'norm' });
		const far = model.curve({ lr: 2e-5, batch: 16, transform: 'norm' });
		expect(peak.values.at(-1)).toBeGreaterThan(0.8);
		expect(far.values.at(-1)).toBeLessThan(0.1);
		expect(peak.values).toHaveLength(5);
		expect(model.best).toBeGreaterThan(0.85);
	});

	it('says when there is nothing to replay', () => {
		expect(() =>
			replayModel({ runs: [], names: [], leftOut: 0 }, [], { mode: 'nearest', epochs: 5 }),
		).toThrow('No stored run of this configuration has an epoch up to 5.');
	});

	it('gives runs without a duration the usual time of an epoch', () => {
		const mixed = replayTable(
			dataRows([
				{ lr: 0.1, epoch: 1, accuracy: 0.1, seconds: 30 },
				{ lr: 0.1, epoch: 2, accuracy: 0.2, seconds: 60 },
				{ lr: 0.9, epoch: 2, accuracy: 0.3 },
			]),
		);
		const model = replayModel(mixed, observedSpace(mixed), { mode: 'nearest', epochs: 2 });
		expect(model.curve({ lr: 0.9, transform: 'norm' }).seconds).toEqual([60]);
	});
});

describe('a race', () => {
	const model = replayModel(table, space, { mode: 'nearest', epochs: 5 });
	const options = { trials: 40, direction: 'maximize' } as const;
	const none = { id: 'none' } as const;
	const tpe: Entrant = {
		label: 'TPE',
		sampler: { id: 'tpe', preset: 'v4', startupTrials: 10, candidates: 24 },
		pruner: none,
	};
	const random: Entrant = { label: 'random', sampler: { id: 'random' }, pruner: none };
	const race = (entrant: Entrant) =>
		Array.from({ length: 24 }, (_, seed) => raceStudy(entrant, space, model, seed, options));

	it('is the same for the same seed, never gets worse, and its clock goes on', () => {
		const study = raceStudy(tpe, space, model, 3, options);
		expect(raceStudy(tpe, space, model, 3, options)).toEqual(study);
		expect(raceStudy(tpe, space, model, 4, options)).not.toEqual(study);
		for (let i = 1; i < options.trials; i++) {
			expect(study.best[i]!).toBeGreaterThanOrEqual(study.best[i - 1]!);
			expect(study.seconds[i]!).toBeGreaterThan(study.seconds[i - 1]!);
		}
	});

	it('shows that TPE leaves less regret than random search', () => {
		const last = (entrant: Entrant) => regretByTrial(race(entrant), model.best).median.at(-1)!;
		expect(last(tpe)).toBeLessThan(last(random));
	});

	it('shows that halving spends less time for as many trials', () => {
		const halving = race({
			...random,
			pruner: {
				id: 'successive-halving',
				minResource: 1,
				reductionFactor: 2,
				minEarlyStoppingRate: 0,
				bootstrapCount: 0,
			},
		});
		const spent = (studies: ReturnType<typeof race>) =>
			studies.reduce((sum, { seconds }) => sum + seconds.at(-1)!, 0);
		expect(spent(halving)).toBeLessThan(0.8 * spent(race(random)));
		const curve = regretByTime(halving, model.best);
		expect(curve.x).toHaveLength(60);
		expect(curve.median.at(-1)!).toBeLessThan(0.5);
		expect(curve.low.at(-1)!).toBeLessThanOrEqual(curve.median.at(-1)!);
	});
});

describe('regretByTime', () => {
	it('never rises: a study that has no value yet is further than any', () => {
		const study = (from: number, value: number) => ({
			best: Float64Array.of(value, value),
			seconds: Float64Array.of(from, 100),
		});
		const { median, high } = regretByTime([study(10, 0.9), study(50, 0.1), study(60, 0.2)], 1);
		for (const curve of [median, high]) {
			const known = curve.filter((value) => !Number.isNaN(value));
			expect(known.length).toBeGreaterThan(0);
			expect(known).toEqual(known.slice().sort().reverse());
		}
		// Until the second of the three has a value, the middle one has none.
		expect(median.filter((value) => Number.isNaN(value)).length).toBe(29);
	});
});

describe('replayObjective', () => {
	it('runs as a stored study, with reports for the pruner', async () => {
		const studies = memoryStudies();
		const { id } = await studies.create(
			testDefinition({ space, pruner: { id: 'median', startupTrials: 3 } }),
		);
		const study = await studies.open(id);
		await study.plan(20);
		const model = replayModel(table, space, { mode: 'nearest', epochs: 5 });
		expect(await new StudyRunner(study, replayObjective(model)).run()).toEqual({ kind: 'done' });
		const { counts } = study.study.summary;
		expect(counts.COMPLETE + counts.PRUNED).toBe(20);
		expect(counts.PRUNED).toBeGreaterThan(0);
		expect([...study.study.best!.intermediate.keys()]).toEqual([1, 2, 3, 4, 5]);
	});
});
