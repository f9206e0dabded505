/** The tests of `gradient-cases.ts`, for each backend's test file to run. Test support only. */
import { describe, expect, test } from 'vitest';
import * as f from './index';
import { GRADIENT_CASES, WITHOUT_GRADIENT } from './gradient-cases';
import { slopesOf, worstSlope } from './gradient-check';

/** Differences in single precision agree this far. */
const SAME = 4e-3;

export function gradientTests(backend: string): void {
	describe(`gradients against differences on ${backend}`, () => {
		for (const [i, one] of GRADIENT_CASES.entries())
			test(`${i} ${one.op} ${one.what ?? ''}`, async () => {
				const slopes = await slopesOf(one);
				expect(worstSlope(slopes)).toBeLessThan(SAME);
				// Controls: a gradient that is 2 % too large, and one that is not there.
				const off = (by: number) => slopes.map((s) => ({ ...s, gradient: s.gradient * by }));
				expect(worstSlope(off(1.02))).toBeGreaterThan(SAME);
				expect(worstSlope(off(0))).toBeGreaterThan(SAME);
			});

		test('every operation is among the cases', () => {
			const cases = new Set<string>(GRADIENT_CASES.map(({ op }) => op));
			const missing = Object.keys(f).filter(
				(name) => !cases.has(name) && !WITHOUT_GRADIENT.some((one) => one === name),
			);
			expect(missing).toEqual([]);
		});
	});
}
