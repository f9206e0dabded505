import { expect, it } from 'vitest';
import { reportFile } from './kinds';

it('names files as LEMUR does, and its own by snapshot and day', () => {
	const now = new Date('2026-11-25T23:30:00Z');
	expect(reportFile('lemur-statistics', '2.1.2', now)).toBe('statistics.xlsx');
	expect(reportFile('lemur-raw', '2.1.2', now)).toBe('raw_data.xlsx');
	expect(reportFile('living', '2.1.2', now)).toBe('lemur-2.1.2-2026-11-25.xlsx');
	expect(reportFile('living', '../<b>', now)).toBe('lemur-b-2026-11-25.xlsx');
});
