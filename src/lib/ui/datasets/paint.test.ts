import { describe, expect, it } from 'vitest';
import { toRgba } from './paint';

describe('toRgba()', () => {
	it('repeats a grey and keeps a colour', () => {
		const grey = { pixels: Uint8Array.of(7, 9), height: 1, width: 2 };
		expect([...toRgba(grey, 1)]).toStrictEqual([7, 7, 7, 255, 9, 9, 9, 255]);
		const colour = { pixels: Uint8Array.of(1, 2, 3), height: 1, width: 1 };
		expect([...toRgba(colour, 3)]).toStrictEqual([1, 2, 3, 255]);
	});
});
