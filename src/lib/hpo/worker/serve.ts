/** What the study worker does with its requests, apart from the worker so that Node can test it. */
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
import { ObjectiveError, objectiveIds } from '../objective/registry';
import { SpaceError } from '../distributions';
import { StudyError } from '../study/study-error';
import type { StudyRequests } from './protocol';
import { raceSeeds, surveyOf } from './race';
import { studyParams } from './requests';
import { StudyRoom, type StudyRoomEffects } from './room';
import { exportStudy, figureOf, windowOf } from './views';

type Params<Kind extends keyof StudyRequests> = StudyRequests[Kind]['params'];
type Result<Kind extends keyof StudyRequests> = StudyRequests[Kind]['result'];

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
