import { beforeAll, describe, expect, test } from 'vitest';
import { useCpu } from './cpu';
import * as init from './init';
import * as nn from './modules';
import { manualSeed } from './random';
import { Parameter } from './tensor';

beforeAll(useCpu);

const SHAPE = [40, 30, 3, 3];
async function values(fill: (parameter: Parameter) => void, shape = SHAPE): Promise<number[]> {
	const size = shape.reduce((a, b) => a * b);
	const parameter = new Parameter(() => new Float32Array(size), shape, 'plain');
	fill(parameter);
	const found = [...(await parameter.data())];
	parameter.dispose();
	return found;
}
const spread = (list: readonly number[]) =>
	Math.sqrt(list.reduce((sum, x) => sum + x * x, 0) / list.length);
const largest = (list: readonly number[]) => Math.max(...list.map(Math.abs));

describe('torch.nn.init', () => {
	test('fans count inputs and outputs of one unit with the kernel’s area', () => {
		expect(init.fans(SHAPE)).toEqual({ fan_in: 270, fan_out: 360 });
		expect(init.fans([5, 7])).toEqual({ fan_in: 7, fan_out: 5 });
	});

	test.each([
		[
			'kaimingNormal fan_out relu',
			(p: Parameter) => init.kaimingNormal(p, { mode: 'fan_out', nonlinearity: 'relu' }),
			Math.sqrt(2 / 360),
		],
		[
			'kaimingUniform a=√5',
			(p: Parameter) => init.kaimingUniform(p, { a: Math.sqrt(5) }),
			Math.sqrt(1 / (3 * 270)),
		],
		['xavierNormal', (p: Parameter) => init.xavierNormal(p), Math.sqrt(2 / 630)],
		['xavierUniform', (p: Parameter) => init.xavierUniform(p), Math.sqrt(2 / 630)],
		['normal', (p: Parameter) => init.normal(p, 0, 0.01), 0.01],
	])('%s has PyTorch’s deviation', async (_, fill, expected) => {
		const found = spread(await values(fill));
		expect(found / expected).toBeGreaterThan(0.97);
		expect(found / expected).toBeLessThan(1.03);
	});

	test('uniform ones stay within their bound, truncated ones within theirs', async () => {
		const bound = 1 / Math.sqrt(270);
		expect(
			largest(await values((p) => init.kaimingUniform(p, { a: Math.sqrt(5) }))),
		).toBeLessThanOrEqual(bound * (1 + 1e-6));
		const cut = await values((p) => init.truncNormal(p, 0, 1, -0.5, 0.7));
		expect(Math.min(...cut)).toBeGreaterThanOrEqual(-0.5);
		expect(Math.max(...cut)).toBeLessThanOrEqual(0.7);
		expect(new Set(cut).size).toBeGreaterThan(cut.length * 0.9);
	});

	test('constants are what they say', async () => {
		expect(new Set(await values(init.ones, [3]))).toEqual(new Set([1]));
		expect(new Set(await values(init.zeros, [3]))).toEqual(new Set([0]));
	});

	test('a net’s first values depend on the seed and on nothing else', async () => {
		const weights = async (seed: number, warm: boolean) => {
			manualSeed(seed);
			const net = new nn.Sequential(new nn.Conv2d(2, 3, 3), new nn.Linear(4, 5));
			const parameters = net.parameters();
			// Values are made when they are asked for, in whatever order.
			if (warm) await parameters.at(-1)!.data();
			const all: number[][] = [];
			for (const one of parameters) all.push([...(await one.data())]);
			net.dispose();
			return all;
		};
		expect(await weights(1, true)).toEqual(await weights(1, false));
		expect(await weights(2, false)).not.toEqual(await weights(1, false));
	});
});
