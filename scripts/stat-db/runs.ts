/** Trials of one configuration put together to runs: same uid, same hyperparameters. */
import { compareText } from '../../src/lib/stats/text-order';
import { writePythonJson } from '../../src/lib/db/records/python-json';
import type { PyDict } from '../../src/lib/db/records/python-text';
import { MultisetDigest } from './digest';
import type { Report } from './report';
import { trialText, type Trial } from './trial';

export interface RunEpoch {
	readonly epoch: number;
	readonly accuracy: number;
	readonly duration: bigint | number | null;
	readonly epochPrm: bigint | number | undefined;
}

export interface Run {
	readonly uid: string;
	/** 0, or n for the n-th further run that repeats a (configuration, epoch, uid) */
	readonly repeat: number;
	readonly prm: PyDict;
	readonly prmText: string;
	/** by epoch, each once */
	readonly epochs: RunEpoch[];
}

/** LEMUR's configuration `<task>_<dataset>_<metric>_<nn>` with all its trials. */
export interface Config {
	readonly task: string;
	readonly dataset: string;
	readonly metric: string;
	readonly nn: string;
	readonly runs: readonly Run[];
	/** of the trials as they were read */
	readonly digest: string;
	readonly trials: number;
}

export type ConfigName = Pick<Config, 'task' | 'dataset' | 'metric' | 'nn'>;

/** Collects the trials of one folder. */
export class RunCollector {
	readonly #byUid = new Map<string, Run[]>();
	readonly #epochs = new Map<Run, Set<number>>();
	readonly #digest = new MultisetDigest();

	constructor(
		readonly name: ConfigName,
		private readonly report: Report,
	) {}

	/** @param place where the trial stands, for the report */
	add(trial: Trial, place: string): void {
		this.#digest.add(trialText(trial));
		const prmText = writePythonJson(trial.prm);
		const runs = this.#byUid.get(trial.uid) ?? [];
		const free = runs.find((run) => run.prmText === prmText && !this.#has(run, trial.epoch));
		const run = free ?? {
			uid: trial.uid,
			repeat: runs.length,
			prm: trial.prm,
			prmText,
			epochs: [],
		};
		if (!free) this.#open(run, runs);
		if (runs.some((other) => other !== run && this.#has(other, trial.epoch)))
			this.report.add('repeated trial', place);
		const { epoch, accuracy, duration, epochPrm } = trial;
		run.epochs.push({ epoch, accuracy, duration, epochPrm });
		this.#epochs.get(run)?.add(epoch);
	}

	#has(run: Run, epoch: number): boolean {
		return this.#epochs.get(run)?.has(epoch) ?? false;
	}

	#open(run: Run, runs: Run[]): void {
		if (runs.some((other) => other.prmText !== run.prmText))
			this.report.add('other hyperparameters', `${Object.values(this.name).join('_')} ${run.uid}`);
		runs.push(run);
		this.#byUid.set(run.uid, runs);
		this.#epochs.set(run, new Set());
	}

	/** The configuration; its runs ordered by transform, batch, uid, repeat. */
	finish(): Config {
		const runs = [...this.#byUid.values()].flat().sort(compareRuns);
		for (const run of runs) run.epochs.sort((a, b) => a.epoch - b.epoch);
		return { ...this.name, runs, digest: String(this.#digest), trials: this.#digest.count };
	}
}

/** Neighbours in the file are alike, which packs better than the order of uids alone. */
function compareRuns(a: Run, b: Run): number {
	return (
		compareText(String(a.prm.get('transform')), String(b.prm.get('transform'))) ||
		Number(a.prm.get('batch') ?? 0) - Number(b.prm.get('batch') ?? 0) ||
		compareText(a.uid, b.uid) ||
		a.repeat - b.repeat
	);
}

/** Order of configurations: task, dataset, metric, nn by code point. */
export function compareConfigs(a: ConfigName, b: ConfigName): number {
	return (
		compareText(a.task, b.task) ||
		compareText(a.dataset, b.dataset) ||
		compareText(a.metric, b.metric) ||
		compareText(a.nn, b.nn)
	);
}
