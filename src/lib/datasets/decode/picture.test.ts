import { describe, expect, it } from 'vitest';
import { imagenette } from '../imagenette';
import { mnist } from '../mnist';
import { jpegSize, pictureFrom } from './picture';
import type { RgbPicture } from './stream';
import { bytesFrom, fixtures } from './testing';

const decoded = (height: number, width: number): RgbPicture => ({
	pixels: new Uint8Array(height * width * 3),
	height,
	width,
});

describe('pictureFrom()', () => {
	it('makes grey as Pillow does', async () => {
		const grey = { ...mnist, size: [4, 4] as const };
		const rgb = { pixels: bytesFrom(fixtures.grey.rgb), height: 4, width: 4 };
		const jpeg = bytesFrom(fixtures.jpeg);
		const picture = await pictureFrom('x', jpeg, grey, { decodePicture: async () => rgb });
		expect(picture.pixels).toStrictEqual(bytesFrom(fixtures.grey.l));
	});

	it('reduces pictures of all sizes to their shorter side, and enlarges none', async () => {
		const jpeg = bytesFrom(fixtures.jpeg);
		const of = async (height: number, width: number) => {
			const effects = { decodePicture: async () => decoded(height, width) };
			const picture = await pictureFrom('x', jpeg, imagenette, effects);
			return [picture.height, picture.width];
		};
		expect(await of(320, 481)).toStrictEqual([160, 240]);
		expect(await of(500, 333)).toStrictEqual([240, 160]);
		expect(await of(100, 50)).toStrictEqual([100, 50]);
	});

	it('says what is wrong with a picture', async () => {
		const [png] = fixtures.pictures;
		const wrong = pictureFrom('a.parquet', bytesFrom(png?.png ?? ''), mnist, {});
		await expect(wrong).rejects.toThrow('a.parquet: a picture has 11 × 13 pixels');
		const text = pictureFrom('a.jpg', new TextEncoder().encode('<html>'), imagenette, {});
		await expect(text).rejects.toThrow('neither PNG nor JPEG');
		const jpeg = pictureFrom('a.jpg', bytesFrom(fixtures.jpeg), imagenette, {});
		await expect(jpeg).rejects.toThrow('cannot be decoded by this browser');
	});
});

describe('jpegSize()', () => {
	it('reads the head of a JPEG, and refuses a huge one before decoding', async () => {
		const jpeg = bytesFrom(fixtures.jpeg);
		expect(jpegSize(jpeg)).toStrictEqual({ height: 24, width: 40 });
		const at = jpeg.findIndex((byte, i) => byte === 0xff && jpeg[i + 1] === 0xc0);
		jpeg.set([0xea, 0x60, 0xea, 0x60], at + 5);
		const huge = pictureFrom('a.jpg', jpeg, imagenette, {
			decodePicture: async () => decoded(1, 1),
		});
		await expect(huge).rejects.toThrow('60000 × 60000 pixels is too large');
	});
});
