/** What the engine decides itself; what it does with a trial is tested through its client. */
import { beforeAll, describe, expect, it } from 'vitest';
import { reportLoss, useDevice } from '../nn/device';
import { createMemoryStore } from '../store/memory';
import type { BackendVerdict } from './protocol';
import { RUN_COLLECTIONS } from './run-row';
import { tinyConfig, useCpu } from './testing';
import { storageOver } from './testing-runs';
import { fakeWorld } from './testing-worker';

beforeAll(useCpu);

const software: BackendVerdict = {
	...{ backend: 'webgpu', adapter: 'swiftshader', software: true },
	text: 'Runs on WebGPU.',
};

function worldOn(verdict: BackendVerdict, between?: (step: number) => void) {
	const collections = Object.values(RUN_COLLECTIONS);
	const storage = storageOver(createMemoryStore({ name: 'lemur::v1', collections }));
	return fakeWorld({ storage, choose: () => verdict, ...(between ? { between } : {}) });
}

describe('a software adapter', () => {
	it('a run that began on one goes on there, though the processor is tried first', async () => {
		const { client, asked } = worldOn(software, (step) => {
			if (step === 5) void client.control('stop');
		});
		const params = { config: tinyConfig, backend: 'auto' } as const;
		const { history } = await client.train(params, () => undefined);
		await client.train({ ...params, run: history.run.id }, () => undefined);
		expect(asked).toEqual(['auto', 'webgpu']);
	});

	it('lost three times, it gives way to the processor and not to another program', async () => {
		const { client, asked } = worldOn(software, (step) => {
			if (![3, 16, 29].includes(step)) return;
			const gpu = {};
			useDevice(gpu);
			reportLoss(gpu, 'destroyed');
		});
		const { outcome } = await client.train(
			{ config: tinyConfig, backend: 'webgpu' },
			() => undefined,
		);
		expect(outcome.code).toBe('FINISHED');
		expect(asked).toEqual(['webgpu', 'webgpu', 'webgpu', 'cpu']);
	});
});

it.each([
	['a real GPU', false, true],
	['a software adapter', true, false],
])('%s: whether it enlarges the pictures itself', async (_, isSoftware, enlarges) => {
	const { client, opened } = worldOn({ ...software, software: isSoftware });
	const params = { config: { ...tinyConfig, epochs: 1 }, backend: 'webgpu' } as const;
	await client.train(params, () => undefined);
	expect(opened.map(({ split, resizeOnDevice }) => [split, resizeOnDevice])).toEqual([
		['train', enlarges],
		['test', enlarges],
	]);
});
