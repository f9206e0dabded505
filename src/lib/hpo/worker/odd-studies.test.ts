/** Studies that are not as one wishes, through all that a page asks of them. */
import initSqlJs from 'sql.js';
import { describe, expect, it } from 'vitest';
import { figureProblems } from '../../stats/plots/figure-problems';
import { FakeWorker } from '../../worker/testing';
import { STUDY_PLOT_IDS } from '../plots/plot';
import { suggestRandom } from '../samplers/random';
import type { StudyEvent } from '../study/events';
import { Study, type Outcome } from '../study/study';
import { memoryStore, testDefinition, testEffects, testSpace } from '../study/testing';
import { createStudyClient, type StudyClient } from './client';
import { ALL_TRIALS } from './filter';
import { EXPORT_FORMATS } from './protocol';
import { serveStudies } from './serve';
import { figureOf, stateOf, windowOf } from './views';

function setUp(): StudyClient {
	return createStudyClient(
		() =>
			new FakeWorker((scope) => {
				serveStudies(scope, {
					openStore: async () => ({ store: memoryStore(), notStored: null }),
					studies: testEffects(),
					sqlite: () => initSqlJs(),
					breathe: async () => undefined,
					trainer: () => {
						throw new Error('No trial is trained in this test.');
					},
				});
			}),
	);
}

/** A study whose trials reported what they were told, and ended so. */
async function studyOf(client: StudyClient, ends: readonly Outcome[]): Promise<string> {
	const definition = testDefinition({ pruner: { id: 'median' } });
	const { head } = await client.call('create', { definition, trials: 99, observations: [] });
	const { id } = head;
	for (const outcome of ends) {
		const { number: trial } = await client.call('ask', { id, fixed: null });
		if (typeof outcome === 'number')
			await client.call('report', { id, trial, step: 1, value: outcome });
		await client.call('tell', { id, trial, outcome });
	}
	return id;
}

const BY_VALUE = { by: 'value', descending: true } as const;

async function valuesOf(client: StudyClient, id: string): Promise<(number | null)[]> {
	const range = { sort: BY_VALUE, start: 0, count: 1_000 };
	const { rows } = await client.call('rows', { id, filter: ALL_TRIALS, ...range });
	return rows.map(({ value }) => value);
}

/** Draws, exports, imports and asks. @returns values after each way there and back */
async function everything(client: StudyClient, id: string): Promise<(number | null)[][]> {
	for (const plot of STUDY_PLOT_IDS) {
		const figure = await client.call('figure', {
			ids: [id],
			plot,
			filter: ALL_TRIALS,
			options: {},
		});
		expect(figureProblems(figure)).toEqual([]);
	}
	const back: (number | null)[][] = [];
	for (const format of EXPORT_FORMATS) {
		const { bytes } = await client.call('export', { id, format, filter: ALL_TRIALS });
		if (format === 'csv') continue;
		const { studies } = await client.call('import', { bytes });
		back.push(await valuesOf(client, studies[0]!.id));
	}
	const { params } = await client.call('ask', { id, fixed: null });
	expect(Object.keys(params)).toEqual(['lr', 'batch']);
	return back;
}

describe('a study', () => {
	it('of which all trials failed has no best one, says so, and can be gone on with', async () => {
		const client = setUp();
		const ends = Array.from({ length: 15 }, (_, i): Outcome => {
			return i % 2 ? NaN : { state: 'FAIL', reason: 'Out of paper.' };
		});
		const id = await studyOf(client, ends);
		const { best, head } = await client.call('state', { id });
		expect([best, head.summary.best, head.summary.counts.FAIL]).toEqual([null, null, 15]);
		const options = { ids: [id], plot: 'history', filter: ALL_TRIALS, options: {} } as const;
		expect((await client.call('figure', options)).empty).toMatch(/\.$/);
		for (const values of await everything(client, id))
			expect(values).toEqual(new Array(15).fill(null));
		const { rows } = await client.call('rows', {
			...{ id, filter: { ...ALL_TRIALS, text: 'paper' }, sort: BY_VALUE, start: 0, count: 99 },
		});
		expect(rows).toHaveLength(8);
	});

	it('with values that are infinite, and reports that are no numbers, keeps them', async () => {
		const client = setUp();
		const ends = [
			1,
			Infinity,
			-Infinity,
			0,
			NaN,
			2,
			...Array.from({ length: 12 }, (_, i) => i / 4),
		];
		const id = await studyOf(client, ends);
		const sorted = ends.filter((end) => !Number.isNaN(end)).sort((a, b) => (a === b ? 0 : b - a));
		const expected = [...sorted, null];
		expect(await valuesOf(client, id)).toEqual(expected);
		expect((await client.call('state', { id })).best).toMatchObject({ number: 1, value: Infinity });
		expect(await client.call('reports', { id, trial: 4 })).toEqual([[1, NaN]]);
		for (const values of await everything(client, id)) expect(values).toEqual(expected);
	});

	it('of 100,000 trials opens, is filtered, drawn and searched', () => {
		const events: StudyEvent[] = [];
		const value = (trial: number) => ((trial * 7_919) % 10_007) / 10_007;
		for (let trial = 0; trial < 100_000; trial++) {
			const inputs = suggestRandom({ space: testSpace, seed: 1, trial });
			events.push({ type: 'ask', at: trial, trial, space: 0, inputs });
			const end = { state: 'COMPLETE' as const, values: [value(trial)], reason: null };
			events.push({ type: 'tell', at: trial + 1, trial, ...end });
		}
		const definition = testDefinition();
		const study = new Study(definition, events);
		const filter = { ...ALL_TRIALS, improving: true };
		const window = windowOf(study, { id: '', filter, sort: BY_VALUE, start: 0, count: 100 });
		expect(window.rows[0]!.value).toBe(Math.max(...window.rows.map((row) => row.value!)));
		expect(window.total).toBeGreaterThan(3);
		const head = { summary: study.summary } as Parameters<typeof stateOf>[1]['head'];
		expect(stateOf(study, { head, running: false, elsewhere: 0 }).best?.value).toBe(
			window.rows[0]!.value,
		);
		for (const plot of ['history', 'slice', 'edf'] as const)
			expect(figureProblems(figureOf([study], { plot, filter: ALL_TRIALS, options: {} }))).toEqual(
				[],
			);
		const { inputs } = study.asked(0);
		expect(inputs).toHaveLength(2);
	});
});
