import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { erf, erfc, logCdf, logMass, normalMass, quantileOfLog, upperTail } from './normal';

const real = (min: number, max: number) => fc.double({ min, max, noNaN: true });

function expectNear(actual: number, expected: number, relative: number, absolute = 0): void {
	expect(Math.abs(actual - expected)).toBeLessThanOrEqual(relative * Math.abs(expected) + absolute);
}

describe('the normal distribution', () => {
	it('is symmetric and sums to one', () => {
		fc.assert(
			fc.property(real(-12, 12), (x) => {
				expectNear(erf(-x), -erf(x), 1e-15, 1e-300);
				expectNear(erf(x) + erfc(x), 1, 1e-15);
				expectNear(upperTail(x) + upperTail(-x), 1, 4e-16);
				expectNear(Math.exp(logCdf(x)), upperTail(-x), 2e-13);
			}),
		);
	});

	it('is inverted by quantileOfLog over the whole range of a double', () => {
		fc.assert(
			fc.property(real(-1e4, -1e-15), (y) => {
				expectNear(logCdf(quantileOfLog(y)), y, 1e-13, 1e-16);
			}),
		);
		expect([0, -Infinity, NaN, 1].map(quantileOfLog)).toEqual([Infinity, -Infinity, NaN, NaN]);
	});

	it('adds masses of neighbouring intervals, near and far out', () => {
		fc.assert(
			fc.property(real(-20, 20), real(1e-6, 5), real(1e-6, 5), (a, first, second) => {
				const b = a + first;
				const c = b + second;
				const [left, right, whole] = [logMass(a, b), logMass(b, c), logMass(a, c)];
				const larger = Math.max(left, right);
				const sum = larger + Math.log(Math.exp(left - larger) + Math.exp(right - larger));
				// b − a itself is rounded: narrow intervals far out cannot be exacter.
				expectNear(whole, sum, 1e-10, 1e-10 + 1e-14 / Math.min(first, second));
			}),
		);
		expect(logMass(1, 1)).toBe(-Infinity);
		expect(logMass(-Infinity, Infinity)).toBe(0);
		expect(logMass(NaN, 1)).toBeNaN();
		expectNear(Math.exp(logMass(-1, 2)), normalMass(-1, 2), 1e-14);
	});
});
