/** The studies of a worker, open and running: what `serve.ts` answers requests with. */
import type { SqlJsStatic } from 'sql.js';
import type { Store } from '../../store/store';
import { RpcError, type HandlerContext } from '../../worker/rpc';
import { makeObjective, ObjectiveError } from '../objective/registry';
import type { Trainer } from '../objective/train';
import type { StudyEvent } from '../study/events';
import { StudyRunner } from '../study/runner';
import type { StoredStudy } from '../study/stored-study';
import { Studies, type StudyEffects } from '../study/studies';
import { StudyError } from '../study/study-error';
import type { StudyJournals } from '../study/study-journal';
import type { StudyRequests } from './protocol';
import { stateOf } from './views';

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
export class StudyRoom {
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
		if (this.#runners.has(id)) throw alreadyRunning();
		const objective = await makeObjective(study.study.definition, {
			source: { rows: async () => rows ?? noRows() },
			...{ breathe, trainer },
		});
		if (this.#runners.has(id)) {
			objective.dispose?.();
			throw alreadyRunning();
		}
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

function alreadyRunning(): RpcError {
	return new RpcError('STUDY_RUNNING', 'This study is running already.');
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
