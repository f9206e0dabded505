/** Everything a run's drawer shows: its record, its curve, and the band it stands in. */
import { compareText } from './text-order';
import { writePythonJson } from '../db/records/python-json';
import { floatRepr, pythonRepr, type PyDict, type PyValue } from '../db/records/python-text';
import { recordOf } from '../db/records/record-file';
import { SOURCES, type TrialColumns } from './columns';
import { bandOf, type Curve } from './curves';
import { standing } from './rank';

export interface RunDetail {
	readonly trial: number;
	readonly task: string;
	readonly dataset: string;
	readonly metric: string;
	readonly nn: string;
	readonly transform: string;
	readonly uid: string;
	readonly repeat: number;
	readonly source: string;
	readonly epoch: number;
	readonly accuracy: number;
	/** ns; NaN = not recorded */
	readonly duration: number;
	/** as LEMUR's record holds them, in code-point order; numbers as Python prints them */
	readonly prm: readonly {
		readonly name: string;
		readonly value: string | number;
		readonly text: string;
	}[];
	/** LEMUR's record file: `<task>_<dataset>_<metric>_<nn>/<epoch>.json` */
	readonly file: string;
	/** this trial as LEMUR's JSON object (keys sorted, 4-space indent, Python numbers) */
	readonly json: string;
	/** the whole run */
	readonly epochs: Uint16Array;
	readonly accuracies: Float64Array;
	readonly durations: Float64Array;
	readonly trials: Uint32Array;
	/** all runs of the same (task, dataset, metric, nn) */
	readonly band: Curve;
	/** share of that band's trials at this epoch with a lower accuracy, plus half the ties: 0..1 */
	readonly percentile: number;
	/** position among all trials of (task, dataset, metric): 1 + how many are strictly better */
	readonly rank: number;
	readonly rankOf: number;
}

/** What the columns do not hold: the mirror's readers of texts and Python values. */
export interface RunReaders {
	uidText(run: number): string;
	/** with `transform`, without `epoch`; int (bigint) and float kept apart */
	prmOfRun(run: number): PyDict;
	/** the hyperparameter called `epoch` (the planned number of epochs), by trial */
	readonly epochPrm: ReadonlyMap<number, PyValue>;
}

const INDENT = 4;

/**
 * @param trial index into the columns
 * @throws RangeError when there is no such trial
 */
export function runDetail(columns: TrialColumns, trial: number, readers: RunReaders): RunDetail {
	if (!(Number.isInteger(trial) && trial >= 0 && trial < columns.count))
		throw new RangeError(`No trial ${trial}: this snapshot has ${columns.count}.`);
	const { configs, runs, nns, transforms } = columns;
	const run = columns.run[trial]!;
	const config = runs.config[run]!;
	const { task, dataset, metric } = columns.tasks[configs.task[config]!]!;
	const nn = nns[configs.nn[config]!]!;
	const epoch = columns.epoch[trial]!;
	const prm = prmOf(trial, run, readers);
	return {
		trial,
		task,
		dataset,
		metric,
		nn,
		transform: transforms[runs.transform[run]!]!,
		uid: readers.uidText(run),
		repeat: runs.repeat[run]!,
		source: SOURCES[runs.source[run]!]!,
		epoch,
		accuracy: columns.accuracy[trial]!,
		duration: columns.duration[trial]!,
		prm: [...prm].sort(([a], [b]) => compareText(a, b)).map(printed),
		// A label, so a name that `recordFilePath` refuses to write can still be shown.
		file: `${task}_${dataset}_${metric}_${nn}/${epoch}.json`,
		json: recordJson(columns, trial, readers.uidText(run), prm),
		...wholeRun(columns, run),
		...standingOf(columns, trial, config, nn),
	};
}

function prmOf(trial: number, run: number, readers: RunReaders): PyDict {
	const planned = readers.epochPrm.get(trial);
	const prm = readers.prmOfRun(run);
	return planned === undefined ? prm : new Map([...prm, ['epoch', planned]]);
}

function recordJson(columns: TrialColumns, trial: number, uid: string, prm: PyDict): string {
	const duration = columns.duration[trial]!;
	const results: PyDict = new Map<string, PyValue>([['uid', uid]]);
	if (!Number.isNaN(duration)) results.set('duration', BigInt(duration));
	results.set('accuracy', columns.accuracy[trial]!);
	return writePythonJson(recordOf(prm, results), { indent: INDENT });
}

function printed([name, value]: [string, PyValue]): RunDetail['prm'][number] {
	if (typeof value === 'string') return { name, value, text: value };
	if (typeof value === 'number') return { name, value, text: floatRepr(value) };
	const text = pythonRepr(value);
	if (typeof value === 'bigint' || typeof value === 'boolean')
		return { name, value: Number(value), text };
	return { name, value: text, text };
}

function wholeRun({ runs, epoch, accuracy, duration }: TrialColumns, run: number) {
	const start = runs.start[run]!;
	const end = runs.start[run + 1]!;
	return {
		epochs: epoch.slice(start, end),
		accuracies: accuracy.slice(start, end),
		durations: duration.slice(start, end),
		trials: range(start, end),
	};
}

function standingOf(columns: TrialColumns, trial: number, config: number, nn: string) {
	const { configs, epoch, accuracy } = columns;
	const value = accuracy[trial]!;
	const own = trialsOf(columns, (c) => c === config);
	const sameEpoch = own.filter((t) => epoch[t] === epoch[trial]);
	const board = trialsOf(columns, (c) => configs.task[c] === configs.task[config]);
	const { rank, of } = standing(value, valuesOf(accuracy, board));
	return {
		band: bandOf(columns, own, nn),
		percentile: standing(value, valuesOf(accuracy, sameEpoch)).percentile,
		rank,
		rankOf: of,
	};
}

function* valuesOf(values: Float64Array, trials: Uint32Array): Generator<number> {
	for (const trial of trials) yield values[trial]!;
}

/** Trials of the wanted configurations: runs follow their configuration, so each is one stretch. */
function trialsOf({ runs }: TrialColumns, wanted: (config: number) => boolean): Uint32Array {
	let first = 0;
	while (first < runs.count && !wanted(runs.config[first]!)) first++;
	let end = first;
	while (end < runs.count && wanted(runs.config[end]!)) end++;
	return range(runs.start[first]!, runs.start[end]!);
}

function range(start: number, end: number): Uint32Array {
	return Uint32Array.from({ length: end - start }, (_, i) => start + i);
}
