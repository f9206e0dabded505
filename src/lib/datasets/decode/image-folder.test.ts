import { describe, expect, it } from 'vitest';
import { imagenette } from '../imagenette';
import { imageFolder } from './image-folder';
import { allSamples, bytesFrom, file, fixtures } from './testing';

const [picture] = fixtures.pictures;
const png = bytesFrom(picture?.png ?? '');

describe('imageFolder', () => {
	it('takes the class from the folder and the split from the one above, in order of the paths', async () => {
		const streams = await imageFolder(
			[
				file('imagenette2-160/train/n03888257/b.png', png),
				file('imagenette2-160/train/n01440764/z.png', png),
				file('imagenette2-160/train/n01440764/._z.png', new Uint8Array(4)),
				file('imagenette2-160/train/n99999999/z.png', png),
				file('imagenette2-160/val/n02102040/a.png', png),
				file('imagenette2-160/noisy_imagenette.csv', new Uint8Array(9)),
			],
			imagenette,
			{},
		);
		const labels = await Promise.all(
			streams.map(async (stream) => [
				stream.split,
				(await allSamples(stream)).map(({ label, height, width }) => [label, height, width]),
			]),
		);
		expect(labels).toStrictEqual([
			[
				'train',
				[
					[0, 11, 13],
					[9, 11, 13],
				],
			],
			['test', [[1, 11, 13]]],
		]);
	});

	it('names the picture that is damaged', async () => {
		const name = 'i/train/n01440764/cut.png';
		const [stream] = await imageFolder([file(name, png.subarray(0, 90))], imagenette, {});
		if (!stream) throw new Error('no stream');
		await expect(allSamples(stream)).rejects.toThrow(`${name}: a picture ends too early`);
	});
});
