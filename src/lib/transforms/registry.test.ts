import { describe, expect, it } from 'vitest';
import { findTransform, REFUSED, transformNamed, TRANSFORMS } from './registry';

describe('the registry of transforms', () => {
	it('has every name once, and none that is refused', () => {
		const names = TRANSFORMS.map(({ id }) => id);
		expect(new Set(names).size).toBe(names.length);
		for (const name of REFUSED.keys()) expect(names).not.toContain(name);
	});

	it('says why a name is refused', () => {
		expect(() => transformNamed('complex_flip')).toThrow('It fails in LEMUR');
		expect(() => transformNamed('norm_33')).toThrow('no transform of that name');
		expect(findTransform('__proto__')).toBeUndefined();
	});
});
