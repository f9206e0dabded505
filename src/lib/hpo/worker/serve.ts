/** What the study worker does with its requests, apart from the worker so that Node can test it. */
import type { SqlJsStatic } from 'sql.js';
import type { Store } from '../../store/store';
import {
	RpcError,
	serve,
	type Handler,
	type HandlerContext,
	type Handlers,
	type Port,
} from '../../worker/rpc';
import { ExchangeError } from '../exchange/optuna-distribution';
import { importStudies } from '../exchange/import';
import { warmStart } from '../lemur/warm-start';
import { makeObjective, ObjectiveError, objectiveIds } from '../objective/registry';
import type { Trainer } from '../objective/train';
import { SpaceError } from '../distributions';
import type { StudyEvent } from '../study/events';
import { StudyRunner } from '../study/runner';
import { Studies, type StudyEffects } from '../study/studies';
import type { StoredStudy } from '../study/stored-study';
import { StudyError } from '../study/study-error';
import type { StudyJournals } from '../study/study-journal';
import type { StudyRequests } from './protocol';
import { raceSeeds, surveyOf } from './race';
import { studyParams } from './requests';
import { exportStudy, figureOf, stateOf, windowOf } from './views';

export interface StudyRoomEffects {
	/** opens the store when it is first needed; why it does not last, null when it does */
	readonly openStore: () => Promise<{
		readonly store: Store;
		readonly notStored: string | null;
		readonly journals?: StudyJournals;
	}>;
	readonly studies: StudyEffects;
	readonly sqlite: () => Promise<SqlJsStatic>;
	/** one turn of the event loop */
	readonly breathe: () => Promise<void>;
	/** a new training worker */
	readonly trainer: () => Trainer;
}

/** ms between two events of a running study: more would only make the page busy. */
const EVENT_EVERY = 150;

type Params<Kind extends keyof StudyRequests> = StudyRequests[Kind]['params'];
type Result<Kind extends keyof StudyRequests> = StudyRequests[Kind]['result'];

/** The studies of a worker: each opened once, at most one runner for each. */
class StudyRoom {
	readonly #effects: StudyRoomEffects;
	readonly #open = new Map<string, Promise<StoredStudy>>();
	readonly #runners = new Map<string, StudyRunner>();
	/** what was mended, or is stored once only */
	readonly problems = new Set<string>();
	#studies: Promise<{ studies: Studies; notStored: string | null }> | undefined;

	constructor(effects: StudyRoomEffects) {
		this.#effects = effects;
	}

	async studies(): Promise<{ studies: Studies; notStored: string | null }> {
		this.#studies ??= this.#openStudies();
		return this.#studies;
	}

	async #openStudies(): Promise<{ studies: Studies; notStored: string | null }> {
		const { store, notStored, journals } = await this.#effects.openStore();
		const studies = new Studies(store, {
			...this.#effects.studies,
			...(journals ? { journals } : {}),
			onProblem: (sentence) => this.problems.add(sentence),
		});
		await studies.restore();
		return { studies, notStored };
	}

	/** With what other tabs have added meanwhile. */
	async study(id: string): Promise<StoredStudy> {
		const known = this.#open.get(id);
		if (known) {
			const study = await known;
			if (this.#runners.has(id)) return study;
			try {
				await study.refresh();
				return study;
			} catch (error) {
				if (!(error instanceof StudyError) || error.code !== 'GONE') throw error;
				// The browser has thrown the database away: its second copy may still be there.
				this.#open.delete(id);
			}
		}
		const { studies } = await this.studies();
		const opening = studies.open(id);
		this.#open.set(id, opening);
		opening.catch(() => this.#open.delete(id));
		return opening;
	}

	runner(id: string): StudyRunner | undefined {
		return this.#runners.get(id);
	}

	async run(
		{ id, rows, parallel, held, events = false }: Params<'run'>,
		{ progress, signal }: HandlerContext,
	): Promise<Result<'run'>> {
		const { breathe, trainer } = this.#effects;
		const study = await this.study(id);
		if (this.#runners.has(id))
			throw new RpcError('STUDY_RUNNING', 'This study is running already.');
		const objective = await makeObjective(study.study.definition, {
			source: { rows: async () => rows ?? noRows() },
			...{ breathe, trainer },
		});
		const runner = new StudyRunner(study, objective, { parallel });
		if (held) runner.hold();
		this.#runners.set(id, runner);
		const news: StudyEvent[] = [];
		const tell = () => {
			const told = events ? { events: news.splice(0) } : {};
			progress({ kind: 'changed', id, summary: study.study.summary, ...told });
		};
		const tellSoon = paced(tell);
		const stopListening = study.onEvents((happened) => {
			if (events) for (const event of happened) news.push(event);
			tellSoon();
		});
		signal.addEventListener('abort', () => runner.stop(), { once: true });
		try {
			return await runner.run();
		} finally {
			stopListening();
			if (news.length > 0) tell();
			this.#runners.delete(id);
			objective.dispose?.();
		}
	}

	async state(id: string): Promise<Result<'state'>> {
		const study = await this.study(id);
		const running = this.#runners.has(id);
		const interrupted = running ? 0 : (await study.interrupted()).length;
		const elsewhere = running ? 0 : study.study.summary.counts.RUNNING - interrupted;
		return stateOf(study.study, { head: study.head, running, elsewhere });
	}
}

function noRows(): never {
	throw new ObjectiveError(
		'The stored runs have not arrived: open the data first, then try again.',
	);
}

/** Calls at most every so often, and once more after the last. */
function paced(call: () => void): () => void {
	let timer: ReturnType<typeof setTimeout> | undefined;
	let last = -Infinity;
	return () => {
		if (timer !== undefined) return;
		const wait = Math.max(0, last + EVENT_EVERY - performance.now());
		timer = setTimeout(() => {
			timer = undefined;
			last = performance.now();
			call();
		}, wait);
	};
}

/** @returns stops listening */
export function serveStudies(scope: Port, effects: StudyRoomEffects): () => void {
	const room = new StudyRoom(effects);
	return serve<StudyRequests>(scope, handlersOf(room, effects));
}

function handlersOf(room: StudyRoom, effects: StudyRoomEffects): Handlers<StudyRequests> {
	return {
		list: handler('list', async () => {
			const { studies, notStored } = await room.studies();
			const { studies: heads, damaged } = await studies.list();
			const sentences = damaged.map(({ key, reason }) => `Study ${key} cannot be read: ${reason}`);
			return {
				studies: heads,
				damaged: [...sentences, ...room.problems],
				notStored,
				objectives: objectiveIds(),
			};
		}),
		create: handler('create', (params) => create(room, effects, params)),
		remove: handler('remove', async ({ id }) => {
			room.runner(id)?.stop();
			await (await room.studies()).studies.remove(id);
			return null;
		}),
		undo: handler('undo', async ({ id }) => {
			await (await room.studies()).studies.undo(id);
			return null;
		}),
		rename: handler('rename', async ({ id, name }) => {
			await (await room.studies()).studies.rename(id, name);
			return null;
		}),
		import: handler('import', async ({ bytes }) => {
			const { sqlite, studies } = effects;
			const { kind, studies: found } = await importStudies(bytes, { sqlite, now: studies.now() });
			const { studies: own } = await room.studies();
			const created = [];
			for (const { definition, events, notes } of found) {
				const { id } = await own.create(definition, events);
				created.push({ id, name: definition.name, notes });
			}
			return { kind, studies: created };
		}),
		state: handler('state', ({ id }) => room.state(id)),
		rows: handler('rows', async (params) => windowOf((await room.study(params.id)).study, params)),
		reports: handler('reports', async ({ id, trial }) => [
			...(await room.study(id)).study.trial(trial).intermediate,
		]),
		figure: handler('figure', async ({ ids, ...rest }) => {
			const studies = await Promise.all(ids.map(async (id) => (await room.study(id)).study));
			return figureOf(studies, rest);
		}),
		...writers(room),
		run: handler('run', (params, context) => room.run(params, context)),
		control: handler('control', ({ id, what }) => {
			room.runner(id)?.[what]();
			return null;
		}),
		export: handler('export', async ({ id, ...rest }) => {
			const study = await room.study(id);
			return exportStudy(study.study, await study.events(), rest, effects.sqlite);
		}),
		survey: handler('survey', ({ rows }) => surveyOf(rows)),
		race: handler('race', (params, { signal }) => raceSeeds(params, signal, effects.breathe)),
	};
}

/** What changes a study, a step at a time. */
function writers(
	room: StudyRoom,
): Pick<Handlers<StudyRequests>, 'plan' | 'note' | 'tags' | 'ask' | 'report' | 'tell'> {
	return {
		plan: handler('plan', async ({ id, trials }) => {
			await (await room.study(id)).plan(trials);
			return null;
		}),
		note: handler('note', async ({ id, trial, text }) => {
			await (await room.study(id)).note(trial, text);
			return null;
		}),
		tags: handler('tags', async ({ id, trial, tags }) => {
			await (await room.study(id)).tag(trial, tags);
			return null;
		}),
		ask: handler('ask', async ({ id, fixed }) => (await room.study(id)).ask(fixed ?? undefined)),
		report: handler('report', async ({ id, trial, step, value }) => ({
			prune: await (await room.study(id)).report(trial, step, value),
		})),
		tell: handler('tell', async ({ id, trial, outcome }) => {
			await (await room.study(id)).tell(trial, outcome);
			return null;
		}),
	};
}

async function create(
	room: StudyRoom,
	effects: StudyRoomEffects,
	{ definition, trials, observations }: Params<'create'>,
): Promise<Result<'create'>> {
	const { studies } = await room.studies();
	const at = effects.studies.now();
	const { events, outside } = warmStart(observations, definition.space, { first: 0, at });
	const head = await studies.create(definition, [...events, { type: 'plan', at, trials }]);
	return { head, outside };
}

function handler<Kind extends keyof StudyRequests>(
	kind: Kind,
	work: (params: Params<Kind>, context: HandlerContext) => Result<Kind> | Promise<Result<Kind>>,
): Handler<Params<Kind>, Result<Kind>> {
	return {
		params: studyParams[kind],
		async run(params, context) {
			try {
				return await work(params, context);
			} catch (error) {
				throw coded(error);
			}
		},
	};
}

/** Errors with words for people keep them; a code tells them apart on the page. */
function coded(error: unknown): unknown {
	if (error instanceof StudyError) return new RpcError(`STUDY_${error.code}`, error.message);
	if (error instanceof ExchangeError) return new RpcError('STUDY_FILE', error.message);
	if (error instanceof ObjectiveError) return new RpcError('STUDY_OBJECTIVE', error.message);
	if (error instanceof SpaceError) return new RpcError('STUDY_SPACE', error.message);
	if (error instanceof RangeError) return new RpcError('STUDY_RANGE', error.message);
	if (error instanceof Error && error.name === 'StoreError' && 'code' in error)
		return new RpcError(String(error.code), error.message);
	return error;
}
