import { describe, expect, it } from 'vitest';
import { useCpu } from '../cpu';
import { inStep, keep } from '../scope';
import { Parameter, ShapeError, tensor } from '../tensor';
import { Adam, SGD, type Optimizer } from './index';

const shapes = [[3], [2, 3, 1, 1]];
const sizeOf = (shape: readonly number[]) => shape.reduce((product, n) => product * n, 1);

function setUp(make: (parameters: Parameter[]) => Optimizer) {
	const parameters = shapes.map((shape) => {
		const values = Float32Array.from({ length: sizeOf(shape) }, (_, i) => Math.sin(i + 1));
		return new Parameter(() => values, shape, shape.length === 4 ? 'filter' : 'plain');
	});
	return { parameters, optimizer: make(parameters) };
}

function step(parameters: readonly Parameter[], optimizer: Optimizer, seed: number): Promise<void> {
	return inStep(() => {
		for (const one of parameters) {
			one.zeroGrad();
			const values = Float32Array.from({ length: one.size }, (_, i) => Math.cos(seed + i));
			one.grad = keep(tensor(values, one.shape));
		}
		optimizer.step();
	});
}

const weights = (parameters: readonly Parameter[]) =>
	inStep(() => Promise.all(parameters.map(async (one) => [...(await one.data())])));

describe('Optimizer.stateDict()', () => {
	it.each([
		['SGD', (all: Parameter[]) => new SGD(all, { lr: 0.1, momentum: 0.9, weightDecay: 0.01 })],
		['Adam', (all: Parameter[]) => new Adam(all, { lr: 0.1 })],
	])('%s goes on from a saved state to the same weights, bit by bit', async (_, make) => {
		await useCpu();
		const first = setUp(make);
		for (const seed of [1, 2]) await step(first.parameters, first.optimizer, seed);
		first.optimizer.groups[0]!.lr = 0.05;
		const saved = await inStep(() => first.optimizer.stateDict());
		const before = await weights(first.parameters);
		const second = setUp(make);
		for (const [at, one] of second.parameters.entries()) one.load(Float32Array.from(before[at]!));
		const forgetful = setUp(make);
		for (const [at, one] of forgetful.parameters.entries())
			one.load(Float32Array.from(before[at]!));
		second.optimizer.loadStateDict(saved);
		for (const { parameters, optimizer } of [first, second, forgetful])
			await step(parameters, optimizer, 3);
		const after = await weights(first.parameters);
		expect(await weights(second.parameters)).toEqual(after);
		expect(await weights(forgetful.parameters)).not.toEqual(after); // control
	});

	it('refuses the state of other parameters and changes nothing', async () => {
		await useCpu();
		const { parameters, optimizer } = setUp((all) => new SGD(all, { lr: 1, momentum: 0.9 }));
		await step(parameters, optimizer, 1);
		const saved = await inStep(() => optimizer.stateDict());
		const other = new SGD([parameters[1]!], { lr: 1, momentum: 0.9 });
		expect(() => other.loadStateDict(saved)).toThrow(ShapeError);
		const more = { ...saved, lrs: [1, 2] };
		expect(() => optimizer.loadStateDict(more)).toThrow(ShapeError);
		expect(await inStep(() => optimizer.stateDict())).toEqual(saved);
	});
});
