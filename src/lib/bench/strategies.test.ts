/** Ours and stock tfjs on the cpu: the same net, the same batches, so the same losses. */
import { beforeAll, describe, expect, test } from 'vitest';
import { manualSeed } from '../nn/random';
import { useCpu } from '../nn/cpu';
import { batchAt } from './data';
import { MODEL_IDS, modelOf, type BenchModel, type ModelId } from './models';
import { ours } from './ours';
import { parameterCount } from './plan';
import { stock } from './stock';
import type { Strategy } from './strategy';

beforeAll(useCpu);

const IMAGES = 2;

async function losses(strategy: Strategy, model: BenchModel, steps: number): Promise<number[]> {
	manualSeed(1);
	const trainer = await strategy.build(model);
	const found: number[] = [];
	for (let i = 0; i < steps; i++) {
		await trainer.step(strategy.prepare(batchAt(model, IMAGES, i)));
		found.push(await trainer.loss());
	}
	return found;
}

/** Small images, where the net allows them: only the arithmetic is compared. */
function small(id: ModelId): BenchModel {
	const model = modelOf(id);
	return id === 'lenet' ? model : { ...model, image: [8, 8, 3] };
}

describe('ours and stock tfjs', () => {
	for (const id of MODEL_IDS)
		test(`${id}: the same losses over two steps, of which the second differs from the first`, async () => {
			const model = small(id);
			const [a, b] = [await losses(ours, model, 2), await losses(stock, model, 2)];
			for (const [i, loss] of a.entries()) expect(loss / b[i]!).toBeCloseTo(1, 4);
			expect(a[1]).not.toBeCloseTo(a[0]!, 3);
		});
});

test('the nets have the sizes that their papers give', () => {
	expect(parameterCount(modelOf('lenet').layers)).toBe(61_706);
	const projections = 16 * 32 + 2 * 32 + 32 * 64 + 2 * 64; // the paper pads with zeros instead
	expect(parameterCount(modelOf('resnet-20').layers)).toBe(269_722 + projections);
});
