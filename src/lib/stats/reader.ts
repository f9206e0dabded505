/**
 * Reading one column of a snapshot by trial, whatever array holds it. Windows, histograms, scatter
 * plots and exports all read through this; sorting has its own ranks in `sort.ts`.
 */
import { SOURCES, type TrialColumns } from './columns';
import { isPrmColumn, prmName, type ColumnId, type PrmColumnId } from './fields';

/** `at` gives NaN or '' where the trial has no value. */
export type Reader =
	| { readonly kind: 'number'; readonly at: (trial: number) => number }
	| { readonly kind: 'text'; readonly at: (trial: number) => string };

/** Text of a run's uid; the mirror computes it. */
export type UidText = (run: number) => string;

const number = (at: (trial: number) => number): Reader => ({ kind: 'number', at });
const text = (at: (trial: number) => string | undefined): Reader => ({
	kind: 'text',
	at: (trial) => at(trial) ?? '',
});

/**
 * @param uidText needed for the column `uid`; without it that column is blank
 * @returns the column's values by trial; a hyperparameter that no run has is a blank number
 */
export function readerOf(columns: TrialColumns, id: ColumnId, uidText?: UidText): Reader {
	if (isPrmColumn(id)) return prmReader(columns, id);
	const { tasks, nns, transforms, configs, runs, run } = columns;
	const taskOf = (t: number) => tasks[configs.task[runs.config[run[t]!]!]!];
	switch (id) {
		case 'task':
		case 'dataset':
		case 'metric':
			return text((t) => taskOf(t)?.[id]);
		case 'nn':
			return text((t) => nns[configs.nn[runs.config[run[t]!]!]!]);
		case 'transform':
			return text((t) => transforms[runs.transform[run[t]!]!]);
		case 'source':
			return text((t) => SOURCES[runs.source[run[t]!]!]);
		case 'uid':
			return text((t) => uidText?.(run[t]!));
		case 'repeat':
			return number((t) => runs.repeat[run[t]!] ?? NaN);
		case 'epoch':
		case 'accuracy':
		case 'duration': {
			const values = columns[id];
			return number((t) => values[t] ?? NaN);
		}
		case 'epochDuration':
			return number((t) => epochDuration(columns, t));
		default:
			return id satisfies never;
	}
}

/**
 * ns since the run's previous recorded epoch; the first epoch's own duration; NaN where either end
 * is not recorded.
 */
export function epochDuration({ run, duration }: TrialColumns, trial: number): number {
	const here = duration[trial] ?? NaN;
	const first = trial === 0 || run[trial - 1] !== run[trial];
	return first ? here : here - (duration[trial - 1] ?? NaN);
}

/** @returns {@link epochDuration} of every trial */
export function epochDurations(columns: TrialColumns): Float64Array {
	const values = new Float64Array(columns.count);
	for (let t = 0; t < values.length; t++) values[t] = epochDuration(columns, t);
	return values;
}

function prmReader({ runs, run }: TrialColumns, id: PrmColumnId): Reader {
	const column = runs.prm.get(prmName(id));
	if (!column) return number(() => NaN);
	if (column.kind === 'number') return number((t) => column.values[run[t]!] ?? NaN);
	return text((t) => column.dictionary[column.codes[run[t]!]!]);
}
