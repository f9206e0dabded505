import { describe, expect, it } from 'vitest';
import type { Axis } from '../stats/plots/plot';
import { axisLook, type AxisRoom } from './axis-look';
import { recordingSurface, scaleOfTen } from './samples';

const surface = recordingSurface();
const room: AxisRoom = {
	...{ length: 400, before: 50, depth: 100, size: 12, bare: false, labels: true },
};
const names = (count: number) => Array.from({ length: count }, (_, i) => `a name of net ${i}`);
const look = (id: 'x' | 'y', axis: Axis, list: string[] = [], change: Partial<AxisRoom> = {}) =>
	axisLook(scaleOfTen(id, axis, list), { ...room, ...change }, surface);

describe('axisLook()', () => {
	it('lays numbers flat, clear of each other', () => {
		const { ticks, angle } = look('x', { type: 'linear' });
		expect(angle).toBe(0);
		const widest = Math.max(...ticks.map(({ label }) => surface.measure(label, 12)));
		const [first, second] = ticks;
		expect((second!.position - first!.position) * 40).toBeGreaterThan(widest);
		expect(look('x', { type: 'linear' }, [], { length: 60 }).ticks.length).toBeLessThan(
			ticks.length,
		);
	});

	it('turns names that do not fit side by side, and drops some where they would meet', () => {
		expect(look('x', { type: 'category' }, ['a', 'b']).angle).toBe(0);
		const turned = look('x', { type: 'category' }, names(12));
		expect(turned.angle).toBe(-40);
		expect(turned.depth).toBeLessThanOrEqual(100);
		expect(look('x', { type: 'category' }, names(200)).ticks.length).toBeLessThan(50);
	});

	it('has no turned names in a preview', () => {
		expect(look('x', { type: 'category' }, names(12), { bare: true }).ticks).toEqual([]);
	});

	it('cuts names on an upright axis to the room they have, but never numbers', () => {
		const { ticks, depth } = look('y', { type: 'category' }, names(3), { depth: 40 });
		expect(depth).toBeLessThanOrEqual(40);
		expect(ticks.every(({ label }) => label.includes('…'))).toBe(true);
		const numbers = look('y', { type: 'linear' }, [], { depth: 1 }).ticks;
		expect(numbers.some(({ label }) => label.includes('…'))).toBe(false);
	});

	it('keeps the ticks where labels are not wanted', () => {
		const { ticks, depth } = look('y', { type: 'linear', showticklabels: false });
		expect([depth, ticks.every(({ label }) => label === '')]).toEqual([0, true]);
		expect(ticks.length).toBeGreaterThan(2);
	});
});
