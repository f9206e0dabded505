import { describe, expect, it } from 'vitest';
import { COCO_STATS, CocoEvaluation } from './coco-ap';
import type { Box } from './metric';

const box: Box = [0, 0, 40, 40];
const far: Box = [100, 100, 140, 140];

describe('CocoEvaluation', () => {
	it('counts a second box on an object as wrong, unlike LEMUR', () => {
		const evaluation = new CocoEvaluation();
		evaluation.add(
			{ boxes: [box, box, far], labels: [1, 1, 1], scores: [0.9, 0.8, 0.7] },
			{ boxes: [box, far], labels: [1, 1] },
		);
		// 51 recalls at precision 1, 50 at 2/3.
		expect(evaluation.stats()['AP50']).toBeCloseTo((51 + (50 * 2) / 3) / 101, 9);
		expect(evaluation.stats()['AR1']).toBeCloseTo(0.5, 9);
		expect(evaluation.precisionOf(1, 0.5)?.[100]).toBeCloseTo(2 / 3, 9);
	});

	it('has no figure for what has no truth', () => {
		const evaluation = new CocoEvaluation();
		expect(evaluation.stats()).toEqual(Object.fromEntries(COCO_STATS.map((name) => [name, -1])));
		evaluation.add({ boxes: [box], labels: [7], scores: [1] }, { boxes: [], labels: [] });
		expect(evaluation.statsOf(7)['AP']).toBe(-1);
		expect(evaluation.precisionOf(7, 0.5)).toBeNull();
	});

	it('keeps sizes apart', () => {
		const evaluation = new CocoEvaluation();
		evaluation.add({ boxes: [box], labels: [1], scores: [1] }, { boxes: [box], labels: [1] });
		const { AP_small, AP_medium, AP_large } = evaluation.stats();
		expect([AP_small, AP_large]).toEqual([-1, -1]);
		expect(AP_medium).toBeCloseTo(1, 12);
	});
});
