import { expect, it } from 'vitest';
import { createMemoryStore } from '../store/memory';
import { RUN_COLLECTIONS } from './run-row';
import { RunWriter } from './run-store';
import { readSafetensors } from './safetensors';
import { storedCheckpoint, weightsFile } from './stored-weights';
import { checkpointAfter, epochRow, runRow, storageOver } from './testing-runs';

const storage = () =>
	storageOver(
		createMemoryStore({ name: 'lemur::v1', collections: Object.values(RUN_COLLECTIONS) }),
	);

it('is the newest checkpoint, and a file that names its run', async () => {
	const place = storage();
	const writer = new RunWriter(place, runRow());
	for (const epoch of [1, 2]) await writer.saveEpoch(epochRow(epoch), checkpointAfter(epoch));
	const checkpoint = await storedCheckpoint(place, writer.run);
	expect(checkpoint).toEqual(checkpointAfter(2));
	const { tensors, metadata } = readSafetensors(weightsFile(writer.run, checkpoint));
	expect([...tensors.keys()]).toEqual(['conv.weight']);
	expect([metadata.get('epoch'), metadata.get('uid')]).toEqual(['2', writer.run.uid]);
});

it('says why there is none', async () => {
	await expect(storedCheckpoint(storage(), runRow())).rejects.toMatchObject({
		code: 'TRAIN_WEIGHTS',
		message: expect.stringContaining('It has finished no epoch.'),
	});
	const place = storage();
	const writer = new RunWriter(place, runRow());
	await writer.saveEpoch(epochRow(1), checkpointAfter(1));
	const lost = { ...place, store: storage().store };
	await expect(storedCheckpoint(lost, writer.run)).rejects.toThrow(/it is missing/);
});
