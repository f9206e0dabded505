/**
 * What the page and the study worker say to each other. The only file that both sides import. The
 * worker holds the studies of this device and runs them; other workers of the same kind race samplers.
 */
import * as v from 'valibot';
import type { DataRows } from '../../stats/data-api';
import type { Figure } from '../../stats/plots/plot';
import type { ResultSchemas } from '../../worker/rpc';
import type { ParamValue } from '../distributions';
import type { Observation } from '../lemur/warm-start';
import type { StudyPlotId, StudyPlotOptions } from '../plots/plot';
import type { ReplayMode } from '../replay/model';
import type { Entrant } from '../replay/race';
import type { Params, Space } from '../space';
import type { AskedTrial } from '../study/ask-tell';
import type { StudyDefinition } from '../study/definition';
import type { StudyEvent } from '../study/events';
import type { RunEnd } from '../study/runner';
import type { Outcome, StudyTrial } from '../study/study';
import type { StudyHead } from '../study/study-record';
import type { StudySummary } from '../study/summary';
import type { TrialFilter, TrialSort } from './filter';

export interface StudyList {
	readonly studies: readonly StudyHead[];
	/** what could not be read, was mended or is stored once only, a sentence each; nothing is deleted */
	readonly damaged: readonly string[];
	/** why studies are lost with the tab; null when they last */
	readonly notStored: string | null;
	/** ids of the objectives that can be run here */
	readonly objectives: readonly string[];
}

/** A study as its page shows it. */
export interface StudyState {
	readonly head: StudyHead;
	/** whether this page runs it now */
	readonly running: boolean;
	/** trials that other tabs run now */
	readonly elsewhere: number;
	/** names of all hyperparameters */
	readonly names: readonly string[];
	readonly tags: readonly string[];
	readonly note: string;
	/** COMPLETE and PRUNED trials take about so long, ms; null before there are any */
	readonly trialMs: number | null;
	/** observations from LEMUR's statistics that the search began with */
	readonly observations: number;
	readonly best: TrialRow | null;
	/** why it began anew the last time; null when it did not */
	readonly restarted: string | null;
}

export interface TrialRow extends Pick<
	StudyTrial,
	'number' | 'state' | 'start' | 'end' | 'note' | 'tags' | 'origin' | 'reason'
> {
	/** the first objective's; null without one */
	readonly value: number | null;
	/** by `names` of the study; null where a trial has none */
	readonly params: readonly (ParamValue | undefined)[];
	/** last step that was reported */
	readonly step: number | null;
}

export interface TrialWindow {
	/** trials that pass the filter */
	readonly total: number;
	/** of all trials, by state */
	readonly counts: StudySummary['counts'];
	readonly names: readonly string[];
	readonly rows: readonly TrialRow[];
}

/** Stored runs of one configuration, as a new study sees them. */
export interface ReplaySurvey {
	readonly runs: number;
	/** runs that lack a hyperparameter and are left out */
	readonly leftOut: number;
	/** the range that each hyperparameter was seen in */
	readonly space: Space;
	/** epochs that runs ended at, with how many runs reached each */
	readonly epochs: readonly { readonly epoch: number; readonly runs: number }[];
	/** hyperparameters and last value up to each of these epochs, for a warm start */
	readonly observations: readonly (Observation & { readonly epoch: number })[];
}

export const EXPORT_FORMATS = ['study', 'optuna-sqlite', 'optuna-journal', 'csv'] as const;
export type StudyFormat = (typeof EXPORT_FORMATS)[number];

type OfStudy = { readonly id: string };
type None = Record<never, never>;

export type StudyRequests = {
	list: { params: None; result: StudyList };
	/** @returns the new study, and how many observations lay outside of its space */
	create: {
		params: { definition: StudyDefinition; trials: number; observations: readonly Observation[] };
		result: { head: StudyHead; outside: number };
	};
	remove: { params: OfStudy; result: null };
	undo: { params: OfStudy; result: null };
	rename: { params: OfStudy & { name: string }; result: null };
	import: {
		params: { bytes: Uint8Array };
		result: {
			kind: string;
			studies: readonly { id: string; name: string; notes: readonly string[] }[];
		};
	};
	state: { params: OfStudy; result: StudyState };
	rows: {
		params: OfStudy & { filter: TrialFilter; sort: TrialSort; start: number; count: number };
		result: TrialWindow;
	};
	/** What one trial reported, by step. */
	reports: {
		params: OfStudy & { trial: number };
		result: readonly (readonly [step: number, value: number])[];
	};
	figure: {
		params: {
			ids: readonly string[];
			plot: StudyPlotId;
			filter: TrialFilter;
			options: StudyPlotOptions;
		};
		result: Figure;
	};
	plan: { params: OfStudy & { trials: number }; result: null };
	note: { params: OfStudy & { trial: number | null; text: string }; result: null };
	tags: { params: OfStudy & { trial: number; tags: readonly string[] }; result: null };
	/** Runs until the plan is done; `changed` events say how it goes. */
	run: {
		params: OfStudy & {
			rows: DataRows | null;
			parallel: number;
			/** no trial begins before a `release` */
			held?: boolean;
			/** whether `changed` says all that happens */
			events?: boolean;
		};
		result: RunEnd;
	};
	/**
	 * 'pause': trials that train stop at a checkpoint and go on with the next run, others come to their
	 * end; 'stop': they fail; 'hold' begins no new one until 'release'.
	 */
	control: { params: OfStudy & { what: 'pause' | 'stop' | 'hold' | 'release' }; result: null };
	export: {
		params: OfStudy & { format: StudyFormat; filter: TrialFilter };
		result: { bytes: Uint8Array; mediaType: string; extension: string };
	};
	/** Ask-and-tell, for objectives that are functions of the page. */
	ask: { params: OfStudy & { fixed: Params | null }; result: AskedTrial };
	report: {
		params: OfStudy & { trial: number; step: number; value: number };
		result: { prune: boolean };
	};
	tell: { params: OfStudy & { trial: number; outcome: Outcome }; result: null };
	/** What the stored runs of a configuration can be replayed as. */
	survey: { params: { rows: DataRows }; result: ReplaySurvey };
	/** The studies of some seeds of one entrant, by seed and trial. */
	race: {
		params: {
			rows: DataRows;
			entrant: Entrant;
			mode: ReplayMode;
			epochs: number;
			trials: number;
			from: number;
			to: number;
		};
		result: { best: Float64Array; seconds: Float64Array; known: number };
	};
};

/** A study that runs has changed. */
export interface StudyEventMessage {
	readonly kind: 'changed';
	readonly id: string;
	readonly summary: StudySummary;
	/** since the last message; only where `run` asked for them */
	readonly events?: readonly StudyEvent[];
}

/** An object that has at least these keys: the worker's own types vouch for the rest. */
function having<Result extends object>(...keys: readonly (keyof Result & string)[]) {
	return v.custom<Result>(
		(value) => typeof value === 'object' && value !== null && keys.every((key) => key in value),
	);
}

type Result<Kind extends keyof StudyRequests> = StudyRequests[Kind]['result'];

export const studyResults: ResultSchemas<StudyRequests> = {
	list: having<Result<'list'>>('studies', 'damaged', 'notStored', 'objectives'),
	create: having<Result<'create'>>('head', 'outside'),
	remove: v.null(),
	undo: v.null(),
	rename: v.null(),
	import: having<Result<'import'>>('kind', 'studies'),
	state: having<Result<'state'>>('head', 'running', 'names'),
	rows: having<Result<'rows'>>('total', 'counts', 'rows'),
	reports: v.array(v.tuple([v.number(), v.union([v.number(), v.nan()])])),
	figure: having<Figure>('data', 'layout', 'table'),
	plan: v.null(),
	note: v.null(),
	tags: v.null(),
	run: having<RunEnd>('kind'),
	control: v.null(),
	export: having<Result<'export'>>('bytes', 'mediaType', 'extension'),
	ask: having<AskedTrial>('number', 'params'),
	report: v.object({ prune: v.boolean() }),
	tell: v.null(),
	survey: having<ReplaySurvey>('runs', 'space', 'epochs'),
	race: having<Result<'race'>>('best', 'seconds', 'known'),
};

export const studyEvent: v.GenericSchema<unknown, StudyEventMessage> = having<StudyEventMessage>(
	'kind',
	'id',
	'summary',
);
