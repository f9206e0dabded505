import { describe, expect, it } from 'vitest';
import { decodePicture } from './browser-picture';
import fixtures from './decode/fixtures.json';

const bytesFrom = (text: string) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

describe('decodePicture()', () => {
	it('decodes a JPEG, and the PNGs that are left to it', async () => {
		const jpeg = await decodePicture(bytesFrom(fixtures.jpeg));
		expect([jpeg?.height, jpeg?.width, jpeg?.pixels.length]).toStrictEqual([24, 40, 24 * 40 * 3]);
		const bits = await decodePicture(bytesFrom(fixtures.one_bit));
		expect(new Set(bits?.pixels)).toStrictEqual(new Set([0, 255]));
	});

	it('gives the bytes of a PNG as they are, also below transparent pixels', async () => {
		for (const { mode, png, rgb } of fixtures.pictures) {
			const picture = await decodePicture(bytesFrom(png));
			const expected = bytesFrom(rgb);
			const far = picture?.pixels.reduce(
				(most, one, i) => Math.max(most, Math.abs(one - (expected[i] ?? 0))),
				0,
			);
			// A canvas keeps colours multiplied by their alpha, so transparent ones lose some.
			if (mode !== 'RGBA' && mode !== 'LA') expect(far).toBe(0);
		}
	});

	it('says nothing of what it cannot decode', async () => {
		expect(await decodePicture(new Uint8Array(40))).toBeUndefined();
	});
});
