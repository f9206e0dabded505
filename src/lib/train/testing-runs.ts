/** Runs and checkpoints made up for tests of storage. */
import { createMemoryFiles, type FilesFault } from '../store/files';
import { exclusiveBy, Journal } from '../store/journal';
import type { Store } from '../store/store';
import type { Checkpoint } from './effects';
import { epochRecord, recordText, runPrm, runUid, type RunFacts } from './record';
import { compactRuns } from './recover';
import type { EpochRow, RunRow } from './run-row';
import type { RunStorage } from './run-store';
import { tinyConfig } from './testing';

export const FACTS: RunFacts = { backend: 'cpu', adapter: '', software: false };

export function runRow(id = 'a', overrides: Partial<RunRow> = {}): RunRow {
	const prm = runPrm(tinyConfig, FACTS);
	return {
		...{ id, rev: 0, created: 1_000, config: tinyConfig, facts: FACTS, parent: null },
		...{ prm: recordText(prm), uid: runUid(prm), state: 'running', outcome: null, notes: [] },
		...{ epochs: 0, best: null, slots: [null, null], current: 0, removed: null, purged: false },
		...overrides,
	};
}

export function epochRow(epoch: number, run = 'a'): EpochRow {
	const accuracy = 0.5 + epoch / 100;
	const record = recordText(epochRecord(runPrm(tinyConfig, FACTS), { accuracy, duration: epoch }));
	const losses = { trainLoss: 1 / epoch, testLoss: null, samplesPerSecond: 100 };
	return { run, epoch, accuracy, duration: epoch, ...losses, curve: [1, 0.5], record };
}

/** After `epoch` epochs; its numbers tell which one it is. */
export function checkpointAfter(epoch: number): Checkpoint {
	const values = Float32Array.from({ length: 50 }, (_, i) => epoch + i / 7);
	return {
		...{ epoch: epoch + 1, step: 0, duration: epoch * 10.5, accuracy: 0.5 + epoch / 100 },
		...{ loss: { sum: 0, count: 0 }, dataHash: 'data' },
		net: {
			weights: new Map([['conv.weight', { shape: [2, 25], values }]]),
			optimizers: [
				{
					lrs: [0.1],
					steps: [epoch, null],
					tensors: [{ parameter: 0, name: 'momentum', values: values.slice(1) }],
				},
			],
			random: { seed: 4_000_000_000, stream: epoch },
		},
	};
}

/** Storage over a store and a map of files, both of which can be opened again. */
export function storageOver(
	store: Store,
	contents = new Map<string, Uint8Array>(),
	fault?: FilesFault,
): RunStorage & { readonly journal: Journal } {
	const files = createMemoryFiles(contents, fault);
	const exclusive = exclusiveBy('', undefined as unknown as LockManager);
	return { store, files, journal: new Journal({ files, exclusive, compact: compactRuns }) };
}
