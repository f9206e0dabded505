import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cifar10 } from '../../datasets/cifar-10';
import type { LoadProgress } from '../../datasets/library';
import { loadShare, loadText } from './load-progress';

const event = (change: Partial<LoadProgress>): LoadProgress => ({
	step: 'fetch',
	split: 'train',
	bytes: 0,
	totalBytes: 100,
	samples: 0,
	totalSamples: 0,
	...change,
});

/** Steps in the order in which loading goes through them. */
const WALKS = {
	mirror: [
		event({ bytes: 50 }),
		event({ bytes: 100 }),
		event({ step: 'unpack', split: null, bytes: 100 }),
		event({ step: 'store', samples: 25_000, totalSamples: 50_000 }),
		event({ step: 'store', samples: 50_000, totalSamples: 50_000 }),
		event({ split: 'test', bytes: 100 }),
		event({ step: 'store', split: 'test', samples: 10_000, totalSamples: 10_000 }),
	],
	site: [event({ bytes: 40 }), event({ bytes: 100 }), event({ split: 'test', bytes: 100 })],
	files: [
		event({ step: 'unpack', split: null, bytes: 100 }),
		event({ step: 'store', samples: 50_000, totalSamples: 50_000 }),
		event({ step: 'store', split: 'test', samples: 10_000, totalSamples: 10_000 }),
	],
} as const;

describe('loadShare()', () => {
	it.each(['mirror', 'site', 'files'] as const)('%s: goes on and ends below 1', (origin) => {
		let before = 0;
		for (const one of WALKS[origin]) {
			const share = loadShare(cifar10, origin, one, before);
			if (one.step !== 'unpack' || origin === 'files') expect(share).toBeGreaterThan(before);
			before = share;
		}
		expect(before).toBe(0.99);
	});

	it('never goes back and never leaves 0..0.99', () => {
		const number = fc.integer({ min: 0, max: 100 });
		const events = fc.record({
			step: fc.constantFrom('fetch', 'unpack', 'store'),
			split: fc.constantFrom('train', 'test', null),
			bytes: number,
			totalBytes: number,
			samples: number,
			totalSamples: number,
		});
		fc.assert(
			fc.property(fc.array(events), fc.constantFrom('site', 'mirror', 'files'), (walk, origin) => {
				let before = 0;
				for (const one of walk) {
					const share = loadShare(cifar10, origin, one, before);
					expect(share).toBeGreaterThanOrEqual(before);
					expect(share).toBeLessThanOrEqual(0.99);
					before = share;
				}
			}),
		);
	});
});

describe('loadText()', () => {
	it('names what is done, in bytes and samples', () => {
		expect(loadText(undefined)).toBe('Beginning…');
		expect(loadText(event({ bytes: 43.1e6, totalBytes: 119.7e6 }))).toBe(
			'Fetching the training samples: 43.1 MB of 119.7 MB',
		);
		expect(loadText(event({ step: 'unpack', split: null, bytes: 5, totalBytes: 9 }))).toBe(
			'Opening the files: 5 B of 9 B',
		);
		const store = event({ step: 'store', split: 'test', samples: 1200, totalSamples: 10_000 });
		expect(loadText(store)).toBe('Storing the test samples: 1,200 of 10,000');
		expect(loadText({ step: 'verify', done: 2, total: 9 })).toBe('Looking at part 2 of 9');
	});
});
