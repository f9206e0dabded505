import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { correlationP, tQuantile, tTwoSidedP } from './student-t';

/** |actual / expected − 1| */
const off = (actual: number, expected: number) => Math.abs(actual / expected - 1);

describe('tTwoSidedP(t, df)', () => {
	it('equals the closed forms of 1 and 2 degrees of freedom, far out as well', () => {
		for (const t of [0.01, 0.5, 1, 3, 50, 1e6]) {
			expect(off(tTwoSidedP(t, 1), (2 / Math.PI) * Math.atan2(1, t))).toBeLessThan(1e-12);
			const two = 2 / (2 + t * t) / (1 + t / Math.sqrt(2 + t * t));
			expect(off(tTwoSidedP(t, 2), two)).toBeLessThan(1e-12);
		}
	});

	it('is symmetric, 1 at 0, 0 at infinity, NaN without degrees of freedom', () => {
		expect(tTwoSidedP(-2.5, 7)).toBe(tTwoSidedP(2.5, 7));
		expect(tTwoSidedP(0, 7)).toBe(1);
		expect(tTwoSidedP(Infinity, 7)).toBe(0);
		expect(tTwoSidedP(2, 0)).toBeNaN();
		expect(tTwoSidedP(NaN, 7)).toBeNaN();
	});

	it('falls with t', () => {
		const t = fc.double({ min: 0, max: 30, noNaN: true });
		fc.assert(
			fc.property(
				t,
				fc.double({ min: 0.01, max: 5, noNaN: true }),
				fc.nat(2000),
				(at, more, df) => {
					expect(tTwoSidedP(at + more, df + 1)).toBeLessThan(tTwoSidedP(at, df + 1));
				},
			),
		);
	});
});

describe('correlationP(r, n)', () => {
	it('reaches the end of the range of doubles (values of scipy)', () => {
		expect(off(correlationP(0.10736569017702183, 118_936), 7.85785374135973e-302)).toBeLessThan(
			1e-9,
		);
		expect(off(correlationP(0.2383863614189549, 11_184), 2.7372712249126345e-144)).toBeLessThan(
			1e-9,
		);
		expect(correlationP(0.3, 64_901)).toBe(0);
		expect(correlationP(1, 10)).toBe(0);
	});

	it('is the p of t = r √((n − 2) / (1 − r²))', () => {
		fc.assert(
			fc.property(fc.double({ min: -0.99, max: 0.99, noNaN: true }), fc.nat(300), (r, more) => {
				const n = 3 + more;
				const p = tTwoSidedP(r * Math.sqrt((n - 2) / (1 - r * r)), n - 2);
				if (p > 0) expect(off(correlationP(r, n), p)).toBeLessThan(1e-9);
			}),
		);
	});

	it('is undefined for fewer than three pairs', () => {
		expect(correlationP(0.5, 2)).toBeNaN();
		expect(correlationP(NaN, 20)).toBeNaN();
	});
});

describe('tQuantile(p, df)', () => {
	it('has the tabulated values (scipy)', () => {
		expect(off(tQuantile(0.975, 1), 12.706204736174694)).toBeLessThan(1e-12);
		expect(off(tQuantile(0.975, 10), 2.228138851986274)).toBeLessThan(1e-12);
		expect(off(tQuantile(0.975, 20), 2.085963447265864)).toBeLessThan(1e-12);
		expect(off(tQuantile(0.975, 1e9), 1.959963986912)).toBeLessThan(1e-8);
	});

	it('is the inverse of p, symmetric about 1/2', () => {
		const tail = fc.double({ min: 1e-12, max: 0.45, noNaN: true });
		fc.assert(
			fc.property(tail, fc.integer({ min: 1, max: 5000 }), (p, df) => {
				const t = tQuantile(p, df);
				expect(t).toBeLessThan(0);
				expect(off(tTwoSidedP(t, df) / 2, p)).toBeLessThan(1e-10);
				expect(off(tQuantile(1 - p, df), -t)).toBeLessThan(1e-3);
			}),
		);
	});

	it('ends at infinity and refuses what is no probability', () => {
		expect(tQuantile(0.5, 3)).toBe(0);
		expect(tQuantile(0, 3)).toBe(-Infinity);
		expect(tQuantile(1, 3)).toBe(Infinity);
		expect(tQuantile(1.1, 3)).toBeNaN();
	});
});
