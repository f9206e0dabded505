/**
 * The columnar mirror of an open snapshot: one pass over the database into typed arrays.
 * It reads the coded tables (schema: schema.ts), the largest past SQL (trial-pages.ts); filters and counts over the result are in stats/.
 */
import type { Database, SqlValue } from 'sql.js';
import type { Configs, PrmColumn, Runs, TaskInfo, TrialColumns } from '../stats/columns';
import { compareText } from '../stats/text-order';
import { codesOf, runPrm, type PrmReader } from './mirror-prm';
import { eachRow } from './rows';
import { eachTrial } from './trial-pages';
import { uidReader } from './uid';
import type { PyDict, PyValue } from './records/python-text';

/** The columns, and what only records and identities need, read when asked for. */
export interface Mirror {
	readonly columns: TrialColumns;
	/** LEMUR's uid of a run; computed on first use, then kept */
	uidText(run: number): string;
	/** the run's hyperparameters with `transform`, without `epoch`; int (bigint) and float kept apart */
	prmOfRun(run: number): PyDict;
	/** the hyperparameter called `epoch` (the planned number), by trial */
	readonly epochPrm: ReadonlyMap<number, PyValue>;
}

/** Raised when the file is no snapshot of this format. */
export class MirrorError extends Error {
	override readonly name = 'MirrorError';
}

export type MirrorProgress = (rows: number, total: number) => void;

/**
 * @param db an open snapshot
 * @param version its name, such as `2.1.2`
 * @param onProgress told the number of trials once they are read
 * @param bytes the file of `db`; what `db` exports where a caller has no other use for them
 * @throws MirrorError when a table refers to what is not there
 * @throws PageError when a page of the table `trial` is malformed
 */
export function buildColumns(
	db: Database,
	version: string,
	onProgress: MirrorProgress = () => undefined,
	bytes: Uint8Array = db.export(),
): Mirror {
	const tasks = readTasks(db);
	const nns = readNames(db, 'dim_nn', 'SELECT nn FROM config');
	const transforms = readNames(db, 'dim_transform', 'SELECT transform FROM trial_run');
	const configs = readConfigs(db, tasks.ids, nns.ids);
	const runs = readRuns(db, configs.ids, transforms);
	const denominators = Float64Array.from(
		runs.config,
		(config) => tasks.denominators[configs.configs.task[config] ?? 0] ?? NaN,
	);
	const trials = readTrials(db, bytes, runs.ids, denominators);
	onProgress(trials.count, trials.count);
	const epochPrm = readEpochPrm(db, runs.ids, trials);
	const uids = uidReader(db, runs.ids.length, {
		...runs,
		firstEpoch: (run) => firstIn(epochPrm, trials.start[run] ?? 0, trials.start[run + 1] ?? 0),
	});
	const columns: TrialColumns = {
		version,
		count: trials.count,
		tasks: tasks.tasks,
		nns: nns.names,
		transforms: transforms.names,
		configs: configs.configs,
		runs: {
			count: runs.ids.length,
			config: runs.config,
			transform: runs.transform,
			source: new Uint8Array(runs.ids.length),
			start: trials.start,
			repeat: runs.repeat,
			// Interning 80,000 parameter sets takes longer than most visits ever need.
			get uid() {
				return uids.index;
			},
			prm: runs.columns,
			plannedEpochs: plannedEpochs(epochPrm, trials.run, runs.ids.length),
		},
		run: trials.run,
		epoch: trials.epoch,
		accuracy: trials.accuracy,
		duration: trials.duration,
	};
	return {
		columns,
		uidText: uids.text,
		prmOfRun: (run) => runs.prm.dict(run),
		epochPrm,
	};
}

const asNumber = (value: SqlValue | undefined): number => (typeof value === 'number' ? value : NaN);
const asText = (value: SqlValue | undefined): string => (typeof value === 'string' ? value : '');

/** Where a database id went; the tables' ids need be neither dense nor in order. */
type Ids = ReadonlyMap<number, number>;

function at(ids: Ids, id: SqlValue | undefined, table: string): number {
	const index = ids.get(asNumber(id));
	if (index !== undefined) return index;
	throw new MirrorError(
		`The snapshot names ${table} ${String(id)}, which it lacks. Download it again.`,
	);
}

function readTasks(db: Database) {
	const rows: { id: number; info: TaskInfo; denominator: number }[] = [];
	eachRow(db, 'SELECT id, task, dataset, metric, denominator FROM dim_task', (row) => {
		const info = { task: asText(row[1]), dataset: asText(row[2]), metric: asText(row[3]) };
		rows.push({ id: asNumber(row[0]), info, denominator: asNumber(row[4]) });
	});
	rows.sort(
		({ info: a }, { info: b }) =>
			compareText(a.task, b.task) ||
			compareText(a.dataset, b.dataset) ||
			compareText(a.metric, b.metric),
	);
	const ids: Ids = new Map(rows.map(({ id }, index) => [id, index]));
	return { ids, tasks: rows.map(({ info }) => info), denominators: rows.map((r) => r.denominator) };
}

interface Names {
	readonly ids: Ids;
	/** in code-point order; only names in use, '' where a run names none */
	readonly names: readonly string[];
}

function readNames(db: Database, table: string, used: string): Names {
	const rows: [number, string][] = [];
	eachRow(
		db,
		`SELECT u.*, d.name FROM (SELECT DISTINCT * FROM (${used})) u LEFT JOIN ${table} d ON d.id = u.${
			used.split(' ')[1]
		}`,
		(row) => rows.push([row[0] === null ? -1 : asNumber(row[0]), asText(row[1])]),
	);
	rows.sort(([, a], [, b]) => compareText(a, b));
	return {
		ids: new Map(rows.map(([id], index) => [id, index])),
		names: rows.map(([, name]) => name),
	};
}

function readConfigs(db: Database, tasks: Ids, nns: Ids): { configs: Configs; ids: Ids } {
	const ids = new Map<number, number>();
	const task: number[] = [];
	const nn: number[] = [];
	eachRow(db, 'SELECT id, task, nn FROM config ORDER BY id', (row) => {
		ids.set(asNumber(row[0]), task.length);
		task.push(at(tasks, row[1], 'task'));
		nn.push(at(nns, row[2], 'net'));
	});
	return {
		ids,
		configs: { count: task.length, task: Uint16Array.from(task), nn: Uint16Array.from(nn) },
	};
}

interface ReadRuns extends Pick<Runs, 'config' | 'transform' | 'repeat'> {
	/** database ids, ascending */
	readonly ids: Uint32Array;
	readonly columns: ReadonlyMap<string, PrmColumn>;
	readonly prm: PrmReader;
	/** equal for runs that print the same hyperparameters, whatever their order */
	readonly key: () => Uint32Array;
}

function readRuns(db: Database, configs: Ids, transforms: Names): ReadRuns {
	const count = countOf(db, 'trial_run');
	const ids = new Uint32Array(count);
	const config = new Uint32Array(count);
	const transform = new Uint16Array(count);
	const repeat = new Uint16Array(count);
	const codes = codesOf(count);
	let r = 0;
	eachRow(
		db,
		`SELECT id, config, transform, coalesce(repeat, 0), batch, lr, momentum, dropout, extra
		 FROM trial_run ORDER BY id`,
		(row) => {
			ids[r] = asNumber(row[0]);
			config[r] = at(configs, row[1], 'configuration');
			transform[r] = at(transforms.ids, row[2] ?? -1, 'transform');
			repeat[r] = asNumber(row[3]);
			codes.batch[r] = asNumber(row[4]);
			codes.lr[r] = asNumber(row[5]);
			codes.momentum[r] = asNumber(row[6]);
			codes.dropout[r] = asNumber(row[7]);
			codes.extra[r] = typeof row[8] === 'number' ? row[8] : -1;
			r++;
		},
	);
	const extras = new Map<number, string>();
	eachRow(db, 'SELECT id, prm FROM extra', (row) => extras.set(asNumber(row[0]), asText(row[1])));
	return { ids, config, transform, repeat, ...runPrm(codes, extras, transform, transforms.names) };
}

function countOf(db: Database, table: string): number {
	let count = 0;
	eachRow(db, `SELECT count(*) FROM ${table}`, (row) => (count = asNumber(row[0])));
	return count;
}

type ReadTrials = Pick<TrialColumns, 'count' | 'run' | 'epoch' | 'accuracy' | 'duration'> &
	Pick<Runs, 'start'>;

function readTrials(
	db: Database,
	bytes: Uint8Array,
	runIds: Uint32Array,
	denominators: Float64Array,
): ReadTrials {
	const count = countOf(db, 'trial');
	const run = new Uint32Array(count);
	const epoch = new Uint16Array(count);
	const accuracy = new Float64Array(count);
	const duration = new Float64Array(count);
	const start = new Uint32Array(runIds.length + 1);
	let t = 0;
	let r = 0;
	eachTrial(bytes, rootOf(db, 'trial'), (row, isReal) => {
		const id = row[0]!;
		while (r < runIds.length && runIds[r] !== id) start[++r] = t;
		const value = row[2]!;
		run[t] = r;
		epoch[t] = row[1]!;
		accuracy[t] = isReal ? value : value / (denominators[r] ?? NaN);
		duration[t] = row[3]!;
		t++;
	});
	if (t !== count)
		throw new MirrorError(`The snapshot has ${t} of its ${count} trials. Download it again.`);
	if (r >= runIds.length && count > 0)
		throw new MirrorError('A trial of the snapshot names a run that it lacks. Download it again.');
	while (r < runIds.length) start[++r] = count;
	return { count, run, epoch, accuracy, duration, start };
}

function rootOf(db: Database, table: string): number {
	let page = 0;
	const sql = `SELECT rootpage FROM sqlite_schema WHERE type = 'table' AND name = '${table}'`;
	eachRow(db, sql, (row) => (page = asNumber(row[0])));
	return page;
}

function readEpochPrm(db: Database, runIds: Uint32Array, trials: ReadTrials) {
	const values = new Map<number, PyValue>();
	const runs: Ids = new Map(Array.from(runIds, (id, index) => [id, index]));
	eachRow(db, 'SELECT run, epoch, value, typeof(value) FROM epoch_prm', (row) => {
		const r = at(runs, row[0], 'run');
		const from = trials.start[r] ?? 0;
		const offset = trials.epoch.subarray(from, trials.start[r + 1]).indexOf(asNumber(row[1]));
		const value = row[2] ?? null;
		if (offset < 0 || value instanceof Uint8Array) return;
		values.set(from + offset, row[3] === 'integer' ? BigInt(asNumber(value)) : value);
	});
	return values;
}

/** @returns the value of the first trial in [from, to) that has one */
function firstIn(
	values: ReadonlyMap<number, PyValue>,
	from: number,
	to: number,
): PyValue | undefined {
	for (let t = from; t < to; t++) {
		const value = values.get(t);
		if (value !== undefined) return value;
	}
	return undefined;
}

/** @returns per run the highest value of its trials, of those that are numbers; NaN = none */
function plannedEpochs(values: ReadonlyMap<number, PyValue>, run: Uint32Array, runs: number) {
	const planned = new Float64Array(runs).fill(NaN);
	for (const [trial, value] of values) {
		const epoch = typeof value === 'bigint' ? Number(value) : value;
		const r = run[trial]!;
		if (typeof epoch === 'number' && !(epoch <= planned[r]!)) planned[r] = epoch;
	}
	return planned;
}
