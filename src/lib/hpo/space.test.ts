import { describe, expect, it } from 'vitest';
import { categorical, float, int } from './distributions';
import { inputsOf, paramsOf, sameSpace, spaceOf } from './space';

describe('spaceOf', () => {
	it('refuses a name that comes twice, or none, or a range that cannot be searched', () => {
		expect(() =>
			spaceOf([
				['lr', float(0, 1)],
				['lr', int(0, 1)],
			]),
		).toThrow('lr: this parameter is named twice.');
		expect(() => spaceOf([['', float(0, 1)]])).toThrow(/needs a name/);
		const wrong = { type: 'float', low: 0, high: 1, step: null, log: true } as const;
		expect(() => spaceOf({ lr: wrong })).toThrow(/^lr: a logarithmic range must lie above 0/);
	});

	it('keeps names that are dangerous as keys', () => {
		const space = spaceOf([
			['__proto__', float(0, 1)],
			['constructor', categorical(['a', 'b'])],
		]);
		const params = paramsOf(space, [0.5, 1]);
		expect(Object.keys(params)).toEqual(['__proto__', 'constructor']);
		expect(Object.getPrototypeOf(params)).toBe(Object.prototype);
		expect(inputsOf(space, params)).toEqual([0.5, 1]);
	});
});

describe('inputsOf', () => {
	const space = spaceOf({ batch: categorical([1, 2]), lr: float(0, 1) });

	it('says which value is missing or outside', () => {
		expect(() => inputsOf(space, { batch: 1 })).toThrow('lr: this value is missing.');
		expect(() => inputsOf(space, { batch: 4, lr: 0 })).toThrow('batch: 4 is not in its range.');
		expect(() => inputsOf(spaceOf({ toString: float(0, 1) }), {})).toThrow(/is missing/);
	});
});

describe('sameSpace', () => {
	it('compares names, order and ranges', () => {
		const a = spaceOf({ x: float(0, 1), y: int(0, 9) });
		expect(sameSpace(a, structuredClone(a))).toBe(true);
		expect(sameSpace(a, spaceOf({ y: int(0, 9), x: float(0, 1) }))).toBe(false);
		expect(sameSpace(a, spaceOf({ x: float(0, 1) }))).toBe(false);
		expect(sameSpace(a, spaceOf({ x: float(0, 1), y: int(0, 8) }))).toBe(false);
	});
});
