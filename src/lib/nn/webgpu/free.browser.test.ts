/** Giving GPU memory back: on a device, as only a device has any. */
import { beforeAll, expect, it } from 'vitest';
import { chooseBackend } from '../backend';
import { add } from '../functional';
import { freeUnused, gpuBytes } from '../memory';
import { inStep } from '../scope';
import { tensor } from '../tensor';

beforeAll(async () => {
	const { backend } = await chooseBackend('webgpu');
	if (backend !== 'webgpu') throw new Error(`This test needs WebGPU; there is ${backend}.`);
});

const sums = (size: number) =>
	inStep(() => add(tensor(new Float32Array(size).fill(1), [size]), 1).data());

it('what no tensor uses is given back, and later work is right', async () => {
	for (const size of [1_000, 2_000, 3_000]) await sums(size);
	const before = gpuBytes()!;
	expect(before.allocated).toBeGreaterThan(before.used + 4 * 6_000);
	freeUnused();
	const after = gpuBytes()!;
	expect(after.allocated).toBe(after.used);
	const values = await sums(2_000);
	expect([values.length, new Set(values)]).toEqual([2_000, new Set([2])]);
	freeUnused();
	expect(gpuBytes()).toEqual(after);
});

it('freeing in the middle of a step takes nothing that the step needs', async () => {
	const values = await inStep(async () => {
		const x = add(tensor(new Float32Array(500).fill(3), [500]), 1);
		freeUnused();
		return add(x, x).data();
	});
	expect(new Set(values)).toEqual(new Set([8]));
});
