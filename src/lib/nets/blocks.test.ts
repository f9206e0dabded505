import { expect, test } from 'vitest';
import { makeDivisible } from './blocks';

test('makeDivisible rounds as torchvision, never more than a tenth down', () => {
	expect(makeDivisible(32 * 1.1, 8)).toBe(32);
	expect(makeDivisible(3, 8)).toBe(8);
	expect(makeDivisible(19, 8)).toBe(24); // 16 would be more than a tenth less
	expect(makeDivisible(18 / 4, 8)).toBe(8);
	expect(makeDivisible(36, 8)).toBe(40);
});
