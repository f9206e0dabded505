import { beforeAll, describe, expect, test } from 'vitest';
import { tensorCount } from './constants';
import { useCpu } from './cpu';
import { Meter } from './meter';
import { inStep } from './scope';
import { tensor } from './tensor';

beforeAll(useCpu);

describe('Meter', () => {
	test('adds up over steps whose tensors are gone, and starts anew', async () => {
		const meter = new Meter();
		for (const value of [1, 2.5, 4]) await inStep(() => meter.add(tensor([value], [])));
		expect(await meter.drain()).toEqual({ sum: 7.5, count: 3 });
		expect(await meter.drain()).toEqual({ sum: 0, count: 0 });
	});

	test('holds one tensor however much is added, none when drained or disposed', async () => {
		const meter = new Meter();
		const add = () => inStep(() => meter.add(tensor([1], [])));
		await add();
		const before = tensorCount();
		for (let i = 0; i < 10; i++) await add();
		expect(tensorCount()).toBe(before);
		await meter.drain();
		expect(tensorCount()).toBe(before - 1);
		await add();
		meter.dispose();
		expect(tensorCount()).toBe(before - 1);
	});

	test('what is added while it is drained belongs to the next reading', async () => {
		const meter = new Meter();
		await inStep(() => meter.add(tensor([1], [])));
		const first = meter.drain();
		await inStep(() => meter.add(tensor([10], [])));
		expect(await first).toEqual({ sum: 1, count: 1 });
		expect(await meter.drain()).toEqual({ sum: 10, count: 1 });
	});
});
