import { beforeAll, describe, expect, test } from 'vitest';
import { useCpu } from './cpu';
import { flatten, permute, view } from './functional';
import { intTensor, Parameter, ShapeError, tensor } from './tensor';

beforeAll(useCpu);

const counting = (size: number) => Float32Array.from({ length: size }, (_, i) => i);

describe('Tensor', () => {
	test('has PyTorch’s order of elements, whatever its memory', async () => {
		const values = counting(2 * 3 * 2 * 2);
		for (const layout of ['plain', 'channels_last', 'filter'] as const) {
			const leaf = new Parameter(() => values, [2, 3, 2, 2], layout);
			expect([...(await leaf.data())]).toEqual([...values]);
			expect([...(await flatten(leaf).data())]).toEqual([...values]);
			const turned = await permute(leaf, [1, 0, 2, 3]).data();
			expect([...turned].slice(0, 8)).toEqual([0, 1, 2, 3, 12, 13, 14, 15]);
			leaf.dispose();
		}
	});

	test('dim() counts from the end too, item() wants one element', async () => {
		const x = tensor(counting(6), [2, 3]);
		expect([x.dim(0), x.dim(-1), x.size]).toEqual([2, 3, 6]);
		expect(() => x.dim(2)).toThrow('Axis 2 of a tensor of shape (2, 3)');
		await expect(x.item()).rejects.toThrow(ShapeError);
		expect(await view(tensor([7], [1]), []).item()).toBe(7);
		expect([...(await intTensor([1, 2], [2]).data())]).toEqual([1, 2]);
	});
});

describe('Parameter', () => {
	test('makes its values when they are first needed, or never when others came first', async () => {
		let made = 0;
		const make = () => {
			made++;
			return Float32Array.of(1);
		};
		const [lazy, loaded] = [new Parameter(make, [1]), new Parameter(make, [1])];
		loaded.load(Float32Array.of(5));
		expect([...(await loaded.data())]).toEqual([5]);
		expect(made).toBe(0);
		await lazy.data();
		await lazy.data();
		expect(made).toBe(1);
		for (const one of [lazy, loaded]) one.dispose();
	});

	test('refuses what does not fit', () => {
		const parameter = new Parameter(() => counting(4), [2, 2]);
		expect(() => parameter.load(counting(3))).toThrow('3 values for a parameter of shape (2, 2)');
		expect(() => parameter.assign(tensor([1], [1]).memory)).toThrow(
			'memory of (1), expected (2, 2)',
		);
		expect([...(parameter.as('plain').dataSync() as Float32Array)]).toEqual([0, 1, 2, 3]);
		parameter.dispose();
	});
});
