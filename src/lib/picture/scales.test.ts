import { describe, expect, it } from 'vitest';
import { positioner, positionsOf, scaleOf } from './scales';

const model = (type: 'linear' | 'log' | 'category', names: string[] = []) => ({
	...{ id: 'x', axis: { type }, names, range: [0, 2] as const },
	at: positioner({ type }, names),
});

describe('positioner(axis, names)', () => {
	it('gives a number, its logarithm, or the place of a name', () => {
		expect([1.5, '2', ''].map(model('linear').at)).toEqual([1.5, 2, NaN]);
		expect([100, 0, -1, '10'].map(model('log').at)).toEqual([2, NaN, NaN, 1]);
		expect(['b', 'c', '7', 7, 0.5].map(model('category', ['a', 'b', '7']).at)).toEqual([
			...[1, NaN, 2, 2, 0.5],
		]);
	});

	it('takes no name from the prototype', () => {
		expect(model('category', ['a']).at('constructor')).toBeNaN();
	});
});

describe('scaleOf(model, from, to)', () => {
	it('spans the range between two places, in either direction', () => {
		expect([0, 1, 2, 3].map(scaleOf(model('linear'), 10, 30).place)).toEqual([10, 20, 30, 40]);
		const upwards = scaleOf(model('log'), 100, 0);
		expect([1, 10, 100].map(upwards.of)).toEqual([100, 50, 0]);
		expect([...positionsOf([1, NaN, 100], upwards)]).toEqual([0, NaN, 2]);
	});
});
