import { describe, expect, it } from 'vitest';
import { changed } from './changed';

describe('changed()', () => {
	it('sets and deletes on a copy', () => {
		const map = new Map([['a', 1]]);
		expect([...changed(map, 'b', 2)]).toStrictEqual([
			['a', 1],
			['b', 2],
		]);
		expect([...changed(map, 'a', undefined)]).toStrictEqual([]);
		expect([...map]).toStrictEqual([['a', 1]]);
	});
});
