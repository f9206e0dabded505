import { beforeAll, expect, test } from 'vitest';
import { tensorCount } from '../constants';
import { useCpu } from '../cpu';
import { inStep, keep } from '../scope';
import { Parameter, tensor } from '../tensor';
import { clipGradNorm } from './clip-grad-norm';

beforeAll(useCpu);

const leaf = (gradient: number[] | null) => {
	const parameter = new Parameter(() => new Float32Array(2), [2]);
	if (gradient) parameter.grad = keep(tensor(gradient, [2]));
	return parameter;
};

test('scales all gradients by one factor, only downwards, and leaves out who has none', async () => {
	const parameters = [leaf([3, 0]), leaf(null), leaf([0, 4])];
	const before = tensorCount();
	const norms: number[] = [];
	for (const most of [10, 1])
		await inStep(async () => {
			norms.push(await clipGradNorm(parameters, most).item());
		});
	expect(norms[0]).toBeCloseTo(5, 6);
	expect(norms[1]).toBeCloseTo(5, 6);
	const [a, b] = [await parameters[0]!.grad!.data(), await parameters[2]!.grad!.data()];
	expect(a[0]).toBeCloseTo(0.6, 5);
	expect(b[1]).toBeCloseTo(0.8, 5);
	expect(parameters[1]!.grad).toBeNull();
	expect(tensorCount()).toBe(before);
	expect(await inStep(() => clipGradNorm([leaf(null)], 1).item())).toBe(0);
	for (const one of parameters) one.dispose();
});
