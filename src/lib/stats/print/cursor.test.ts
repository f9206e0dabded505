import { describe, expect, it } from 'vitest';
import { Cursor, NotOurs } from './cursor';

describe('Cursor', () => {
	it('steps over tokens with any blanks between them, or over nothing', () => {
		const cursor = new Cursor(' GROUP \n BY a');
		expect(cursor.eat('GROUP OF')).toBe(false);
		expect(cursor.eat('GROUP BY')).toBe(true);
		expect(() => cursor.expect('b')).toThrow(NotOurs);
		cursor.expect('a');
		expect(() => cursor.end()).not.toThrow();
	});

	it('reads lists up to their end', () => {
		const numbers = (text: string) => {
			const cursor = new Cursor(text);
			return cursor.list(() => cursor.number(), ')');
		};
		expect(numbers('1, -0.0,2e3 )')).toEqual([1, -0, 2000]);
		expect(numbers(')')).toEqual([]);
		for (const text of ['1 2)', '1,)', '1', '1e999)']) expect(() => numbers(text)).toThrow(NotOurs);
	});

	it('goes only so deep, side by side as often as one likes', () => {
		const cursor = new Cursor('');
		const deep = (depth: number): number => cursor.nest(() => (depth > 1 ? deep(depth - 1) : 0));
		for (let i = 0; i < 20; i++) deep(12);
		expect(() => deep(13)).toThrow('Nested too deeply');
	});

	it('says when more follows', () => {
		const cursor = new Cursor('a b');
		cursor.expect('a');
		expect(cursor.atNumber()).toBe(false);
		expect(() => cursor.end()).toThrow('More text follows');
	});
});
