import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ProgressEvent } from '../../db/protocol';
import { progressText, reportShare, timeLeft } from './report-progress';

const plan = {
	sheets: [
		{ name: 'Cover', rows: 20, columns: [] },
		{ name: 'Data', rows: 1000, columns: [] },
		{ name: 'Definitions', rows: 30, columns: [] },
	],
	pictures: ['Rolling mean', 'Histogram'],
};
const event = (rest: Partial<ProgressEvent>): ProgressEvent => ({
	...{ kind: 'progress', what: 'report', done: 0, total: 1, unit: 'rows', part: 'Data' },
	...rest,
});

describe('the bar of a report', () => {
	it('goes through pictures, then through the sheets in their order', () => {
		const events = [
			event({ unit: 'pictures', done: 1, total: 2, part: 'Rolling mean' }),
			event({ unit: 'pictures', done: 2, total: 2, part: 'Histogram' }),
			event({ done: 20, total: 20, part: 'Cover' }),
			event({ done: 500, total: 1000 }),
		];
		let share = 0;
		for (const one of events) {
			const next = reportShare(plan, true, one, share);
			expect(next).toBeGreaterThan(share);
			share = next;
		}
	});

	it('counts no pictures where none are made', () => {
		expect(reportShare(plan, false, event({ done: 500, total: 1000 }), 0)).toBeCloseTo(520 / 1050);
	});

	it('never goes back, and is not full while work goes on', () => {
		const anyEvent = fc.record({
			unit: fc.constantFrom('rows' as const, 'pictures' as const),
			done: fc.nat(2000),
			total: fc.nat(1000),
			part: fc.constantFrom('Cover', 'Data', 'Definitions', 'another'),
		});
		fc.assert(
			fc.property(fc.array(anyEvent), fc.boolean(), (events, pictures) => {
				let share = 0;
				for (const one of events) {
					const next = reportShare(plan, pictures, event(one), share);
					expect(next).toBeGreaterThanOrEqual(share);
					expect(next).toBeLessThan(1);
					share = next;
				}
			}),
		);
	});

	it('stands still for a plan of nothing', () => {
		expect(reportShare({ sheets: [], pictures: [] }, true, event({ done: 1 }), 0.25)).toBe(0.25);
	});
});

describe('words of the progress', () => {
	it('name sheet and picture', () => {
		expect(progressText(event({ done: 12_000, total: 578_595 }))).toBe(
			'Sheet Data: 12,000 of 578,595 rows',
		);
		const picture = event({ unit: 'pictures', done: 2, total: 12, part: 'Rolling mean' });
		expect(progressText(picture)).toBe('Picture 3 of 12: Rolling mean');
	});

	it('tell the time left, once it can be told', () => {
		expect(timeLeft(0.1, 10_000)).toBe('');
		expect(timeLeft(0.5, 1000)).toBe('');
		expect(timeLeft(0.25, 10_000)).toBe('about 30 s left');
		expect(timeLeft(0.2, 60_000)).toBe('about 4 min left');
		expect(timeLeft(0.99, 10_000)).toBe('nearly done');
	});
});
