/**
 * The race: every net, every library in a worker of its own, rounds in alternating order, so that what
 * the machine does meanwhile falls on all of them. Ending a net's workers frees what it took.
 */
import * as v from 'valibot';
import { abortError, isAbort, RpcError } from '../worker/rpc-error';
import { connect, type Connection } from '../worker/rpc';
import type { SpawnedWorker } from '../worker/spawn';
import type { ModelId } from './models';
import { benchResultSchemas, type BenchRequests, type FirstSteps, type Round } from './protocol';
import { STRATEGIES, type StrategyId } from './strategies';
import { type Ground } from './strategy';

export interface RaceSettings {
	readonly models: readonly { readonly model: ModelId; readonly batch: number }[];
	readonly strategies: readonly StrategyId[];
	readonly rounds: number;
	/** of each library in each round */
	readonly steps: number;
}

/** Steps before the rounds: compiling, buffers, and the losses that are compared. */
export const FIRST_STEPS = 3;

/** How a library did on one net. */
export type Entry = { readonly strategy: StrategyId } & (
	| {
			readonly ok: true;
			readonly ground: Ground;
			readonly first: FirstSteps;
			readonly rounds: readonly Round[];
	  }
	| { readonly ok: false; readonly reason: string }
);

export interface ModelResult {
	readonly model: ModelId;
	readonly batch: number;
	readonly entries: readonly Entry[];
}

export interface RaceProgress {
	/** what is done now, in words */
	readonly doing: string;
	readonly model: ModelId;
	/** of the whole race, 0..1; never goes back */
	readonly share: number;
	/** of every finished net */
	readonly results: readonly ModelResult[];
}

export interface RaceEffects {
	readonly spawnWorker: (name: string) => SpawnedWorker;
	readonly onProgress?: (progress: RaceProgress) => void;
	readonly signal?: AbortSignal;
}

/**
 * @returns what came out of every net, in the order of the settings
 * @throws AbortError when the signal was aborted; a library that fails is an entry, not an error
 */
export async function race(settings: RaceSettings, effects: RaceEffects): Promise<ModelResult[]> {
	const results: ModelResult[] = [];
	const parts = settings.models.length * settings.strategies.length * (1 + settings.rounds);
	let done = 0;
	for (const { model, batch } of settings.models) {
		const tell = (doing: string, finished = true) => {
			effects.onProgress?.({ doing, model, share: done / parts, results });
			if (finished) done++;
		};
		const entries = await raceOn({ model, batch }, settings, effects, tell);
		results.push({ model, batch, entries });
		effects.onProgress?.({ doing: 'done', model, share: done / parts, results });
	}
	return results;
}

interface Lane {
	readonly strategy: StrategyId;
	readonly worker: SpawnedWorker;
	readonly connection: Connection<BenchRequests, never>;
	ground?: Ground;
	first?: FirstSteps;
	readonly rounds: Round[];
	reason?: string;
}

type Tell = (doing: string) => void;

async function raceOn(
	{ model, batch }: RaceSettings['models'][number],
	{ strategies, rounds, steps }: RaceSettings,
	{ spawnWorker, signal }: RaceEffects,
	tell: Tell,
): Promise<Entry[]> {
	if (signal?.aborted) throw abortError();
	const lanes = strategies.map((strategy) => open(strategy, spawnWorker));
	const options = signal ? { signal } : {};
	const attempt = async (lane: Lane, work: (lane: Lane) => Promise<void>) => {
		if (lane.reason !== undefined) return;
		try {
			await work(lane);
		} catch (error) {
			if (isAbort(error)) throw error;
			lane.reason = error instanceof Error ? error.message : String(error);
		}
	};
	try {
		for (const lane of lanes) {
			tell(`${STRATEGIES[lane.strategy].title}: compiling, first steps`);
			await attempt(lane, async ({ strategy, connection }) => {
				lane.ground = await connection.call('start', { strategy }, options);
				lane.first = await connection.call('build', { model, batch, steps: FIRST_STEPS }, options);
			});
		}
		for (let i = 0; i < rounds; i++)
			for (const lane of i % 2 === 0 ? lanes : lanes.toReversed()) {
				tell(`${STRATEGIES[lane.strategy].title}: round ${i + 1} of ${rounds}`);
				await attempt(lane, async ({ connection }) => {
					lane.rounds.push(await connection.call('round', { steps }, options));
				});
			}
		return lanes.map(entryOf);
	} finally {
		for (const { worker, connection } of lanes) {
			worker.terminate();
			connection.close(new RpcError('WORKER_CLOSED', 'The race is over.'));
		}
	}
}

function open(strategy: StrategyId, spawnWorker: RaceEffects['spawnWorker']): Lane {
	const worker = spawnWorker(strategy);
	const connection = connect<BenchRequests, never>(worker, {
		results: benchResultSchemas,
		event: v.never(),
	});
	worker.onDead((reason) => connection.close(reason));
	return { strategy, worker, connection, rounds: [] };
}

function entryOf({ strategy, ground, first, rounds, reason }: Lane): Entry {
	if (reason === undefined && ground && first) return { strategy, ok: true, ground, first, rounds };
	return { strategy, ok: false, reason: reason ?? 'It did not start.' };
}
