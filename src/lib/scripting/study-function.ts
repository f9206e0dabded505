/**
 * Runs a study whose objective is a function of the script, by asking and telling: the study itself,
 * its sampler and its storage are the study worker's.
 */
import { FAILURES_IN_A_ROW, gaveUp, messageOf } from '../hpo/objective/objective';
import type { AskedTrial } from '../hpo/study/ask-tell';
import type { RunEnd } from '../hpo/study/runner';
import type { Outcome } from '../hpo/study/study';
import type { StudyClient } from '../hpo/worker/client';
import { RpcError } from '../worker/rpc-error';
import { TrialPruned, type ScriptObjective } from './study-trial';
import type { ScriptStudyEvent } from './study';

export interface FunctionSearch {
	readonly client: StudyClient;
	readonly id: string;
	readonly objective: ScriptObjective;
	readonly parallel: number;
	readonly tell: (event: ScriptStudyEvent) => void;
	/** no new trial begins once it is aborted */
	readonly pause: AbortSignal;
	/** trials that run end at once */
	readonly stop: AbortSignal;
	/** how many trials may still begin; counted down here */
	readonly left: { trials: number };
}

const STOPPED = 'Stopped before its end.';

/** Runs until no trial is left, or it is paused or stopped. Rejects when the study cannot be stored. */
export async function searchByFunction(search: FunctionSearch): Promise<RunEnd> {
	const { pause, stop, parallel, left } = search;
	let failures = 0;
	let end: RunEnd | undefined;
	async function lane(): Promise<void> {
		while (left.trials > 0 && !end && !pause.aborted && !stop.aborted) {
			left.trials--;
			const asked = await ask(search);
			if ('kind' in asked) return void (end ??= asked);
			const ended = await outcomeOf(search, asked);
			await finish(search, asked.number, ended);
			const { state, reason = '' } = ended.outcome;
			failures = state === 'FAIL' ? failures + 1 : 0;
			if (failures >= FAILURES_IN_A_ROW && !stop.aborted)
				end ??= { kind: 'gave-up', reason: gaveUp(failures, reason) };
		}
	}
	await Promise.all(Array.from({ length: parallel }, lane));
	return end ?? { kind: stop.aborted ? 'stopped' : left.trials > 0 ? 'paused' : 'done' };
}

/** @returns the trial, or why there is none: a grid that has been tried */
async function ask({ client, id, tell }: FunctionSearch): Promise<AskedTrial | RunEnd> {
	try {
		const asked = await client.call('ask', { id, fixed: null });
		tell({ kind: 'trial', ...asked });
		return asked;
	} catch (error) {
		if (!(error instanceof RpcError) || error.code !== 'STUDY_EXHAUSTED') throw error;
		return { kind: 'gave-up', reason: error.message };
	}
}

/** How a trial ended, and the value that it counts with. */
interface Ended {
	readonly outcome: Exclude<Outcome, number | readonly number[]>;
	readonly value: number | null;
}

const failed = (reason: string): Ended => ({ outcome: { state: 'FAIL', reason }, value: null });

async function outcomeOf(search: FunctionSearch, asked: AskedTrial): Promise<Ended> {
	const { client, id, objective, stop, tell } = search;
	const { number } = asked;
	let prune = false;
	let last = { step: -1, value: NaN };
	const trial = Object.freeze({
		...asked,
		signal: stop,
		async report(value: number, step: number) {
			({ prune } = await client.call('report', { id, trial: number, step, value }));
			if (step > last.step) last = { step, value };
			tell({ kind: 'report', number, step, value, prune });
			return prune;
		},
		shouldPrune: () => prune,
		prune(): never {
			throw new TrialPruned(`Trial ${number} is pruned.`);
		},
	});
	try {
		const value: unknown = await orStopped(stop, async () => objective(trial));
		if (typeof value !== 'number' || Number.isNaN(value))
			return failed(`The objective returned no number but ${String(value).slice(0, 100)}.`);
		return { outcome: { state: 'COMPLETE', values: [value] }, value };
	} catch (error) {
		if (stop.aborted) return failed(STOPPED);
		// By name: a script may have loaded this interface twice.
		if (!(error instanceof Error) || error.name !== 'TrialPruned') return failed(messageOf(error));
		return { outcome: { state: 'PRUNED' }, value: Number.isNaN(last.value) ? null : last.value };
	}
}

/** Does not wait for a function that does not listen to its signal. */
function orStopped<T>(stop: AbortSignal, work: () => Promise<T>): Promise<T> {
	return new Promise((resolve, reject) => {
		const onStop = () => reject(stop.reason);
		stop.addEventListener('abort', onStop, { once: true });
		const done = () => stop.removeEventListener('abort', onStop);
		work().then(resolve, reject).finally(done);
	});
}

async function finish(
	{ client, id, tell }: FunctionSearch,
	number: number,
	{ outcome, value }: Ended,
): Promise<void> {
	await client.call('tell', { id, trial: number, outcome });
	tell({ kind: 'end', number, state: outcome.state, value, reason: outcome.reason ?? null });
}
