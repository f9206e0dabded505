import { describe, expect, it } from 'vitest';
import { familiesOf } from './families';

describe('familiesOf(columns)', () => {
	const nns = ['B', 'ga-1', 'ga-mut-2', 'ga-20'];

	it('numbers the families in code-point order', () => {
		const { names, ofNn } = familiesOf({ nns });
		expect(names).toEqual(['B', 'ga', 'ga-mut']);
		expect([...ofNn]).toEqual([0, 1, 2, 1]);
	});

	it('is made once per list of nets', () => {
		expect(familiesOf({ nns })).toBe(familiesOf({ nns }));
		expect(familiesOf({ nns: [...nns] })).not.toBe(familiesOf({ nns }));
	});
});
