import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { recordingSurface } from './samples';
import { shortened, wrapped } from './words';

const surface = recordingSurface();

describe('shortened(text, room, size, surface)', () => {
	test('keeps both ends and never exceeds the room', () => {
		const short = shortened('ResNet-0123456789-abcdefgh', 100, 12, surface);
		expect(short).toMatch(/^ResNet.*…\w+fgh$/);
		fc.assert(
			fc.property(fc.string(), fc.integer({ min: 20, max: 300 }), (text, room) => {
				expect(surface.measure(shortened(text, room, 12, surface), 12)).toBeLessThanOrEqual(room);
			}),
		);
	});

	test('leaves alone what fits', () => {
		expect(shortened('VGG', 100, 12, surface)).toBe('VGG');
	});
});

describe('wrapped(text, room, size, surface, most)', () => {
	test('breaks at words, and marks what is left over', () => {
		const text = 'one two three four five six seven eight nine ten';
		expect(wrapped(text, 100, 12, surface, 9).join(' ')).toBe(text);
		const cut = wrapped(text, 100, 12, surface, 2);
		expect(cut).toHaveLength(2);
		expect(cut[1]).toMatch(/…$/);
	});
});
