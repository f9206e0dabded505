import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { centerCrop, flipHorizontal, flipVertical } from './crop';
import type { Picture } from './resample';

const numbered = (height: number, width: number): Picture => ({
	pixels: Uint8Array.from({ length: height * width }, (_, i) => i + 1),
	height,
	width,
	channels: 1,
});

describe('centerCrop()', () => {
	it('rounds half a pixel to the even side, as Python does', () => {
		expect([...centerCrop(numbered(1, 5), 1, 2).pixels]).toStrictEqual([3, 4]); // 1.5 → 2
		expect([...centerCrop(numbered(1, 3), 1, 2).pixels]).toStrictEqual([1, 2]); // 0.5 → 0
	});

	it('surrounds a picture that is too small with black, the odd pixel after it', () => {
		expect([...centerCrop(numbered(1, 2), 1, 5).pixels]).toStrictEqual([0, 1, 2, 0, 0]);
		expect([...centerCrop(numbered(3, 1), 1, 3).pixels]).toStrictEqual([0, 2, 0]);
	});

	it('keeps what it has', () => {
		const picture = numbered(4, 4);
		expect(centerCrop(picture, 4, 4)).toBe(picture);
	});
});

describe('flips', () => {
	it('are their own inverse and keep the bytes of a pixel together', () => {
		const sides = fc.integer({ min: 1, max: 6 });
		fc.assert(
			fc.property(sides, sides, (height, width) => {
				const pixels = Uint8Array.from({ length: height * width * 3 }, (_, i) => i % 256);
				const picture: Picture = { pixels, height, width, channels: 3 };
				expect(flipHorizontal(flipHorizontal(picture))).toStrictEqual(picture);
				expect(flipVertical(flipVertical(picture))).toStrictEqual(picture);
				const last = pixels.slice((width - 1) * 3, width * 3);
				expect(flipHorizontal(picture).pixels.slice(0, 3)).toStrictEqual(last);
			}),
		);
	});
});
