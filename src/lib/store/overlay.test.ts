import { describe, expect, it } from 'vitest';
import { Overlay, type Reader } from './overlay';
import { compareKeys } from './store';

/** A store of `views` that holds these values. */
function readerOf(stored: Readonly<Record<string, unknown>>): Reader {
	const entries = Object.entries(stored)
		.map(([key, value]) => ({ key, value }))
		.sort((a, b) => compareKeys(a.key, b.key));
	return {
		get: async (_, key) => stored[key],
		scan: async (_, { prefix = '', limit = Infinity }) =>
			entries.filter(({ key }) => key.startsWith(prefix)).slice(0, limit),
	};
}

const keysOf = async (overlay: Overlay, options = {}) =>
	(await overlay.scan('views', options)).map(({ key }) => key);

describe('Overlay', () => {
	it('shows its own writes over what is stored, within prefix and limit', async () => {
		const overlay = new Overlay(readerOf({ a1: 1, a2: 2, a4: 4, b: 5 }), ['views'], 'write');
		await overlay.delete('views', 'a1');
		await overlay.put('views', 'a3', 3);
		await overlay.put('views', 'a2', 'two');
		expect(await keysOf(overlay, { prefix: 'a' })).toEqual(['a2', 'a3', 'a4']);
		expect(await keysOf(overlay, { prefix: 'a', limit: 2 })).toEqual(['a2', 'a3']);
		expect(await overlay.get('views', 'a1')).toBeUndefined();
		expect(await overlay.get('views', 'a2')).toBe('two');
	});

	it('hands the last write of each key on, and nothing of what was read', async () => {
		const overlay = new Overlay(readerOf({ a: 1 }), ['views'], 'write');
		const value = { n: 1 };
		await overlay.put('views', 'a', value);
		value.n = 2;
		await overlay.put('views', 'b', 1);
		await overlay.delete('views', 'b');
		await overlay.get('views', 'a');
		expect(overlay.writes()).toEqual([
			{ collection: 'views', key: 'a', kind: 'put', value: { n: 1 } },
			{ collection: 'views', key: 'b', kind: 'delete', value: undefined },
		]);
	});

	it('refuses what a transaction may not do', async () => {
		const reading = new Overlay(readerOf({}), ['views'], 'read');
		await expect(reading.put('views', 'a', 1)).rejects.toThrow('cannot write to views');
		await expect(reading.get('settings', 'a')).rejects.toThrow('not opened over');
		const writing = new Overlay(readerOf({}), ['views'], 'write');
		await expect(writing.put('views', 'a', () => 1)).rejects.toMatchObject({ code: 'STORE_VALUE' });
		expect(writing.writes()).toEqual([]);
	});
});
