import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { createFaultStore, type FaultKind } from '../../store/fault-store';
import { createIndexedDbStore } from '../../store/indexed-db';
import type { MemoryRecords } from '../../store/memory';
import { categorical, float } from '../distributions';
import { spaceOf } from '../space';
import type { StudyEvent } from './events';
import { Studies } from './studies';
import type { StoredStudy } from './stored-study';
import { STUDY_COLLECTIONS } from './study-record';
import { memoryStore, memoryStudies, testDefinition, testEffects } from './testing';

const PRUNED = { pruner: { id: 'median', startupTrials: 0 } } as const;

async function opened(studies: Studies): Promise<StoredStudy> {
	return studies.open((await studies.create(testDefinition())).id);
}

describe('Studies', () => {
	it('lists what was created, with its figures, newest change first', async () => {
		const studies = memoryStudies();
		const first = await studies.create(testDefinition({ name: 'first' }));
		await studies.create(testDefinition({ name: 'second' }));
		const study = await studies.open(first.id);
		await study.plan(5);
		const { number } = await study.ask();
		await study.tell(number, 0.5);
		await study.ask();
		const { studies: list, damaged } = await studies.list();
		expect(damaged).toEqual([]);
		expect(list.map(({ definition }) => definition.name)).toEqual(['first', 'second']);
		expect(list[0]!.summary).toMatchObject({
			counts: { RUNNING: 1, COMPLETE: 1 },
			best: { trial: 0, value: 0.5 },
			planned: 5,
			done: 1,
			trials: 2,
		});
	});

	it('removes with undo, and forgets for good after seven days', async () => {
		const records: MemoryRecords = new Map();
		const effects = testEffects();
		let day = 0;
		const studies = new Studies(memoryStore(records), { ...effects, now: () => day * 86_400_000 });
		const old = await opened(studies);
		await old.ask();
		await studies.remove(old.id);
		expect((await studies.list()).studies).toEqual([]);
		await studies.undo(old.id);
		expect((await studies.list()).studies).toHaveLength(1);
		await studies.remove(old.id);
		day = 8;
		const other = await opened(studies);
		await studies.remove(other.id);
		expect(records.get(STUDY_COLLECTIONS.events)?.size).toBe(0);
		expect([...records.get(STUDY_COLLECTIONS.heads)!.keys()]).toEqual([other.id]);
	});

	it('tells missing, damaged and newer studies apart, and loses none of them', async () => {
		const records: MemoryRecords = new Map();
		const studies = memoryStudies(records);
		await expect(studies.open('abcdef')).rejects.toMatchObject({ code: 'GONE' });
		const study = await opened(studies);
		await study.ask();
		const heads = records.get(STUDY_COLLECTIONS.heads)!;
		const events = records.get(STUDY_COLLECTIONS.events)!;
		const [key] = events.keys();
		const whole = events.get(key!);
		events.set(key!, { by: 'x', events: [{ type: 'ask' }] });
		await expect(studies.open(study.id)).rejects.toMatchObject({ code: 'DAMAGED' });
		events.set(key!, whole);
		heads.set(study.id, { ...(heads.get(study.id) as object), version: 2 });
		await expect(studies.open(study.id)).rejects.toMatchObject({ code: 'NEWER' });
		expect((await studies.list()).damaged).toHaveLength(1);
		expect(heads.size + events.size).toBe(2);
	});

	it('takes 3,000 events at once and gives them back', async () => {
		const studies = memoryStudies();
		const events = Array.from({ length: 1_500 }, (_, trial): StudyEvent[] => [
			{ type: 'ask', at: 0, trial, space: 0, inputs: [0.5, 1] },
			{ type: 'tell', at: 1, trial, state: 'COMPLETE', values: [trial], reason: null },
		]).flat();
		const { id } = await studies.create(testDefinition(), events);
		const { study } = await studies.open(id);
		expect(study.summary).toMatchObject({ done: 1_500, best: { value: 1_499 } });
	});
});

describe('StoredStudy', () => {
	it('is the same after a reopening, with the same next suggestion', async () => {
		const records: MemoryRecords = new Map();
		const studies = memoryStudies(records);
		const { id } = await studies.create(testDefinition(PRUNED));
		const study = await studies.open(id);
		for (let i = 0; i < 15; i++) {
			const { number } = await study.ask();
			const prune = await study.report(number, 0, i === 5 ? NaN : i % 4);
			await study.tell(number, prune ? { state: 'PRUNED' } : i % 4);
		}
		await study.note(3, 'odd');
		await study.tag(3, ['later']);
		await study.restart(spaceOf({ lr: float(0, 1), batch: categorical([1]) }), 'out of memory');
		const again = await memoryStudies(records).open(id);
		expect(again.study.trials).toEqual(study.study.trials);
		expect(again.study.trial(3)).toMatchObject({ note: 'odd', tags: ['later'] });
		expect(again.study.asked(0)).toEqual(study.study.asked(0));
		expect(study.study.summary.counts.PRUNED).toBeGreaterThan(0);
	});

	it('lets two tabs search in one study, and each sees what the other found', async () => {
		const records: MemoryRecords = new Map();
		const store = memoryStore(records);
		const { id } = await new Studies(store, testEffects()).create(testDefinition());
		const tabs = await Promise.all(
			['a', 'b'].map((writer) => new Studies(store, testEffects(writer)).open(id)),
		);
		await Promise.all(
			tabs.map(async (tab) => {
				for (let i = 0; i < 10; i++) await tab.tell((await tab.ask()).number, i);
			}),
		);
		await Promise.all(tabs.map((tab) => tab.refresh()));
		expect(tabs[0]!.study.trials).toEqual(tabs[1]!.study.trials);
		expect(tabs[0]!.study.summary.counts).toMatchObject({ COMPLETE: 20, RUNNING: 0 });
		expect(new Set(tabs[0]!.study.trials.map(({ writer }) => writer))).toEqual(new Set(['a', 'b']));
	});

	it('knows whose running trials nobody runs any more', async () => {
		const records: MemoryRecords = new Map();
		const effects = testEffects('alive');
		effects.alive.add('other');
		const studies = new Studies(memoryStore(records), effects);
		const { id } = await studies.create(testDefinition());
		for (const writer of ['other', 'closed', 'alive'])
			await (await memoryStudies(records, writer).open(id)).ask();
		expect(await (await studies.open(id)).interrupted()).toEqual([1, 2]);
	});

	it('tells its listeners of every event', async () => {
		const study = await opened(memoryStudies());
		const seen: string[] = [];
		const stop = study.onEvents((events) => seen.push(...events.map(({ type }) => type)));
		const { number } = await study.ask();
		await study.report(number, 0, 1);
		await study.report(number, 0, 2); // the step is known: nothing is stored
		await study.tell(number, 1);
		stop();
		await study.ask();
		expect(seen).toEqual(['ask', 'report', 'tell']);
	});
});

/** Asks, reports and tells until the store fails; what was acknowledged comes back. */
async function work(studies: Studies, id: string): Promise<string[]> {
	const acknowledged: string[] = [];
	try {
		const study = await studies.open(id);
		for (let i = 0; i < 3; i++) {
			const { number } = await study.ask();
			acknowledged.push(`ask ${number}`);
			await study.report(number, 0, i);
			acknowledged.push(`report ${number}`);
			await study.tell(number, i);
			acknowledged.push(`tell ${number}`);
		}
	} catch {
		// The tab was closed, or the disk is full.
	}
	return acknowledged;
}

function factsOf({ trials }: StoredStudy['study']): string[] {
	return trials.flatMap(({ number, intermediate, state }) => [
		`ask ${number}`,
		...[...intermediate].map(() => `report ${number}`),
		...(state === 'COMPLETE' ? [`tell ${number}`] : []),
	]);
}

describe('a store that fails at any point', () => {
	it.each(['crash', 'quota', 'abort'] satisfies FaultKind[])(
		'%s: keeps whatever was acknowledged, at most one event more, and goes on',
		async (kind) => {
			const outcomes = new Set<number>();
			for (let at = 1; ; at++) {
				const records: MemoryRecords = new Map();
				const { id } = await memoryStudies(records).create(testDefinition());
				const faulty = createFaultStore(memoryStore(records), { kind, at });
				const acknowledged = await work(new Studies(faulty, testEffects()), id);
				const again = await memoryStudies(records).open(id);
				const facts = factsOf(again.study);
				expect(facts.slice(0, acknowledged.length)).toEqual(acknowledged);
				expect(facts.length - acknowledged.length).toBeLessThanOrEqual(1);
				outcomes.add(facts.length - acknowledged.length);
				const running = again.study.trials.filter(({ state }) => state === 'RUNNING');
				for (const { number } of running) await again.tell(number, { state: 'FAIL' });
				await again.tell((await again.ask()).number, 1);
				if (acknowledged.length === 9) break;
			}
			// The sweep met both: writes that were lost, and writes whose answer was.
			expect([...outcomes].sort()).toEqual([0, 1]);
		},
	);

	it('goes on in the same tab after a write whose fate was unknown', async () => {
		const records: MemoryRecords = new Map();
		const { id } = await memoryStudies(records).create(testDefinition());
		const inner = memoryStore(records);
		const probe = createFaultStore(inner);
		await (await new Studies(probe, testEffects()).open(id)).ask();
		for (let at = 1; at <= probe.points * 2; at++) {
			const faulty = createFaultStore(inner, { kind: 'fail', at });
			const study = await new Studies(faulty, testEffects()).open(id).catch(() => null);
			if (!study) continue;
			const { number } = await study.ask().catch(() => study.ask());
			expect((await memoryStudies(records).open(id)).study.trial(number).state).toBe('RUNNING');
		}
	});

	it('works the same over IndexedDB', async () => {
		const collections = Object.values(STUDY_COLLECTIONS);
		const store = () => createIndexedDbStore({ name: 'studies-test', collections });
		const { id } = await new Studies(store(), testEffects()).create(testDefinition());
		const acknowledged = await work(new Studies(store(), testEffects('b')), id);
		expect(acknowledged).toHaveLength(9);
		expect(factsOf((await new Studies(store(), testEffects('c')).open(id)).study)).toEqual(
			acknowledged,
		);
	});
});
