import initSqlJs from 'sql.js';
import { describe, expect, it } from 'vitest';
import type { MemoryRecords } from '../../store/memory';
import { FakeWorker } from '../../worker/testing';
import { memoryStore, testDefinition, testEffects } from '../study/testing';
import { createStudyClient, type StudyClient } from './client';
import { ALL_TRIALS } from './filter';
import { EXPORT_FORMATS, type StudyEventMessage } from './protocol';
import { serveStudies } from './serve';
import { storedRows } from './testing';

function clientOver(
	records: MemoryRecords = new Map(),
	writer = 'w',
): { client: StudyClient; worker: () => FakeWorker } {
	let worker: FakeWorker | undefined;
	const effects = testEffects(writer);
	const client = createStudyClient(() => {
		worker = new FakeWorker((scope) => {
			serveStudies(scope, {
				openStore: async () => ({ store: memoryStore(records), notStored: null }),
				studies: effects,
				sqlite: () => initSqlJs(),
				trainer: () => {
					throw new Error('No trial is trained in this test.');
				},
				breathe: () => new Promise((resolve) => setImmediate(resolve)),
			});
		});
		return worker;
	});
	return { client, worker: () => worker! };
}

const REPLAY = {
	objective: {
		id: 'replay',
		settings: { task: 't', dataset: 'd', metric: 'acc', nn: 'n', epochs: 3, mode: 'nearest' },
	},
} as const;

async function created(client: StudyClient, trials = 15): Promise<string> {
	const definition = testDefinition({ ...REPLAY, pruner: { id: 'median' } });
	return (await client.call('create', { definition, trials, observations: [] })).head.id;
}

const SORT = { by: 'value', descending: true } as const;

describe('the study worker', () => {
	it('runs a study on stored runs, tells how it goes, and answers all that a page asks', async () => {
		const { client } = clientOver();
		const id = await created(client);
		const events: StudyEventMessage[] = [];
		const end = await client.call(
			'run',
			{ id, rows: storedRows(), parallel: 2 },
			{ onProgress: (event) => events.push(event) },
		);
		expect(end).toEqual({ kind: 'done' });
		expect(events.at(-1)).toMatchObject({ kind: 'changed', id });
		const state = await client.call('state', { id });
		expect(state).toMatchObject({ running: false, elsewhere: 0, names: ['lr', 'batch'] });
		expect(state.head.summary.done).toBe(15);
		const window = await client.call('rows', {
			id,
			filter: ALL_TRIALS,
			sort: SORT,
			start: 0,
			count: 5,
		});
		expect(window.total).toBe(15);
		expect(window.rows[0]!.value).toBe(state.best!.value);
		expect(window.rows[0]!.params).toHaveLength(2);
		const [first] = window.rows;
		expect(await client.call('reports', { id, trial: first!.number })).toHaveLength(3);
		const options = { theme: 'dark' } as const;
		const figure = await client.call('figure', {
			ids: [id],
			plot: 'history',
			filter: ALL_TRIALS,
			options,
		});
		expect(figure.summary).toContain('15 trials');
		const { studies } = await client.call('list', {});
		expect(studies.map(({ id }) => id)).toEqual([id]);
	});

	it('filters by state, tag, improvement and text, and edits notes and tags', async () => {
		const { client } = clientOver();
		const id = await created(client, 12);
		await client.call('run', { id, rows: storedRows(), parallel: 1 });
		await client.call('note', { id, trial: 3, text: 'Looks odd' });
		await client.call('tags', { id, trial: 3, tags: ['later'] });
		const total = async (filter: Partial<typeof ALL_TRIALS>) =>
			(
				await client.call('rows', {
					id,
					filter: { ...ALL_TRIALS, ...filter },
					sort: SORT,
					start: 0,
					count: 1,
				})
			).total;
		expect(await total({ text: 'ODD' })).toBe(1);
		expect(await total({ tag: 'later' })).toBe(1);
		expect(await total({ tag: 'never' })).toBe(0);
		const { counts } = (await client.call('state', { id })).head.summary;
		expect(await total({ states: ['COMPLETE'] })).toBe(counts.COMPLETE);
		expect(await total({ improving: true })).toBeLessThan(12);
		expect(await total({ improving: true })).toBeGreaterThan(0);
	});

	it('pauses, goes on, and refuses to run twice at once', async () => {
		const { client } = clientOver();
		const id = await created(client, 400);
		const running = client.call('run', { id, rows: storedRows(), parallel: 1 });
		await expect(client.call('run', { id, rows: null, parallel: 1 })).rejects.toMatchObject({
			code: 'STUDY_RUNNING',
		});
		await client.call('control', { id, what: 'pause' });
		expect(await running).toEqual({ kind: 'paused' });
		const { head } = await client.call('state', { id });
		expect(head.summary.done).toBeLessThan(400);
		await client.call('plan', { id, trials: head.summary.done + 2 });
		expect(await client.call('run', { id, rows: storedRows(), parallel: 1 })).toEqual({
			kind: 'done',
		});
	});

	it('begins no trial of a run that is held until it is released', async () => {
		const { client } = clientOver();
		const id = await created(client, 3);
		const running = client.call('run', { id, rows: storedRows(), parallel: 1, held: true });
		await new Promise((resolve) => setTimeout(resolve, 20));
		const { head, running: runs } = await client.call('state', { id });
		expect(head.summary.trials).toBe(0);
		expect(runs).toBe(true);
		await client.call('control', { id, what: 'release' });
		expect(await running).toEqual({ kind: 'done' });
		expect((await client.call('list', {})).objectives).toContain('replay');
	});

	it('keeps what was stored when it dies in the middle, and goes on in a new worker', async () => {
		const records: MemoryRecords = new Map();
		const { client, worker } = clientOver(records);
		const id = await created(client, 500);
		const running = client.call('run', { id, rows: storedRows(), parallel: 1 });
		await new Promise((resolve) => setTimeout(resolve, 30));
		worker().die();
		await expect(running).rejects.toMatchObject({ code: 'WORKER_DIED' });
		const { head } = await clientOver(records, 'next').client.call('state', { id });
		const next = clientOver(records, 'next').client;
		await next.call('plan', { id, trials: head.summary.done + 3 });
		expect(await next.call('run', { id, rows: storedRows(), parallel: 1 })).toEqual({
			kind: 'done',
		});
		expect((await next.call('state', { id })).head.summary.counts.RUNNING).toBe(0);
	});

	it('asks and tells for objectives of the page', async () => {
		const { client } = clientOver();
		const id = await created(client, 0);
		const { number, params } = await client.call('ask', { id, fixed: { lr: 0.1, batch: 2 } });
		expect(params).toEqual({ lr: 0.1, batch: 2 });
		expect(await client.call('report', { id, trial: number, step: 0, value: 1 })).toEqual({
			prune: false,
		});
		await client.call('tell', { id, trial: number, outcome: NaN });
		const { head } = await client.call('state', { id });
		expect(head.summary.counts.FAIL).toBe(1);
		await expect(client.call('tell', { id, trial: 0, outcome: 1 })).rejects.toMatchObject({
			code: 'STUDY_NOT_RUNNING',
			message: 'Trial 0 is over: it is FAIL.',
		});
		await expect(client.call('ask', { id, fixed: { lr: 9, batch: 2 } })).rejects.toMatchObject({
			code: 'STUDY_SPACE',
		});
	});

	it('exports to every format, and imports what it exported', async () => {
		const { client } = clientOver();
		const id = await created(client, 8);
		await client.call('run', { id, rows: storedRows(), parallel: 1 });
		for (const format of EXPORT_FORMATS) {
			const { bytes } = await client.call('export', { id, format, filter: ALL_TRIALS });
			if (format === 'csv') {
				expect(new TextDecoder().decode(bytes).split('\r\n')).toHaveLength(10);
				continue;
			}
			const { studies } = await client.call('import', { bytes });
			const back = await client.call('state', { id: studies[0]!.id });
			expect(back.head.summary.counts.COMPLETE + back.head.summary.counts.PRUNED).toBe(8);
		}
		expect((await client.call('list', {})).studies).toHaveLength(4);
		await expect(client.call('import', { bytes: new Uint8Array([1, 2, 3]) })).rejects.toMatchObject(
			{
				code: 'STUDY_FILE',
			},
		);
	});

	it('says why a study cannot be run here', async () => {
		const { client } = clientOver();
		const make = async (objective: { id: string; settings: Record<string, unknown> }) =>
			(
				await client.call('create', {
					definition: testDefinition({ objective }),
					trials: 1,
					observations: [],
				})
			).head.id;
		const foreign = await make({ id: 'optuna', settings: {} });
		await expect(
			client.call('run', { id: foreign, rows: null, parallel: 1 }),
		).rejects.toMatchObject({
			code: 'STUDY_OBJECTIVE',
			message: /which this page cannot run/,
		});
		const wrong = await make({ id: 'replay', settings: { task: 't' } });
		await expect(client.call('run', { id: wrong, rows: null, parallel: 1 })).rejects.toMatchObject({
			code: 'STUDY_OBJECTIVE',
		});
		await expect(client.call('state', { id: 'abcdef' })).rejects.toMatchObject({
			code: 'STUDY_GONE',
		});
		const x = { type: 'float', low: 2, high: 1, step: null, log: false } as const;
		const definition = { ...testDefinition(), space: [{ name: 'x', distribution: x }] };
		await expect(
			client.call('create', { definition, trials: 1, observations: [] }),
		).rejects.toMatchObject({ code: 'BAD_REQUEST', message: /x: the lower end must not be above/ });
	});

	it('races some seeds, the same in any worker', async () => {
		const entrant = {
			label: 'random',
			sampler: { id: 'random' },
			pruner: { id: 'none' },
		} as const;
		const params = { rows: storedRows(), entrant, mode: 'nearest', epochs: 3, trials: 10 } as const;
		const whole = await clientOver().client.call('race', { ...params, from: 0, to: 4 });
		const part = await clientOver().client.call('race', { ...params, from: 2, to: 4 });
		expect(whole.best).toHaveLength(40);
		expect(part.best).toEqual(whole.best.slice(20));
		expect(whole.known).toBeGreaterThan(0.9);
	});

	it('removes with undo', async () => {
		const { client } = clientOver();
		const id = await created(client, 1);
		await client.call('rename', { id, name: 'Other name' });
		expect((await client.call('state', { id })).head.title).toBe('Other name');
		await client.call('remove', { id });
		expect((await client.call('list', {})).studies).toEqual([]);
		await client.call('undo', { id });
		expect((await client.call('list', {})).studies).toHaveLength(1);
	});
});
