import { expect, it } from 'vitest';
import { memoryBudget } from './memory';

it('is a part of what the machine has, where the browser tells', () => {
	expect(memoryBudget('cpu', 4)).toBeCloseTo(0.6 * 4 * 2 ** 30);
	expect(memoryBudget('cpu', 8)).toBe(12 * 2 ** 30); // "8 or more"
	expect(memoryBudget('cpu', undefined)).toBeUndefined();
	expect(memoryBudget('webgpu', 4)).toBeUndefined();
});
