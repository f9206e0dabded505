import { describe, expect, it } from 'vitest';
import { bestOf } from './best';
import { columnsOf } from './testing';

/** Trials in mirror order: 0, 1 of (acc, A, run u0), 2 of (acc, A, u1), 3 of (acc, B), 4 of (iou, A). */
const columns = columnsOf([
	{
		nn: 'A',
		uid: 'u0',
		trials: [
			[1, 0.5],
			[2, 0.75],
		],
	},
	{ nn: 'A', uid: 'u1', trials: [[1, 0.75]] },
	{ nn: 'B', uid: 'u2', trials: [[1, 0.25]] },
	{ task: 'img-segmentation', dataset: 'coco', metric: 'iou', nn: 'A', trials: [[1, 0.125]] },
]);
const ALL = Uint32Array.of(0, 1, 2, 3, 4);
const best = (kind: Parameters<typeof bestOf>[2], ids = ALL) => [...bestOf(columns, ids, kind)];

describe('bestOf(columns, ids, best)', () => {
	it('keeps every trial that ties with the maximum of its group', () => {
		expect(best('configuration')).toEqual([1, 2, 3, 4]);
		expect(best('run')).toEqual([1, 2, 3, 4]);
		expect(best('epoch')).toEqual([1, 2, 3, 4]);
	});

	it('tells runs and epochs of one net apart', () => {
		const ids = Uint32Array.of(0, 2);
		expect(best('run', ids)).toEqual([0, 2]);
		expect(best('epoch', ids)).toEqual([2]);
		expect(best('epoch', Uint32Array.of(0, 1))).toEqual([0, 1]);
		expect(best('run', Uint32Array.of(0, 1))).toEqual([1]);
	});

	it('takes a net over all its datasets, but never two metrics together', () => {
		const wide = columnsOf([
			{ dataset: 'cifar-10', nn: 'A', trials: [[1, 0.5]] },
			{ dataset: 'mnist', nn: 'A', trials: [[1, 0.9]] },
			{ dataset: 'coco', metric: 'iou', nn: 'A', trials: [[1, 0.1]] },
		]);
		const accuracies = (kind: 'net' | 'configuration') =>
			Array.from(bestOf(wide, Uint32Array.of(0, 1, 2), kind), (t) => wide.accuracy[t]).sort();
		expect(accuracies('net')).toEqual([0.1, 0.9]);
		expect(accuracies('configuration')).toEqual([0.1, 0.5, 0.9]);
	});

	it('looks only at the trials given, in the order given', () => {
		expect(best('configuration', Uint32Array.of(3, 0))).toEqual([3, 0]);
		expect(best('configuration', new Uint32Array(0))).toEqual([]);
	});

	it('splits groups by the refinement of their runs', () => {
		const refine = Uint32Array.of(0, 1, 0, 0);
		const ids = Uint32Array.of(0, 2);
		expect([...bestOf(columns, ids, 'configuration')]).toEqual([2]);
		expect([...bestOf(columns, ids, 'configuration', refine)]).toEqual([0, 2]);
	});
});
