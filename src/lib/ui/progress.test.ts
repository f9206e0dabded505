import { describe, expect, it } from 'vitest';
import { progressShare } from './progress';

describe('progressShare', () => {
	const event = (what: 'download' | 'open', done: number, total: number) =>
		progressShare({ kind: 'progress', what, done, total, unit: 'bytes' });

	it('never goes back from fetching to reading, and is full only at the end', () => {
		const shares = [
			event('download', 0, 9),
			event('download', 9, 9),
			event('open', 0, 5),
			event('open', 5, 5),
		];
		expect(shares).toEqual([...shares].sort((a, b) => a - b));
		expect(shares.filter((share) => share >= 1)).toHaveLength(1);
		expect(progressShare(undefined)).toBe(0);
		expect(event('download', 0, 0)).toBe(0);
	});
});
