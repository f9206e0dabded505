/**
 * `lemur.study`: a search for hyperparameters from a script. It is a study of this device like those of
 * the page Studies, which shows it; what it searches is trained here, replayed from LEMUR's stored runs,
 * or a function of the script.
 */
import type { Params, Space } from '../hpo/space';
import { paramsOf } from '../hpo/space';
import type { StudyEvent } from '../hpo/study/events';
import type { RunEnd } from '../hpo/study/runner';
import type { TrialState } from '../hpo/trial';
import type { StudyClient } from '../hpo/worker/client';
import { ALL_TRIALS } from '../hpo/worker/filter';
import type { TrialRow } from '../hpo/worker/protocol';
import { RpcError } from '../worker/rpc-error';
import { EventLog } from './event-log';
import { planStudy, type GivenStudy, type PlannedStudy, type StoredRuns } from './study-arguments';
import { searchByFunction } from './study-function';

/** What a study tells while it runs. */
export type ScriptStudyEvent =
	| { readonly kind: 'state'; readonly state: 'running' | 'paused' | RunEnd['kind'] }
	/** a trial begins */
	| { readonly kind: 'trial'; readonly number: number; readonly params: Params }
	/** a value on the way; whether the pruner says to stop the trial */
	| {
			readonly kind: 'report';
			readonly number: number;
			readonly step: number;
			readonly value: number;
			readonly prune: boolean;
	  }
	| {
			readonly kind: 'end';
			readonly number: number;
			readonly state: 'COMPLETE' | 'PRUNED' | 'FAIL';
			/** null unless COMPLETE, or PRUNED after a report */
			readonly value: number | null;
			readonly reason: string | null;
	  }
	/** the search begins anew: memory was out, so batches are smaller now */
	| { readonly kind: 'restart'; readonly reason: string | null };

export interface ScriptStudyRow {
	readonly number: number;
	readonly state: TrialState;
	readonly params: Params;
	readonly value: number | null;
	/** why it failed, or what else is to be said */
	readonly reason: string | null;
}

/** How a study ended. */
export interface ScriptStudied {
	readonly id: string;
	readonly name: string;
	/** done, stopped, gave-up (failures, or nothing is left to suggest) or held-up (the device is busy, the data is not here) */
	readonly end: RunEnd['kind'];
	readonly reason: string | null;
	/** the first of the best COMPLETE trials; null without one */
	readonly best: ScriptStudyRow | null;
	readonly trials: readonly ScriptStudyRow[];
}

/** A study that runs. */
export interface ScriptStudy {
	/** as storage and the page Studies know it */
	readonly id: string;
	/** everything from the beginning, for each loop anew; ends with the study, throws what `done` rejects with */
	readonly events: AsyncIterable<ScriptStudyEvent>;
	readonly done: Promise<ScriptStudied>;
	/** Begins no new trial; one that trains stops at a checkpoint, others come to their end. */
	pause(): Promise<void>;
	resume(): Promise<void>;
	/** Ends it; trials that run FAIL. */
	stop(): Promise<void>;
}

export interface ScriptStudyEffects {
	readonly client: StudyClient;
	readonly rows: StoredRuns['rows'];
}

/**
 * Begins a study.
 * @returns once it is stored
 * @throws RangeError, SpaceError, DefinitionError, RpcError in words
 */
export async function startStudy(
	given: GivenStudy,
	{ client, rows }: ScriptStudyEffects,
): Promise<ScriptStudy> {
	const plan = await planStudy(given, {
		rows,
		survey: (rows) => client.call('survey', { rows }),
	});
	const { definition, trials } = plan;
	const { head } = await client.call('create', { definition, trials, observations: [] });
	const search = new Search(client, head.id, plan, given);
	return search.begin();
}

/** A study over its pauses. */
class Search {
	readonly #client: StudyClient;
	readonly #id: string;
	readonly #plan: PlannedStudy;
	readonly #given: GivenStudy;
	readonly #log = new EventLog<ScriptStudyEvent>();
	readonly #spaces: Space[];
	readonly #stop = new AbortController();
	readonly #left: { trials: number };
	#pause = new AbortController();
	/** resolved by `resume` and `stop` while it is paused */
	#goOn: (() => void) | undefined;
	#over = false;

	constructor(client: StudyClient, id: string, plan: PlannedStudy, given: GivenStudy) {
		this.#client = client;
		this.#id = id;
		this.#plan = plan;
		this.#given = given;
		this.#spaces = [plan.definition.space];
		this.#left = { trials: plan.trials };
	}

	begin(): ScriptStudy {
		const done = this.#live().finally(() => (this.#over = true));
		done.then(
			() => this.#log.end(),
			(error: unknown) => this.#log.end(error),
		);
		return Object.freeze({
			...{ id: this.#id, events: this.#log, done },
			pause: () => this.#paused(),
			resume: async () => {
				this.#checkAlive();
				this.#goOn?.();
			},
			stop: () => this.#stopped(),
		});
	}

	async #live(): Promise<ScriptStudied> {
		for (;;) {
			this.#pause = new AbortController();
			this.#log.push({ kind: 'state', state: 'running' });
			const end = await this.#run();
			this.#log.push({ kind: 'state', state: end.kind });
			if (end.kind !== 'paused') return this.#result(end);
			await new Promise<void>((resolve) => (this.#goOn = resolve));
			this.#goOn = undefined;
			if (this.#stop.signal.aborted) return this.#result({ kind: 'stopped' });
		}
	}

	async #run(): Promise<RunEnd> {
		const [client, id] = [this.#client, this.#id];
		const { objective } = this.#given;
		const { rows, parallel } = this.#plan;
		if (typeof objective === 'function')
			return searchByFunction({
				...{ client, id, objective, parallel, left: this.#left },
				...{ pause: this.#pause.signal, stop: this.#stop.signal },
				tell: (event) => this.#log.push(event),
			});
		const onProgress = ({ events }: { readonly events?: readonly StudyEvent[] }) => {
			for (const event of events ?? []) this.#hear(event);
		};
		return client.call('run', { id, rows, parallel, events: true }, { onProgress });
	}

	#hear(event: StudyEvent): void {
		if (event.type === 'space') this.#spaces.push(event.space);
		const told = scriptEvent(event, this.#spaces);
		if (told) this.#log.push(told);
	}

	async #paused(): Promise<void> {
		this.#checkAlive();
		this.#pause.abort();
		await this.#control('pause');
	}

	async #stopped(): Promise<void> {
		this.#checkAlive();
		this.#stop.abort(new DOMException('The study was stopped.', 'AbortError'));
		await this.#control('stop');
		this.#goOn?.();
	}

	async #control(what: 'pause' | 'stop'): Promise<void> {
		if (typeof this.#given.objective === 'function') return;
		await this.#client.call('control', { id: this.#id, what });
	}

	#checkAlive(): void {
		if (this.#over) throw new RpcError('STUDY_IDLE', 'This study has ended.');
	}

	async #result(end: RunEnd): Promise<ScriptStudied> {
		const [client, id] = [this.#client, this.#id];
		const { best, names, head } = await client.call('state', { id });
		const trials: ScriptStudyRow[] = [];
		for (let total = Infinity; trials.length < total;) {
			const range = { start: trials.length, count: PAGE };
			const window = await client.call('rows', {
				id,
				filter: ALL_TRIALS,
				sort: BY_NUMBER,
				...range,
			});
			total = window.rows.length === 0 ? 0 : window.total;
			for (const row of window.rows) trials.push(rowOf(row, window.names));
		}
		return {
			...{ id, name: head.title, end: end.kind, trials },
			reason: 'reason' in end ? end.reason : null,
			best: best && rowOf(best, names),
		};
	}
}

const PAGE = 5_000;
const BY_NUMBER = { by: 'number', descending: false } as const;

function rowOf(row: TrialRow, names: readonly string[]): ScriptStudyRow {
	const { number, state, value, reason } = row;
	const given = names.flatMap((name, i) => {
		const one = row.params[i];
		return one === undefined ? [] : [[name, one] as const];
	});
	return { number, state, value, reason, params: Object.fromEntries(given) };
}

/** @returns undefined for what scripts do not hear of */
function scriptEvent(event: StudyEvent, spaces: readonly Space[]): ScriptStudyEvent | undefined {
	switch (event.type) {
		case 'ask': {
			const params = paramsOf(spaces[event.space] ?? [], event.inputs);
			return { kind: 'trial', number: event.trial, params };
		}
		case 'report': {
			const { trial: number, step, value, prune } = event;
			return { kind: 'report', number, step, value, prune };
		}
		case 'tell': {
			const { trial: number, state, values, reason } = event;
			return { kind: 'end', number, state, value: values?.[0] ?? null, reason };
		}
		case 'restart':
			return { kind: 'restart', reason: event.reason };
		default:
			return undefined;
	}
}

export { studyArguments } from './study-arguments';
