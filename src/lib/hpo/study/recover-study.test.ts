import { describe, expect, it } from 'vitest';
import { createFaultStore, type FaultKind } from '../../store/fault-store';
import { createMemoryFolders, type FilesFault } from '../../store/files';
import { exclusiveBy } from '../../store/journal';
import type { MemoryRecords } from '../../store/memory';
import type { Store } from '../../store/store';
import { Studies } from './studies';
import type { StoredStudy } from './stored-study';
import { studyJournals } from './study-journal';
import { STUDY_COLLECTIONS } from './study-record';
import { memoryStore, testDefinition, testEffects } from './testing';

/** A device: a database and a folder of files, which do not fail together. */
function device() {
	const records: MemoryRecords = new Map();
	const folders = new Map<string, Map<string, Uint8Array>>();
	const problems: string[] = [];
	/** what a page that is opened now sees */
	const opened = (store: Store = memoryStore(records), fault?: FilesFault) => {
		const exclusive = exclusiveBy('', undefined as unknown as LockManager);
		const journals = studyJournals(createMemoryFolders(folders, fault), exclusive);
		const onProblem = (sentence: string) => problems.push(sentence);
		return new Studies(store, { ...testEffects(), journals, onProblem });
	};
	const reopened = async () => {
		const studies = opened();
		await studies.restore();
		return studies;
	};
	return { records, folders, problems, opened, reopened, wipe: () => records.clear() };
}

/** Asks, reports and tells until something fails. @returns what was acknowledged */
async function work(studies: Studies, id: string, trials = 3): Promise<string[]> {
	const acknowledged: string[] = [];
	try {
		const study = await studies.open(id);
		for (let i = 0; i < trials; i++) {
			const { number } = await study.ask();
			acknowledged.push(`ask ${number}`);
			await study.report(number, 0, i === 0 ? NaN : Infinity);
			acknowledged.push(`report ${number}`);
			await study.tell(number, i === 1 ? -Infinity : i);
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

const { heads, events } = STUDY_COLLECTIONS;

describe('two copies of a study', () => {
	it('brings back all of a study that the database has lost, numbers that are none too', async () => {
		const { opened, reopened, wipe, problems } = device();
		const studies = opened();
		const { id } = await studies.create(testDefinition());
		await studies.rename(id, 'Kept twice');
		await work(studies, id);
		const before = await studies.open(id);
		wipe();
		await expect(opened().open(id)).resolves.toBeDefined();
		wipe();
		const again = await reopened();
		const { studies: list } = await again.list();
		expect(list).toMatchObject([{ id, title: 'Kept twice', summary: { done: 3 } }]);
		const study = await again.open(id);
		expect(study.study.trials).toEqual(before.study.trials);
		expect(study.study.trial(0).intermediate.get(0)).toBeNaN();
		expect(study.study.asked(0)).toEqual(before.study.asked(0));
		expect(problems.at(-1)).toMatch(/had lost the study “Kept twice” .* restored/);
	});

	it.each(['crash', 'quota'] satisfies FaultKind[])(
		'%s at any point of a tell, then a lost database: nothing that ended a trial is lost',
		async (kind) => {
			for (let at = 1; ; at++) {
				const { records, opened, reopened, wipe } = device();
				const { id } = await opened().create(testDefinition());
				const faulty = createFaultStore(memoryStore(records), { kind, at });
				const acknowledged = await work(opened(faulty), id);
				const safe = acknowledged.at(-1)?.startsWith('report') ? 1 : 0;
				if (at % 2) wipe();
				const { study } = await (await reopened()).open(id);
				const kept = acknowledged.slice(0, at % 2 ? acknowledged.length - safe : undefined);
				expect(factsOf(study).slice(0, kept.length)).toEqual(kept);
				if (acknowledged.length === 9) break;
			}
		},
	);

	it('goes on without a second copy that fails, says so, and completes it later', async () => {
		for (const fault of [
			{ at: 2, kind: 'torn' },
			{ at: 3, kind: 'full', sticky: true },
		] satisfies FilesFault[]) {
			const { opened, reopened, wipe, problems } = device();
			const studies = opened(undefined, fault);
			const { id } = await studies.create(testDefinition());
			expect(await work(studies, id)).toHaveLength(9);
			expect(problems.length).toBeGreaterThan(0);
			expect(problems[0]).toMatch(/^The second copy of a study was not saved: /);
			await (await reopened()).open(id);
			wipe();
			expect(factsOf((await (await reopened()).open(id)).study)).toHaveLength(9);
		}
	});

	it('takes from each what only it has: the end of a database, a study from before journals', async () => {
		const { records, folders, opened, reopened, problems } = device();
		const { id } = await opened().create(testDefinition());
		await work(opened(), id);
		const study = await opened().open(id);
		// An older state of the database has come back.
		const stored = records.get(events)!;
		const keys = [...stored.keys()].slice(-3);
		for (const key of keys) stored.delete(key);
		const head = records.get(heads)!.get(id) as { next: number };
		records.get(heads)!.set(id, { ...head, next: head.next - keys.length });
		const restored = await (await reopened()).open(id);
		expect(restored.study.trials).toEqual(study.study.trials);
		expect(restored.head).toEqual(study.head);
		folders.clear();
		problems.length = 0;
		await (await reopened()).open(id);
		records.clear();
		expect((await (await reopened()).open(id)).study.trials).toEqual(study.study.trials);
	});

	it('leaves out what does not follow when both copies are damaged, and can be gone on with', async () => {
		const { folders, opened, reopened, wipe, problems } = device();
		const { id } = await opened().create(testDefinition());
		await work(opened(), id, 6);
		wipe();
		const [file] = folders.get(id)!.values();
		const newline = file!.indexOf(10, file!.length / 2);
		file![newline + 30]! ^= 1;
		const study = await (await reopened()).open(id);
		expect(study.study.trials.length).toBeGreaterThan(2);
		expect(problems.join(' ')).toMatch(/What did not follow/);
		await study.tell((await study.ask()).number, 1);
		wipe();
		const again = await (await reopened()).open(id);
		expect(again.study.trials).toEqual(study.study.trials);
	});

	it('does not bring back what was removed for good', async () => {
		const { records, opened, reopened, folders } = device();
		let day = 0;
		const later = new Studies(memoryStore(records), {
			...{ ...testEffects(), now: () => day * 86_400_000, newId: () => `fedcba${day}` },
			journals: studyJournals(createMemoryFolders(folders), (work) => work()),
		});
		const { id } = await opened().create(testDefinition());
		await later.remove(id);
		records.clear();
		expect((await (await reopened()).list()).studies).toEqual([]);
		day = 8;
		const other = await later.create(testDefinition());
		await later.remove(other.id);
		expect([...folders.keys()]).toEqual([other.id]);
		expect((await (await reopened()).open(other.id)).head.removed).not.toBeNull();
	});
});
