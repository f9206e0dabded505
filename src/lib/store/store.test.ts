import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareKeys, prefixEnd, storeName } from './store';

const text = fc.string({ unit: fc.constantFrom('a', 'b', '\0', '\uffff', '\ud83d'), maxLength: 4 });

describe('prefixEnd(prefix)', () => {
	it('parts the keys that start with the prefix from all that come after', () => {
		fc.assert(
			fc.property(text, text, (prefix, key) => {
				const end = prefixEnd(prefix);
				const within =
					compareKeys(key, prefix) >= 0 && (end === undefined || compareKeys(key, end) < 0);
				expect(within).toBe(key.startsWith(prefix));
			}),
		);
	});

	it('has none where no key can come after', () => {
		expect([prefixEnd(''), prefixEnd('\uffff\uffff'), prefixEnd('a\uffff')]).toEqual([
			undefined,
			undefined,
			'b',
		]);
	});
});

it('storeName() keeps sites, base paths and schemas apart', () => {
	const names = [storeName('', 1), storeName('/sub', 1), storeName('', 2)];
	expect(new Set(names).size).toBe(3);
	expect(names[1]).toBe('lemur:/sub:v1');
});
