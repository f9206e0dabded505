import { describe, expect, it } from 'vitest';
import { cocoIou, IOU_THRESHOLDS, matchImage, type CocoTruth } from './coco-match';
import type { Box } from './metric';

const square: Box = [0, 0, 10, 10];
const ALL = [0, 1e10] as const;
const truth = (box: Box, crowd = false): CocoTruth => ({ box, area: 100, crowd });
const at = (score: number, box: Box = square) => ({ box, score });

describe('cocoIou', () => {
	it('is 0 without area, and of the detection alone for a crowd', () => {
		expect(cocoIou([3, 3, 3, 3], [3, 3, 3, 3])).toBe(0);
		expect(cocoIou([0, 0, 5, 5], square)).toBe(0.25);
		expect(cocoIou([0, 0, 5, 5], square, true)).toBe(1);
	});
});

describe('matchImage', () => {
	it('matches one to one, best score first', () => {
		const { matched, scores } = matchImage([at(0.5), at(0.9)], [truth(square)], ALL);
		expect(scores).toEqual([0.9, 0.5]);
		expect(matched[0]).toEqual([true, false]);
	});

	it('lets a crowd take many, which then count neither way', () => {
		const { matched, ignored, truths } = matchImage([at(0.5), at(0.9)], [truth(square, true)], ALL);
		expect(truths).toBe(0);
		expect(matched[0]).toEqual([true, true]);
		expect(ignored[0]).toEqual([true, true]);
	});

	it('ignores truth outside the sizes, and what was found there', () => {
		const { truths, ignored } = matchImage([at(0.9)], [truth(square)], [101, 1e10]);
		expect([truths, ignored[0]]).toEqual([0, [true]]);
	});

	it('asks for more overlap at a higher threshold', () => {
		const half = at(0.9, [0, 0, 10, 6]);
		const { matched } = matchImage([half], [truth(square)], ALL);
		expect(matched.map(([hit]) => hit)).toEqual(IOU_THRESHOLDS.map((t) => t <= 0.6));
	});
});
