import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	MAX_HEIGHT,
	maxTop,
	rowOfSlot,
	rowsAt,
	scrollTopOf,
	spacerHeight,
	topAfterScroll,
	topShowing,
} from './geometry';

const all = { rows: 578_595, rowHeight: 28, viewport: 600 };
const few = { rows: 1_000, rowHeight: 28, viewport: 600 };

describe('geometry of the list', () => {
	test('the spacer never exceeds what browsers lay out', () => {
		expect(spacerHeight(few)).toBe(28_000);
		expect(spacerHeight(all)).toBe(MAX_HEIGHT);
	});

	test('the ends of the scrollbar are the ends of the list', () => {
		const end = MAX_HEIGHT - all.viewport;
		expect(topAfterScroll(all, { scrollTop: 0, top: 0 }, end)).toBe(maxTop(all));
		expect(rowsAt(all, maxTop(all), 0).end).toBe(all.rows);
		expect(topAfterScroll(all, { scrollTop: end, top: maxTop(all) }, 0)).toBe(0);
	});

	test('a short step moves rows one to one, a long one in proportion', () => {
		const from = { scrollTop: 1_000, top: 2_000 };
		expect(topAfterScroll(all, from, 1_100)).toBe(2_100);
		expect(topAfterScroll(all, from, 1_000_000)).toBeGreaterThan(2_000_000);
	});

	test('without scaling the list is where the scrollbar is', () => {
		fc.assert(
			fc.property(fc.nat(27_400), fc.nat(27_400), (before, after) => {
				const top = topAfterScroll(few, { scrollTop: before, top: before }, after);
				expect(top).toBeCloseTo(after, 6);
				expect(scrollTopOf(few, after)).toBeCloseTo(after, 6);
			}),
		);
	});

	test('a list shorter than its window does not scroll', () => {
		const short = { rows: 3, rowHeight: 28, viewport: 600 };
		expect(topAfterScroll(short, { scrollTop: 0, top: 0 }, 0)).toBe(0);
		expect(scrollTopOf(short, 0)).toBe(0);
		expect(rowsAt(short, 0, 4)).toEqual({ start: 0, end: 3 });
	});

	test('a shown row is wholly visible, and a visible one does not move', () => {
		fc.assert(
			fc.property(fc.nat(all.rows - 1), fc.nat(Math.floor(maxTop(all))), (row, top) => {
				const next = topShowing(all, top, row);
				const y = row * all.rowHeight;
				expect(y).toBeGreaterThanOrEqual(next);
				expect(y + all.rowHeight).toBeLessThanOrEqual(next + all.viewport);
				expect(topShowing(all, next, row)).toBe(next);
			}),
		);
	});

	test('slots show each row of the window once, and keep a row while it stays visible', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 60 }), fc.nat(600_000), (slots, first) => {
				const rows = Array.from({ length: slots }, (_, slot) => rowOfSlot(slot, slots, first));
				const sorted = [...rows].sort((a, b) => a - b);
				expect(sorted).toEqual(Array.from({ length: slots }, (_, i) => first + i));
				const next = Array.from({ length: slots }, (_, s) => rowOfSlot(s, slots, first + 1));
				expect(next.filter((row, slot) => row !== rows[slot])).toEqual([first + slots]);
			}),
		);
	});
});
