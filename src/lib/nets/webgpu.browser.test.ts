/** Four nets on WebGPU against PyTorch: logits, loss, gradient norms, three steps of `learn()`. */
import { beforeAll, describe, expect, it } from 'vitest';
import json from '../../../tests/oracles/nets/forward.json';
import { chooseBackend } from '../nn/backend';
import { setOracleBackend } from '../nn/oracle-backend';
import { forwardCases } from './forward.oracle';

const { ICNet, AirNet, MobileNetV3, ResNet } = json.nets;

beforeAll(async () => {
	const { backend } = await chooseBackend('webgpu');
	if (backend !== 'webgpu') throw new Error(`This test needs WebGPU; there is ${backend}.`);
	setOracleBackend(async () => {});
});

/** A software adapter on a busy machine: ResNet alone may take half a minute. */
const PATIENCE = { timeout: 240_000 };

describe('forward.json on WebGPU', PATIENCE, () => {
	for (const one of forwardCases({ ...json, nets: { ICNet, AirNet, MobileNetV3, ResNet } }))
		it(one.name, async () => {
			if (!('run' in one)) return expect.unreachable(one.name);
			await expect(one.run()).resolves.toBeUndefined();
		});

	it('fails for a figure that is wrong', async () => {
		const f64 = { ...ICNet.f64, loss: ICNet.f64.loss * 1.001 };
		const [wrong] = forwardCases({ ...json, nets: { ICNet: { ...ICNet, f64 } } });
		if (!wrong || !('run' in wrong)) return expect.unreachable('ICNet is there');
		await expect(wrong.run()).rejects.toThrow(/^loss: expected/);
	});
});
