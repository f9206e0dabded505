import { expect, it } from 'vitest';
import { isSingle, normalized } from './space';

it('knows which distributions hold one value only', () => {
	const float = { type: 'float', low: 1, high: 2, step: null, log: false } as const;
	const int = { type: 'int', low: 1, high: 4, step: 4, log: false } as const;
	expect(isSingle(float)).toBe(false);
	expect(isSingle({ ...float, high: 1 })).toBe(true);
	expect(isSingle(int)).toBe(true);
	expect(isSingle({ ...int, step: 3 })).toBe(false);
	expect(isSingle({ type: 'categorical', choices: ['a'] })).toBe(true);
	expect(isSingle({ type: 'categorical', choices: ['a', null] })).toBe(false);
});

it('makes shares of a sum, and none up where there is no importance', () => {
	expect([...normalized(Float64Array.of(1, 3))]).toEqual([0.25, 0.75]);
	expect([...normalized(Float64Array.of(0, 0))]).toEqual([0, 0]);
});
