import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kde, kdeAt, type BandwidthFactor } from './kde';
import { sorted, std, sum } from './quantile';

/** The definition. */
function plainSum(values: Float64Array, at: number, bandwidth: number): number {
	const kernels = values.map((value) => Math.exp(-(((at - value) / bandwidth) ** 2) / 2));
	return sum(kernels) / (values.length * bandwidth * Math.sqrt(2 * Math.PI));
}

function expectExact(values: Float64Array, factor: BandwidthFactor): void {
	const { x, density, bandwidth } = kde(values, { factor, points: 40 });
	for (const [i, at] of x.entries()) {
		const exact = plainSum(values, at, bandwidth);
		expect(Math.abs(density[i]! - exact)).toBeLessThanOrEqual(1e-9 * exact + 1e-290);
	}
}

/** Deterministic, uneven, all different. */
const many = sorted(Array.from({ length: 30_000 }, (_, i) => ((i * 0.618033988749895) % 1) ** 3));

describe('kde(ascending, options)', () => {
	it('is the sum of its kernels for few values', () => {
		const value = fc.double({ min: 0, max: 1, noNaN: true });
		fc.assert(
			fc.property(fc.array(value, { minLength: 2, maxLength: 60 }), (values) => {
				const ascending = sorted(values);
				fc.pre(std(ascending) > 1e-6);
				expectExact(ascending, 1);
				expectExact(ascending, 'scott');
			}),
		);
	});

	it.each([1, 'scott', 0.02] as const)(
		'is the sum of its kernels for many: factor %s',
		(factor) => {
			expectExact(many, factor);
		},
	);

	it('is exact far from all values', () => {
		const far = sorted([...many.map((value) => value / 1000), 1, 1.001]);
		expectExact(far, 0.3);
	});

	it('has the bandwidth asked for', () => {
		expect(kde(many).bandwidth).toBe(std(many));
		expect(kde(many, { factor: 'scott' }).bandwidth).toBe(30_000 ** -0.2 * std(many));
	});

	it('integrates to 1 over a wide grid', () => {
		const values = Float64Array.of(0.1, 0.5, 0.5, 0.9);
		const { x, density } = kde(values, { from: -5, to: 6, points: 2001 });
		expect(sum(density) * (x[1]! - x[0]!)).toBeCloseTo(1, 10);
		expect([x[0], x.at(-1)]).toEqual([-5, 6]);
	});

	it('is empty where no density is defined', () => {
		for (const values of [[], [0.5], [0.5, 0.5, 0.5]]) {
			const { x, density, bandwidth } = kde(Float64Array.from(values));
			expect([x.length, density.length, bandwidth]).toEqual([0, 0, NaN]);
		}
	});
});

describe('kdeAt(ascending, x)', () => {
	it('evaluates at the points given', () => {
		const values = Float64Array.of(0, 1);
		const { density } = kdeAt(values, Float64Array.of(0.25), 2);
		expect(density[0]).toBeCloseTo(plainSum(values, 0.25, 2 * Math.SQRT1_2), 14);
	});
});
