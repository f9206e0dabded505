import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import type { FilesFault } from '../store/files';
import { createFaultStore, type Fault, type FaultKind } from '../store/fault-store';
import { createIndexedDbStore } from '../store/indexed-db';
import { createMemoryStore, type MemoryRecords } from '../store/memory';
import { recoverRuns } from './recover';
import { epochKey, RUN_COLLECTIONS, slotFile, slotKey } from './run-row';
import { findCheckpoint, RunWriter } from './run-store';
import { checkpointAfter, epochRow, runRow, storageOver } from './testing-runs';

const collections = Object.values(RUN_COLLECTIONS);
const DAY = 86_400_000;

/** A device: what is on it stays when the page goes. */
class Device {
	records: MemoryRecords = new Map();
	files = new Map<string, Uint8Array>();

	storage(fault?: Fault, filesFault?: FilesFault) {
		const memory = createMemoryStore({ name: 'lemur::v1', collections, records: this.records });
		// As far as saving goes, these records outlive the page.
		const store = Object.assign(fault ? createFaultStore(memory, fault) : memory, {});
		Object.defineProperty(store, 'persistent', { value: true });
		return storageOver(store, this.files, filesFault);
	}

	async after(now = 2_000) {
		const storage = this.storage();
		const recovery = await recoverRuns(storage, now);
		const [history] = recovery.runs;
		const found = history && (await findCheckpoint(storage, history.run));
		return { storage, recovery, history, found };
	}
}

/** Three epochs, each with a checkpoint. @returns the epochs that were called safe */
async function train(storage: ReturnType<Device['storage']>) {
	const writer = new RunWriter(storage, runRow());
	const safe: number[] = [];
	const problems: string[] = [];
	const begun = await writer.begin();
	problems.push(...begun.problems);
	for (const epoch of [1, 2, 3]) {
		const saved = await writer.saveEpoch(epochRow(epoch), checkpointAfter(epoch));
		problems.push(...saved.problems);
		if (saved.safe) safe.push(epoch);
	}
	await writer.end({ code: 'FINISHED', reason: 'done', value: 0.5 });
	return { safe, problems };
}

const epochsOf = (history: { epochs: readonly { epoch: number }[] } | undefined) =>
	history?.epochs.map(({ epoch }) => epoch) ?? [];

describe('RunWriter', () => {
	it('stores rows, checkpoint and pointer; two slots take turns', async () => {
		const device = new Device();
		const writer = new RunWriter(device.storage(), runRow());
		await writer.begin();
		for (const epoch of [1, 2, 3]) {
			await writer.saveEpoch(epochRow(epoch), checkpointAfter(epoch));
			const { history, found } = await device.after();
			expect(epochsOf(history)).toEqual([1, 2, 3].slice(0, epoch));
			expect(history?.epochs.at(-1)).toEqual(epochRow(epoch));
			expect(found).toEqual({ checkpoint: checkpointAfter(epoch), problems: [] });
			expect(history?.run).toMatchObject({
				epochs: epoch,
				best: 0.5 + epoch / 100,
				state: 'running',
			});
		}
		expect(device.files.has(slotFile('a', 1))).toBe(true);
		expect(device.records.get('checkpoints')?.has(slotKey('a', 0))).toBe(true);
	});

	it('never changes a stored epoch, but takes the state after it', async () => {
		const device = new Device();
		const writer = new RunWriter(device.storage(), runRow());
		await writer.saveEpoch(epochRow(1), checkpointAfter(1));
		await writer.saveEpoch({ ...epochRow(1), accuracy: 0.9 }, checkpointAfter(7));
		const { history, found } = await device.after();
		expect(history?.epochs).toEqual([epochRow(1)]);
		expect(history?.run.best).toBe(0.51);
		expect(found?.checkpoint).toEqual(checkpointAfter(7));
	});

	it('runs over IndexedDB, blobs included', async () => {
		const store = createIndexedDbStore({ name: 'runs', collections });
		const storage = storageOver(store);
		expect(await train(storage)).toEqual({ safe: [1, 2, 3], problems: [] });
		const { runs } = await recoverRuns(storage, 2_000);
		expect(epochsOf(runs[0])).toEqual([1, 2, 3]);
		const { run } = runs[0]!;
		expect((await findCheckpoint(storage, run)).checkpoint).toEqual(checkpointAfter(3));
		const older = { ...run, current: run.current === 0 ? 1 : 0 } as const;
		expect((await findCheckpoint(storage, older)).checkpoint).toEqual(checkpointAfter(2));
	});
});

describe('every storage call fails once, or from then on', () => {
	const KINDS: readonly FaultKind[] = ['fail', 'abort', 'quota', 'crash'];
	const check = async (device: Device, safe: readonly number[]) => {
		const { history, found, recovery } = await device.after();
		const epochs = epochsOf(history);
		expect(epochs).toEqual(epochs.map((_, at) => at + 1)); // dense
		expect(epochs).toEqual(expect.arrayContaining([...safe])); // nothing that was called safe is lost
		if (found?.checkpoint) {
			// It is a whole one, of an epoch that was trained.
			expect(checkpointAfter(found.checkpoint.epoch - 1)).toEqual(found.checkpoint);
			expect(found.checkpoint.epoch - 1).toBeLessThanOrEqual(3);
		}
		const again = await device.after();
		expect(again.recovery).toEqual({ ...recovery, problems: [] }); // both copies are whole now
	};

	it.each(KINDS)('%s in the database', async (kind) => {
		let failures = 0;
		for (let at = 1; at < 60; at++)
			for (const sticky of [false, true]) {
				const device = new Device();
				const { safe, problems } = await train(device.storage({ kind, at, sticky }));
				failures += problems.length;
				await check(device, safe);
				expect(safe).toEqual([1, 2, 3]); // the journal has them
			}
		expect(failures).toBeGreaterThan(20); // they struck
	});

	it.each(['torn', 'full'] as const)('%s files', async (kind) => {
		for (let at = 1; at < 12; at++)
			for (const sticky of [false, true]) {
				const device = new Device();
				const { safe } = await train(device.storage(undefined, { kind, at, sticky }));
				await check(device, safe);
				expect(safe).toEqual([1, 2, 3]);
			}
	});

	it('both at once: what was not called safe may be missing, the rest is there', async () => {
		let unsafe = 0;
		for (let at = 1; at < 12; at++) {
			const device = new Device();
			const storage = device.storage(
				{ kind: 'quota', at: at * 4, sticky: true },
				{ kind: 'full', at, sticky: true },
			);
			const { safe, problems } = await train(storage);
			if (safe.length < 3) unsafe++;
			if (safe.length < 3) expect(problems.join()).toMatch(/no more space/);
			await check(device, safe);
		}
		expect(unsafe).toBeGreaterThan(0);
	});
});

describe('recoverRuns', () => {
	it('rebuilds a database that the browser threw away, and goes on from the file', async () => {
		const device = new Device();
		await train(device.storage());
		const whole = (await device.after()).history;
		device.records = new Map();
		const { recovery, history, found } = await device.after();
		expect(history).toEqual(whole);
		expect(recovery.problems[0]).toMatch(/restored/);
		// the newest lay in the database, the one before in the file: one epoch is trained again
		expect(found?.checkpoint).toEqual(checkpointAfter(2));
		expect(found?.problems).toHaveLength(1);
		expect((await device.after()).recovery.problems).toEqual([]);
	});

	it('rebuilds the journal from the database', async () => {
		const device = new Device();
		await train(device.storage());
		const whole = (await device.after()).history;
		device.files = new Map();
		await device.after();
		device.records = new Map();
		expect((await device.after()).history).toEqual(whole);
	});

	it('takes the other slot where one is damaged, and says so', async () => {
		const device = new Device();
		await train(device.storage());
		const bytes = device.files.get(slotFile('a', 1))!;
		bytes[bytes.length - 3]! ^= 4;
		device.records.get('checkpoints')!.delete(slotKey('a', 0));
		const { found } = await device.after();
		expect(found?.checkpoint).toBeUndefined();
		expect(found?.problems.join()).toMatch(/missing.*damaged/);
	});

	it('says which rows cannot be read and leaves them', async () => {
		const device = new Device();
		await train(device.storage());
		device.records.get('epochs')!.set(epochKey('a', 2), { run: 'a', epoch: 'two' });
		const { recovery, history } = await device.after();
		expect(recovery.problems[0]).toMatch(/1 stored rows/);
		expect(epochsOf(history)).toEqual([1, 2, 3]); // from the journal
	});

	it('keeps deleted runs for a week, then clears them away for good', async () => {
		const device = new Device();
		await train(device.storage());
		const { run } = (await device.after()).recovery.runs[0]!;
		await new RunWriter(device.storage(), run).remove(2_000);
		const soon = await device.after(3_000);
		expect([soon.recovery.runs.length, soon.recovery.removed.length]).toEqual([0, 1]);
		await new RunWriter(device.storage(), soon.recovery.removed[0]!.run).remove(null);
		expect((await device.after(3_000)).recovery.runs).toHaveLength(1);
		await new RunWriter(device.storage(), (await device.after()).recovery.runs[0]!.run).remove(
			2_000,
		);
		const late = await device.after(2_001 + 7 * DAY);
		expect([late.recovery.runs.length, late.recovery.removed.length]).toEqual([0, 0]);
		expect(device.records.get('epochs')?.size).toBe(0);
		expect([...device.files.keys()]).toEqual(['journal-000001.jsonl']);
		expect((await device.after()).recovery.runs).toEqual([]);
	});
});
