/**
 * What is read at start: the runs of the database and those of the journal, merged. Each run's newer
 * row wins, epochs of both are joined, and the copy that lacks something is completed. Nothing is
 * deleted because the two differ; only what a person deleted goes, after its time.
 */
import * as v from 'valibot';
import { readRecords } from '../store/records';
import { toStoreError } from '../store/store-error';
import {
	epochKey,
	epochRowSchema,
	journalEntrySchema,
	RUN_COLLECTIONS,
	runRowSchema,
	slotFile,
	slotKey,
	type EpochRow,
	type JournalEntry,
	type RunHistory,
	type RunRow,
} from './run-row';
import type { RunStorage } from './run-store';

export interface Recovery {
	/** all runs that were not deleted, the newest first */
	readonly runs: readonly RunHistory[];
	/** runs that were deleted and can be had back */
	readonly removed: readonly RunHistory[];
	/** what was mended or could not be read, a sentence each */
	readonly problems: readonly string[];
}

/** A deleted run can be had back for so long, ms. */
const KEPT_REMOVED = 7 * 24 * 60 * 60 * 1000;

/** One copy of all runs. */
type Copy = ReadonlyMap<
	string,
	{ readonly run: RunRow; readonly epochs: ReadonlyMap<number, EpochRow> }
>;

/** @param now ms since 1970 */
export async function recoverRuns(storage: RunStorage, now: number): Promise<Recovery> {
	const problems: string[] = [];
	const inStore = await readStore(storage, problems);
	const inJournal = await readJournal(storage, problems);
	const merged = [...new Set([...inStore.keys(), ...inJournal.keys()])].map((id) =>
		mergeRun(inStore.get(id), inJournal.get(id)),
	);
	const kept: RunHistory[] = [];
	for (const one of merged) {
		if (one.run.purged) continue;
		if (one.run.removed !== null && now - one.run.removed > KEPT_REMOVED)
			await purge(storage, one.run, problems);
		else kept.push(one);
	}
	await complete(storage, kept, { inStore, inJournal }, problems);
	kept.sort((a, b) => b.run.created - a.run.created || (a.run.id < b.run.id ? -1 : 1));
	return {
		runs: kept.filter(({ run }) => run.removed === null),
		removed: kept.filter(({ run }) => run.removed !== null),
		problems,
	};
}

async function readStore({ store }: RunStorage, problems: string[]): Promise<Copy> {
	try {
		const runs = await readRecords(store, RUN_COLLECTIONS.runs, runRowSchema);
		const epochs = await readRecords(store, RUN_COLLECTIONS.epochs, epochRowSchema);
		const damaged = runs.damaged.length + epochs.damaged.length;
		if (damaged > 0) problems.push(`${damaged} stored rows of runs cannot be read.`);
		return copyOf(
			runs.records.map((run) => ({ run, epochs: [] })),
			epochs.records,
		);
	} catch (thrown) {
		problems.push(`The stored runs cannot be read: ${toStoreError(thrown).message}`);
		return new Map();
	}
}

async function readJournal({ journal }: RunStorage, problems: string[]): Promise<Copy> {
	if (!journal) return new Map();
	try {
		const { entries, damaged } = await journal.read();
		const known = entries.flatMap((entry) => {
			const result = v.safeParse(journalEntrySchema, entry);
			return result.success ? [result.output] : [];
		});
		const lost = damaged + entries.length - known.length;
		if (lost > 0) problems.push(`${lost} lines of the second copy cannot be read.`);
		return copyOf(
			known,
			known.flatMap(({ epochs }) => epochs),
		);
	} catch (thrown) {
		problems.push(`The second copy cannot be read: ${toStoreError(thrown).message}`);
		return new Map();
	}
}

/** The newest row of each run, with all its epochs; epochs of no run are left out. */
function copyOf(entries: readonly JournalEntry[], epochs: readonly EpochRow[]): Copy {
	const copy = new Map<string, { run: RunRow; epochs: Map<number, EpochRow> }>();
	for (const { run } of entries) {
		const known = copy.get(run.id);
		if (!known) copy.set(run.id, { run, epochs: new Map() });
		else if (run.rev >= known.run.rev) known.run = run;
	}
	for (const epoch of epochs) {
		const known = copy.get(epoch.run)?.epochs;
		if (known && !known.has(epoch.epoch)) known.set(epoch.epoch, epoch);
	}
	return copy;
}

type One = Copy extends ReadonlyMap<string, infer T> ? T : never;

function mergeRun(a: One | undefined, b: One | undefined): RunHistory {
	const newer = !a || (b && b.run.rev > a.run.rev) ? b! : a;
	const epochs = new Map([...(b?.epochs ?? []), ...(a?.epochs ?? [])]);
	const sorted = [...epochs.values()].sort((x, y) => x.epoch - y.epoch);
	return { run: newer.run, epochs: sorted };
}

/** Writes into each copy what only the other one had. */
async function complete(
	{ store, journal }: RunStorage,
	merged: readonly RunHistory[],
	{ inStore, inJournal }: { readonly inStore: Copy; readonly inJournal: Copy },
	problems: string[],
): Promise<void> {
	const { runs, epochs } = RUN_COLLECTIONS;
	let restored = 0;
	for (const one of merged)
		try {
			if (lacks(inStore.get(one.run.id), one)) {
				await store.tx([runs, epochs], 'write', async (tx) => {
					await tx.put(runs, one.run.id, one.run);
					for (const row of one.epochs) await tx.put(epochs, epochKey(row.run, row.epoch), row);
				});
				restored++;
			}
			if (journal && lacks(inJournal.get(one.run.id), one)) await journal.append(one);
		} catch (thrown) {
			problems.push(`A run could not be completed: ${toStoreError(thrown).message}`);
		}
	if (restored > 0)
		problems.push(
			`The browser had lost ${restored === 1 ? 'a run' : `${restored} runs`} in part or whole; restored from the second copy.`,
		);
}

function lacks(copy: One | undefined, { run, epochs }: RunHistory): boolean {
	return !copy || copy.run.rev < run.rev || copy.epochs.size < epochs.length;
}

async function purge(storage: RunStorage, run: RunRow, problems: string[]): Promise<void> {
	const { store, journal, files } = storage;
	const { runs, epochs, checkpoints } = RUN_COLLECTIONS;
	try {
		await journal?.append({ run: { ...run, rev: run.rev + 1, purged: true }, epochs: [] });
		await store.tx([runs, epochs, checkpoints], 'write', async (tx) => {
			for (let epoch = 1; epoch <= run.epochs; epoch++)
				await tx.delete(epochs, epochKey(run.id, epoch));
			for (const slot of [0, 1] as const) await tx.delete(checkpoints, slotKey(run.id, slot));
			await tx.delete(runs, run.id);
		});
		for (const slot of [0, 1] as const) await files?.remove(slotFile(run.id, slot));
	} catch (thrown) {
		problems.push(`A deleted run could not be cleared away: ${toStoreError(thrown).message}`);
	}
}

/** For the journal when it is full: one line a run; deleted ones are left out once they are purged. */
export function compactRuns(entries: readonly unknown[]): JournalEntry[] {
	const known = entries.flatMap((entry) => {
		const result = v.safeParse(journalEntrySchema, entry);
		return result.success ? [result.output] : [];
	});
	const copy = copyOf(
		known,
		known.flatMap(({ epochs }) => epochs),
	);
	return [...copy.values()]
		.filter(({ run }) => !run.purged)
		.map(({ run, epochs }) => ({ run, epochs: [...epochs.values()] }));
}
