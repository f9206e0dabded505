import { beforeAll, describe, expect, test } from 'vitest';
import { backward } from '../autograd';
import { useCpu } from '../cpu';
import { uniforms } from '../formula';
import { inStep } from '../scope';
import { Parameter, tensor } from '../tensor';
import { hasKernel, withoutKernels } from '../webgpu/kernels';
import { batchNorm } from './norm';

beforeAll(useCpu);

const SHAPE = [3, 5, 2, 4];
const leaf = (stream: number, shape: readonly number[], low = -1) =>
	new Parameter(
		() =>
			uniforms(
				stream,
				shape.reduce((a, b) => a * b),
				{ low, high: low + 2 },
			),
		shape,
		shape.length === 4 ? 'channels_last' : 'plain',
	);

/** Result, gradients, running statistics. @param at where the inputs lie */
function figures(at: number): Promise<number[][]> {
	return inStep(async () => {
		const [x, weight, bias] = [leaf(1, SHAPE, at), leaf(2, [5]), leaf(3, [5])];
		const still = (value: number) =>
			new Parameter(() => new Float32Array(5).fill(value), [5], 'plain', false);
		const [runningMean, runningVar] = [still(0), still(1)];
		const y = batchNorm(x, { weight, bias, runningMean, runningVar, training: true });
		backward(y, tensor(uniforms(4, y.size), y.shape));
		const all = [y, x.grad!, weight.grad!, bias.grad!, runningMean, runningVar];
		const lists: number[][] = [];
		for (const one of all) lists.push([...(await one.data())]);
		for (const one of [x, weight, bias, runningMean, runningVar]) one.dispose();
		return lists;
	});
}

const worst = (a: readonly number[][], b: readonly number[][]) =>
	Math.max(...a.flatMap((list, i) => list.map((x, j) => Math.abs(x - b[i]![j]!))));

describe('batch normalisation on the cpu', () => {
	test('equals the composed operations, and a thousandth off is noticed', async () => {
		expect(hasKernel('LemurBatchNorm')).toBe(true);
		const ours = await figures(-1);
		const composed = await withoutKernels(() => figures(-1));
		expect(worst(ours, composed)).toBeLessThan(1e-5);
		const off = ours.map((list) => list.map((x) => x * 1.001));
		expect(worst(off, composed)).toBeGreaterThan(1e-5);
	});

	test('values far from zero keep their digits', async () => {
		const [near, far] = [await figures(-1), await figures(1_000)];
		// 1,000 ± 1 has four digits less to say the same with
		expect(worst([near[0]!], [far[0]!])).toBeLessThan(1e-3);
	});
});
