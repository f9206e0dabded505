import { describe, expect, it } from 'vitest';
import { axisOf } from '../chart/axis';
import { boxOf, canBound, filterToBox } from './scatter-box';

const box = { xMin: 1, xMax: 2, yMin: 0.3, yMax: 0.4 };

describe('filterToBox(filter, x, y, box)', () => {
	it('sets both ranges and keeps everything else', () => {
		const filter = { task: ['t'], prm: { batch: { min: 5 } } };
		expect(filterToBox(filter, 'prm.lr', 'accuracy', box)).toEqual({
			task: ['t'],
			prm: { batch: { min: 5 }, lr: { min: 1, max: 2 } },
			accuracy: { min: 0.3, max: 0.4 },
		});
	});

	it('leaves an axis that no filter can bound', () => {
		expect(canBound('epochDuration')).toBe(false);
		expect(filterToBox({}, 'epochDuration', 'epoch', box)).toEqual({
			epoch: { min: 0.3, max: 0.4 },
		});
	});
});

describe('boxOf(drag, x, y)', () => {
	const x = axisOf({ domain: [1, 100], range: [0, 200], unit: 'plain', log: true });
	const y = axisOf({ domain: [0, 1], range: [100, 0], unit: 'fraction' });

	it('gives data units whatever corner the drag began in', () => {
		const one = boxOf({ x0: 100, y0: 80, x1: 200, y1: 30 }, x, y);
		expect(one).toEqual(boxOf({ x0: 200, y0: 30, x1: 100, y1: 80 }, x, y));
		expect(one?.xMin).toBeCloseTo(10, 9);
		expect(one?.xMax).toBeCloseTo(100, 9);
		expect(one?.yMin).toBeCloseTo(0.2, 9);
		expect(one?.yMax).toBeCloseTo(0.7, 9);
	});

	it('takes a short drag as a click', () => {
		expect(boxOf({ x0: 5, y0: 5, x1: 9, y1: 90 }, x, y)).toBeUndefined();
	});
});
