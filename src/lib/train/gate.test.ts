import { describe, expect, it } from 'vitest';
import {
	accuracyToTime,
	estimateEpoch,
	passesGate,
	slowTrialEstimate,
	slowTrialValue,
	storedAccuracy,
	EPOCH_LIMIT_MINUTES,
} from './gate';

describe('gate', () => {
	it('stores 0 for what is no number, and then does not pass', () => {
		expect([NaN, Infinity, -Infinity, 0.5].map(storedAccuracy)).toEqual([0, 0, 0, 0.5]);
		expect(passesGate(storedAccuracy(NaN), 0)).toBe(false);
		expect(passesGate(NaN, null)).toBe(false);
	});

	it('is strict at the threshold', () => {
		expect(passesGate(0.6, 0.5)).toBe(false);
		expect(passesGate(0.6000001, 0.5)).toBe(true);
	});

	it('never lets a negative distance pass at a minimum of 0', () => {
		expect(passesGate(-0.001, 0)).toBe(false);
	});

	it('has no speed of a trial that took no time', () => {
		expect(accuracyToTime(0.5, 0.1, 0)).toBeNaN();
	});
});

describe('epoch limit', () => {
	it('estimates after more than five batches', () => {
		expect(estimateEpoch(10, 5, 100)).toBeNull();
		expect(estimateEpoch(12, 6, 100)).toBe(200);
	});

	it('ranks slow trials by their speed, below every accuracy that passes', () => {
		const [fast, slow] = [31, 3000].map((minutes) => slowTrialValue(EPOCH_LIMIT_MINUTES, minutes));
		expect(fast).toBeGreaterThan(slow!);
		expect(slowTrialEstimate(EPOCH_LIMIT_MINUTES, slow!)).toBeCloseTo(3000, 6);
		expect(fast).toBeLessThan(1e-5);
	});
});
