/**
 * The visitor's own runs among a snapshot's: new columns in the same order (task, dataset, metric, net;
 * LEMUR's runs before own ones), so that every filter, plot and export covers both. The snapshot's
 * columns stay as they are; own runs change with every epoch, and are joined anew then.
 */
import type { TrialColumns } from '../stats/columns';
import type { Mirror } from './mirror';
import { joinRunColumns } from './own-columns';
import { joinNames, joinRuns, type Names, type Order, type ReadRun } from './own-order';
import type { OwnRun } from './own-run';
import { parsePythonJson } from './records/python-json';
import type { PyDict, PyValue } from './records/python-text';

export type { OwnRun };

/** @returns the mirror with the runs in it; itself when there are none */
export function withOwnRuns(mirror: Mirror, runs: readonly OwnRun[]): Mirror {
	const own = runs.filter(({ epochs }) => epochs.length > 0).map(readRun);
	if (own.length === 0) return mirror;
	const base = mirror.columns;
	const names = joinNames(base, own);
	const order = joinRuns(base, own, names);
	const columns = joinColumns(base, own, names, order);
	return {
		columns,
		uidText: (run) =>
			byOrigin(
				order.origin[run]!,
				(at) => own[at]!.run.uid,
				(at) => mirror.uidText(at),
			),
		prmOfRun: (run) =>
			byOrigin(
				order.origin[run]!,
				(at) => new Map(own[at]!.prm),
				(at) => mirror.prmOfRun(at),
			),
		epochPrm: shifted(mirror.epochPrm, base, columns, order),
	};
}

function readRun(run: OwnRun): ReadRun {
	const value = parsePythonJson(run.prm);
	const prm: PyDict = value instanceof Map ? value : new Map<string, PyValue>();
	const transform = prm.get('transform');
	return { run, prm, transform: typeof transform === 'string' ? transform : '' };
}

function byOrigin<T>(origin: number, own: (at: number) => T, base: (at: number) => T): T {
	return origin < 0 ? own(-1 - origin) : base(origin);
}

function joinColumns(
	base: TrialColumns,
	own: readonly ReadRun[],
	names: Names,
	order: Order,
): TrialColumns {
	const { tasks, nns, transforms, configs } = names;
	const count = order.start[order.count]!;
	const trials = {
		run: new Uint32Array(count),
		epoch: new Uint16Array(count),
		accuracy: new Float64Array(count),
		duration: new Float64Array(count),
	};
	for (let r = 0; r < order.count; r++) {
		const from = order.start[r]!;
		trials.run.fill(r, from, order.start[r + 1]);
		const origin = order.origin[r]!;
		if (origin < 0)
			for (const [i, one] of own[-1 - origin]!.run.epochs.entries()) {
				trials.epoch[from + i] = one.epoch;
				trials.accuracy[from + i] = one.accuracy;
				trials.duration[from + i] = one.duration;
			}
		else {
			const [a, b] = [base.runs.start[origin]!, base.runs.start[origin + 1]!];
			trials.epoch.set(base.epoch.subarray(a, b), from);
			trials.accuracy.set(base.accuracy.subarray(a, b), from);
			trials.duration.set(base.duration.subarray(a, b), from);
		}
	}
	const runs = joinRunColumns(base, own, names, order);
	return { version: base.version, count, tasks, nns, transforms, configs, runs, ...trials };
}

/** Trials of the base by their new numbers. */
function shifted(
	values: ReadonlyMap<number, PyValue>,
	base: TrialColumns,
	columns: TrialColumns,
	{ origin, start }: Order,
): ReadonlyMap<number, PyValue> {
	if (values.size === 0) return values;
	const newRun = new Uint32Array(base.runs.count);
	for (let r = 0; r < columns.runs.count; r++) if (origin[r]! >= 0) newRun[origin[r]!] = r;
	return new Map(
		Array.from(values, ([trial, value]) => {
			const run = base.run[trial]!;
			return [start[newRun[run]!]! + trial - base.runs.start[run]!, value];
		}),
	);
}
