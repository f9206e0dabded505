import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { swarmOffsets } from './swarm';

describe('swarmOffsets(ascending, {step, width, room})', () => {
	it('sets the points of one row left and right of the middle in turn', () => {
		const offsets = swarmOffsets(Float64Array.of(0.1, 0.2, 0.3, 1.5), {
			step: 1,
			width: 0.25,
			room: () => 1,
		});
		expect([...offsets]).toEqual([0, -0.25, 0.25, 0]);
	});

	it('keeps to the room at the height of the row', () => {
		const offsets = swarmOffsets(Float64Array.of(0.1, 0.2, 0.3, 1.1, 1.2, 1.3), {
			step: 1,
			width: 0.25,
			room: (value) => (value < 1 ? 0.125 : 1),
		});
		expect([...offsets]).toEqual([0, -0.125, 0.125, 0, -0.25, 0.25]);
	});

	it('presses full rows together, and never leaves its room nor sets two at one place', () => {
		fc.assert(
			fc.property(fc.array(fc.double({ min: 0, max: 3, noNaN: true })), (values) => {
				const ascending = Float64Array.from(values).sort();
				const offsets = swarmOffsets(ascending, { step: 1, width: 0.1, room: () => 0.3 });
				const places = new Set(offsets.map((x, i) => Math.floor(ascending[i] ?? 0) * 10 + x));
				expect(places.size).toBe(values.length);
				expect(offsets.every((x) => Math.abs(x) <= 0.3 + 1e-12)).toBe(true);
			}),
		);
	});
});
