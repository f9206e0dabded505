import { describe, expect, it } from 'vitest';
import { remember } from './remember';

describe('remember(cache, key, limit, make)', () => {
	it('makes once, and lets go of what was used longest ago', () => {
		const cache = new Map<string, string>();
		const made: string[] = [];
		const ask = (key: string) =>
			remember(cache, key, 2, () => {
				made.push(key);
				return key.toUpperCase();
			});
		expect(['a', 'b', 'a', 'c', 'a', 'b'].map(ask)).toEqual(['A', 'B', 'A', 'C', 'A', 'B']);
		expect(made).toEqual(['a', 'b', 'c', 'b']);
		expect([...cache.keys()]).toEqual(['a', 'b']);
	});
});
