import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resize, type Picture } from './resample';

/** The definition in floating point, without Pillow's two roundings. */
function plainResize({ pixels, height, width, channels }: Picture, h: number, w: number): number[] {
	const weightsOf = (from: number, to: number, out: number) => {
		const scale = from / to;
		const stretch = Math.max(1, scale);
		const raw = Array.from({ length: from }, (_, i) =>
			Math.max(0, 1 - Math.abs((i + 0.5 - (out + 0.5) * scale) / stretch)),
		);
		const sum = raw.reduce((a, b) => a + b, 0);
		return raw.map((one) => one / sum);
	};
	const result: number[] = [];
	for (let y = 0; y < h; y++) {
		const rows = weightsOf(height, h, y);
		for (let x = 0; x < w; x++) {
			const columns = weightsOf(width, w, x);
			for (let c = 0; c < channels; c++) {
				let sum = 0;
				for (let i = 0; i < height; i++)
					for (let j = 0; j < width; j++)
						sum +=
							(rows[i] ?? 0) * (columns[j] ?? 0) * (pixels[(i * width + j) * channels + c] ?? 0);
				result.push(sum);
			}
		}
	}
	return result;
}

const side = fc.integer({ min: 1, max: 14 });
const pictures = fc
	.record({ height: side, width: side, channels: fc.constantFrom(1, 3) })
	.chain(({ height, width, channels }) =>
		fc
			.uint8Array({ minLength: height * width * channels, maxLength: height * width * channels })
			.map((pixels): Picture => ({ pixels, height, width, channels })),
	);

describe('resize()', () => {
	it('is within the two roundings of the plain definition', () => {
		fc.assert(
			fc.property(pictures, side, side, (picture, h, w) => {
				const { pixels, ...size } = resize(picture, h, w);
				expect(size).toStrictEqual({ height: h, width: w, channels: picture.channels });
				const plain = plainResize(picture, h, w);
				pixels.forEach((one, i) =>
					expect(Math.abs(one - (plain[i] ?? NaN))).toBeLessThanOrEqual(1.01),
				);
			}),
		);
	});

	it('keeps one colour and a picture that has the size already', () => {
		const grey: Picture = {
			pixels: new Uint8Array(5 * 7 * 3).fill(201),
			height: 5,
			width: 7,
			channels: 3,
		};
		expect(new Set(resize(grey, 32, 3).pixels)).toStrictEqual(new Set([201]));
		expect(resize(grey, 5, 7)).toBe(grey);
	});

	it('averages when it reduces, where resizing without antialias would pick pixels', () => {
		const stripes = Uint8Array.from({ length: 64 }, (_, i) => (i % 2) * 255);
		const row: Picture = { pixels: stripes, height: 1, width: 64, channels: 1 };
		for (const value of resize(row, 1, 8).pixels) expect(Math.abs(value - 127.5)).toBeLessThan(20);
	});
});
