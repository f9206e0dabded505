import fc from 'fast-check';
import { expect, it } from 'vitest';
import { boxIou } from './box-iou';
import type { Box } from './metric';

const side = fc.integer({ min: 0, max: 50 });
const box = fc
	.tuple(side, side, fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 50 }))
	.map(([x, y, w, h]): Box => [x, y, x + w, y + h]);

it('boxIou() is symmetric, within 0 and 1, and 1 only for the same box', () => {
	fc.assert(
		fc.property(box, box, (a, b) => {
			const iou = boxIou(a, b);
			expect(iou).toBe(boxIou(b, a));
			expect(iou).toBeGreaterThanOrEqual(0);
			expect(iou).toBeLessThanOrEqual(1);
			expect(boxIou(a, a)).toBe(1);
			expect(iou === 1).toBe(a.join() === b.join());
		}),
	);
});
