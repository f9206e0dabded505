import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writePythonJson } from './records/python-json';
import type { PyValue } from './records/python-text';
import { columnsOf, type TestRun } from '../stats/testing';
import type { TrialColumns } from '../stats/columns';
import type { Mirror } from './mirror';
import { withOwnRuns, type OwnRun } from './own';

/** A mirror of runs whose uids are their numbers. */
function mirrorOf(
	runs: readonly TestRun[],
	epochPrm: ReadonlyMap<number, PyValue> = new Map(),
): Mirror {
	return {
		columns: columnsOf(runs),
		uidText: (run) => `base-${run}`,
		prmOfRun: (run) => new Map([['base', run]]),
		epochPrm,
	};
}

/** The same run as the data worker gets it. */
function ownOf({ prm = {}, transform = 'norm_32', trials, ...names }: TestRun): OwnRun {
	const config = { task: 'img-classification', dataset: 'cifar-10', metric: 'acc', nn: 'AlexNet' };
	const sorted = [...trials].sort(([a], [b]) => a - b);
	return {
		...{ ...config, ...names, uid: names.uid ?? 'own' },
		prm: writePythonJson(
			new Map<string, PyValue>([...Object.entries(prm), ['transform', transform]]),
		),
		epochs: sorted.map(([epoch, accuracy, duration]) => ({
			epoch,
			accuracy,
			duration: duration ?? NaN,
		})),
	};
}

/** What both ways must agree in; uids are numbered as it comes. */
const plain = ({
	tasks,
	nns,
	transforms,
	configs,
	runs,
	run,
	epoch,
	accuracy,
	duration,
}: TrialColumns) => {
	const { config, transform, source, start, repeat, prm } = runs;
	const ofRuns = { config, transform, source, start, repeat, prm };
	return { tasks, nns, transforms, configs, ofRuns, run, epoch, accuracy, duration };
};

const run: fc.Arbitrary<TestRun> = fc
	.record({
		task: fc.constantFrom('img-classification', 'img-segmentation'),
		dataset: fc.constantFrom('cifar-10', 'digits', 'mnist'),
		nn: fc.constantFrom('AlexNet', 'ResNet', 'ga-1', 'Äpfel'),
		transform: fc.constantFrom('norm_32', 'echo', 'norm'),
		prm: fc.dictionary(
			fc.constantFrom('lr', 'batch', 'mode', 'seed'),
			fc.oneof(fc.integer({ min: 0, max: 9 }), fc.constantFrom('x', 'y')),
		),
		trials: fc.uniqueArray(
			fc.tuple(
				fc.integer({ min: 1, max: 9 }),
				fc.double({ min: 0, max: 1, noNaN: true }),
				fc.integer({ min: 1, max: 1000 }),
			),
			{ minLength: 1, maxLength: 4, selector: ([epoch]) => epoch },
		),
	})
	.map((one): TestRun => ({ ...one, prm: { ...one.prm } }));

describe('withOwnRuns(mirror, runs)', () => {
	it('is the mirror of all runs together, LEMUR’s first in every configuration', () => {
		fc.assert(
			fc.property(
				fc.array(run, { minLength: 1, maxLength: 12 }),
				fc.array(run, { maxLength: 5 }),
				(base, own) => {
					const mine = own.map((one, i): TestRun => ({ ...one, source: 'mine', uid: `own-${i}` }));
					const joined = withOwnRuns(mirrorOf(base), mine.map(ownOf));
					expect(plain(joined.columns)).toEqual(plain(columnsOf([...base, ...mine])));
				},
			),
			{ numRuns: 150 },
		);
	});

	const base: TestRun[] = [
		{
			nn: 'B',
			trials: [
				[1, 0.5],
				[2, 0.6],
			],
		},
		{ nn: 'D', trials: [[1, 0.7]] },
	];

	it('keeps each run’s own uid, hyperparameters and planned epochs', () => {
		const own = ownOf({ nn: 'C', uid: 'u', prm: { lr: 0.5 }, trials: [[1, 0.9]] });
		const joined = withOwnRuns(
			mirrorOf(
				base,
				new Map<number, PyValue>([
					[1, 5n],
					[2, 7n],
				]),
			),
			[own],
		);
		expect([0, 1, 2].map((r) => joined.uidText(r))).toEqual(['base-0', 'u', 'base-1']);
		expect(joined.prmOfRun(1)).toEqual(
			new Map<string, PyValue>([
				['lr', 0.5],
				['transform', 'norm_32'],
			]),
		);
		expect(joined.prmOfRun(2)).toEqual(new Map([['base', 1]]));
		expect([...joined.epochPrm]).toEqual([
			[1, 5n],
			[3, 7n],
		]);
		expect([...joined.columns.runs.uid]).toHaveLength(3);
		expect(new Set(joined.columns.runs.uid).size).toBe(3);
	});

	it('numbers repeats of the same settings, and leaves out runs without an epoch', () => {
		const own = ownOf({ nn: 'C', uid: 'u', trials: [[1, 0.9]] });
		const joined = withOwnRuns(mirrorOf(base), [own, { ...own, epochs: [] }, own]);
		expect([...joined.columns.runs.repeat]).toEqual([0, 0, 1, 0]);
		expect(joined.columns.count).toBe(5);
		const mirror = mirrorOf(base);
		expect(withOwnRuns(mirror, [])).toBe(mirror);
	});

	it('leaves the snapshot’s columns as they were', () => {
		const mirror = mirrorOf(base);
		const before = structuredClone(plain(mirror.columns));
		withOwnRuns(mirror, [ownOf({ nn: 'A', prm: { lr: 'text' }, trials: [[3, 0.1]] })]);
		expect(plain(mirror.columns)).toEqual(before);
	});
});
