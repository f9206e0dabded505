/**
 * Small snapshots for tests: a builder from plain runs, and a fast-check generator of random ones.
 * Test support only; nothing that ships imports it.
 */
import fc from 'fast-check';
import { SOURCES, type PrmColumn, type Source, type TaskInfo, type TrialColumns } from './columns';
import { BEST, type Conditions, type Filter, type Range } from './filter';
import { compareText, distinctSorted } from './text-order';

/** One run in plain words; what is left out gets a value that tests seldom care about. */
export interface TestRun {
	readonly task?: string;
	readonly dataset?: string;
	readonly metric?: string;
	readonly nn?: string;
	readonly transform?: string;
	readonly source?: Source;
	readonly repeat?: number;
	/** runs with the same text share a uid number; default: a uid of its own */
	readonly uid?: string;
	readonly prm?: Readonly<Record<string, number | string>>;
	/** (epoch, accuracy, duration in ns or null); sorted by epoch here */
	readonly trials: readonly (readonly [
		epoch: number,
		accuracy: number,
		duration?: number | null,
	])[];
}

type FullRun = Required<TestRun>;

function complete(run: TestRun, index: number): FullRun {
	return {
		task: 'img-classification',
		dataset: 'cifar-10',
		metric: 'acc',
		nn: 'AlexNet',
		transform: 'norm_32',
		source: 'lemur',
		repeat: 0,
		uid: `uid-${index}`,
		prm: {},
		...run,
	};
}

const configKey = (run: FullRun) => [run.task, run.dataset, run.metric, run.nn];

function compareRuns(a: FullRun, b: FullRun): number {
	const right = configKey(b);
	for (const [i, text] of configKey(a).entries()) {
		const order = compareText(text, right[i] ?? '');
		if (order !== 0) return order;
	}
	return 0;
}

function prmColumns(runs: readonly FullRun[]): Map<string, PrmColumn> {
	const names = distinctSorted(runs.flatMap((run) => Object.keys(run.prm)));
	return new Map(names.map((name) => [name, prmColumn(runs.map((run) => run.prm[name]))]));
}

function prmColumn(values: readonly (number | string | undefined)[]): PrmColumn {
	if (!values.some((value) => typeof value === 'string'))
		return { kind: 'number', values: Float64Array.from(values, (value) => Number(value ?? NaN)) };
	const texts = values.map((value) => (value === undefined ? undefined : String(value)));
	const dictionary = distinctSorted(texts.filter((text) => text !== undefined));
	const codes = Int32Array.from(texts, (text) =>
		text === undefined ? -1 : dictionary.indexOf(text),
	);
	return { kind: 'text', codes, dictionary };
}

/**
 * @param input runs in any order; each may have trials of any epochs
 * @returns a snapshot in mirror order: configurations by code point, runs in the order given
 */
export function columnsOf(input: readonly TestRun[]): TrialColumns {
	const runs = input.map(complete).sort(compareRuns);
	const taskText = (run: FullRun) => JSON.stringify([run.task, run.dataset, run.metric]);
	const taskKeys: string[] = [];
	const tasks: TaskInfo[] = [];
	for (const run of runs) {
		if (taskKeys.includes(taskText(run))) continue;
		taskKeys.push(taskText(run));
		tasks.push({ task: run.task, dataset: run.dataset, metric: run.metric });
	}
	const nns = distinctSorted(runs.map((run) => run.nn));
	const transforms = distinctSorted(runs.map((run) => run.transform));
	const configs = distinct(runs.map((run) => JSON.stringify(configKey(run))));
	const first = configs.map((key) => runs.find((run) => JSON.stringify(configKey(run)) === key));
	const uids = distinct(runs.map((run) => run.uid));
	return {
		version: 'test',
		tasks,
		nns,
		transforms,
		configs: {
			count: configs.length,
			task: Uint16Array.from(first, (run) => (run ? taskKeys.indexOf(taskText(run)) : 0)),
			nn: Uint16Array.from(first, (run) => (run ? nns.indexOf(run.nn) : 0)),
		},
		runs: {
			count: runs.length,
			config: Uint32Array.from(runs, (run) => configs.indexOf(JSON.stringify(configKey(run)))),
			transform: Uint16Array.from(runs, (run) => transforms.indexOf(run.transform)),
			source: Uint8Array.from(runs, (run) => SOURCES.indexOf(run.source)),
			start: starts(runs),
			repeat: Uint16Array.from(runs, (run) => run.repeat),
			uid: Uint32Array.from(runs, (run) => uids.indexOf(run.uid)),
			prm: prmColumns(runs),
		},
		...trialArrays(runs),
	};
}

const distinct = (values: readonly string[]) => [...new Set(values)];

function starts(runs: readonly FullRun[]): Uint32Array {
	const start = new Uint32Array(runs.length + 1);
	for (const [r, run] of runs.entries()) start[r + 1] = (start[r] ?? 0) + run.trials.length;
	return start;
}

function trialArrays(runs: readonly FullRun[]) {
	const rows = runs.flatMap((run, r) =>
		[...run.trials]
			.sort((a, b) => a[0] - b[0])
			.map(([epoch, accuracy, duration]) => ({ r, epoch, accuracy, duration: duration ?? NaN })),
	);
	return {
		count: rows.length,
		run: Uint32Array.from(rows, (row) => row.r),
		epoch: Uint16Array.from(rows, (row) => row.epoch),
		accuracy: Float64Array.from(rows, (row) => row.accuracy),
		duration: Float64Array.from(rows, (row) => row.duration),
	};
}

const NETS = [
	'AlexNet',
	'ResNet',
	'alt-nn1',
	'ga-1',
	'ga-20',
	'ü-Net',
	'\u{1F43E}Net',
	'\uFF21Net',
];
const accuracy = fc.oneof(
	fc.constantFrom(0, 0.25, 0.5, 0.75, 1),
	fc.double({ min: 0, max: 1, noNaN: true }),
);
const trial = fc.tuple(
	fc.integer({ min: 0, max: 6 }),
	accuracy,
	fc.option(fc.integer({ min: 1, max: 2 ** 40 })),
);
const prmValues = fc.record(
	{
		batch: fc.constantFrom(4, 5, 128),
		lr: fc.double({ min: 0, max: 1, noNaN: true }),
		momentum: fc.constantFrom(0, 0.5, -0.5),
		mode: fc.constantFrom('a', 'B', '10', '9'),
	},
	{ requiredKeys: [] },
);

/** Random runs with many ties, missing values and names beyond ASCII; few distinct names each. */
export const arbitraryRuns: fc.Arbitrary<TestRun[]> = fc.array(
	fc.record({
		task: fc.constantFrom('img-classification', 'img-segmentation'),
		dataset: fc.constantFrom('cifar-10', 'coco'),
		metric: fc.constantFrom('acc', 'iou'),
		nn: fc.constantFrom(...NETS),
		transform: fc.constantFrom('norm_32', 'echo_64', 'Flip'),
		source: fc.constantFrom(...SOURCES),
		repeat: fc.constant(0),
		uid: fc.constantFrom('u0', 'u1', 'u2', 'u3'),
		prm: prmValues,
		trials: fc.uniqueArray(trial, { minLength: 1, maxLength: 5, selector: ([epoch]) => epoch }),
	}),
	{ maxLength: 14 },
);

/** Random snapshots. */
export const arbitraryColumns: fc.Arbitrary<TrialColumns> = arbitraryRuns.map(columnsOf);

const bound = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const rangeOf = (value: fc.Arbitrary<number>): fc.Arbitrary<Range> =>
	fc.tuple(bound(value), bound(value)).map(([min, max]) => ({
		...(min === undefined ? {} : { min }),
		...(max === undefined ? {} : { max }),
	}));
const some = <T>(...values: T[]) => fc.subarray(values);

const leafConditions = fc.record(
	{
		task: some('img-classification', 'img-segmentation', 'none'),
		dataset: some('cifar-10', 'coco'),
		metric: some('acc', 'iou'),
		nn: some(...NETS),
		nnPrefix: some('A', 'ga-', 'a', ''),
		nnFamily: some('ga', 'AlexNet', 'alt-nn1'),
		nnRegex: fc.constantFrom('^ga-\\d+$', 'Net', '.', 'NET'),
		transform: some('norm_32', 'echo_64', 'Flip'),
		source: some(...SOURCES),
		epoch: rangeOf(fc.integer({ min: 0, max: 6 })),
		accuracy: rangeOf(accuracy),
		duration: rangeOf(fc.integer({ min: 0, max: 2 ** 40 })),
		prm: fc.dictionary(
			fc.constantFrom('batch', 'lr', 'momentum', 'mode', 'none'),
			fc.oneof(rangeOf(fc.constantFrom(-0.5, 0, 0.5, 5, 10)), some('a', 'B', '10', '5', '0.5')),
			{ maxKeys: 2, noNullPrototype: true },
		),
	},
	{ requiredKeys: [] },
);

const nestedConditions: fc.Arbitrary<Conditions> = fc
	.tuple(
		leafConditions,
		fc.array(leafConditions, { maxLength: 2 }),
		fc.array(leafConditions, { maxLength: 2 }),
	)
	.chain(([leaf, any, not]) =>
		fc.constantFrom<Conditions>(leaf, { ...leaf, any }, { ...leaf, not }, { any, not }),
	);

/** Random filters that often match some of {@link arbitraryColumns}, with nesting two deep. */
export const arbitraryFilter: fc.Arbitrary<Filter> = fc
	.tuple(nestedConditions, nestedConditions, fc.constantFrom(undefined, undefined, ...BEST))
	.map(([outer, inner, best]) => ({
		...outer,
		...(outer.any ? { any: [...outer.any, inner] } : {}),
		...(best ? { best } : {}),
	}));

/** One trial in plain words, for naive checks. */
export function plainTrial(columns: TrialColumns, trial: number) {
	const { configs, runs, tasks, nns, transforms } = columns;
	const run = columns.run[trial]!;
	const config = runs.config[run]!;
	const prm = new Map<string, number | string>();
	for (const [name, column] of runs.prm) {
		if (column.kind === 'text') {
			const text = column.dictionary[column.codes[run]!];
			if (text !== undefined) prm.set(name, text);
		} else if (!Number.isNaN(column.values[run])) prm.set(name, column.values[run]!);
	}
	return {
		...tasks[configs.task[config]!]!,
		nn: nns[configs.nn[config]!]!,
		transform: transforms[runs.transform[run]!]!,
		source: SOURCES[runs.source[run]!]!,
		repeat: runs.repeat[run]!,
		run,
		config,
		uid: runs.uid[run]!,
		prm,
		epoch: columns.epoch[trial]!,
		accuracy: columns.accuracy[trial]!,
		duration: columns.duration[trial]!,
	};
}
