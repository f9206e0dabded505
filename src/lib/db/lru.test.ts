import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonical, createLru } from './lru';

describe('createLru(limit)', () => {
	it('makes a value once and lets the one go that was asked for longest ago', () => {
		const made: string[] = [];
		const lru = createLru<string>(2);
		const ask = (key: string) => lru.get(key, () => (made.push(key), key));
		for (const key of ['a', 'b', 'a', 'c', 'a', 'b']) ask(key);
		expect(made).toEqual(['a', 'b', 'c', 'b']);
		lru.clear();
		ask('a');
		expect(made).toHaveLength(5);
	});

	it('keeps nothing of what could not be made', () => {
		const lru = createLru<number>(1);
		expect(() =>
			lru.get('a', () => {
				throw new RangeError('no');
			}),
		).toThrow('no');
		expect(lru.get('a', () => 2)).toBe(2);
	});
});

describe('canonical(value)', () => {
	it('does not depend on the order of keys, but on everything else', () => {
		fc.assert(
			fc.property(fc.jsonValue(), (value) => {
				const turned: unknown = JSON.parse(JSON.stringify(value), (_, part: unknown) =>
					typeof part === 'object' && part !== null && !Array.isArray(part)
						? Object.fromEntries(Object.entries(part).reverse())
						: part,
				);
				expect(canonical(turned)).toBe(canonical(value));
				expect(JSON.parse(canonical(value))).toEqual(JSON.parse(JSON.stringify(value)));
			}),
		);
		expect(canonical({ a: [1, 2] })).not.toBe(canonical({ a: [2, 1] }));
	});
});
