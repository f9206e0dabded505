/** torchvision's `ToTensor` and `Normalize` for a batch of bytes: four bytes travel for each number's one. */
import * as tf from '@tensorflow/tfjs-core';
import { ShapeError, Tensor } from '../tensor';
import { hasKernel, runKernel } from '../webgpu/kernels';

/** Of each channel, on the scale of 0 to 1. */
export interface Normalisation {
	readonly mean: readonly number[];
	readonly std: readonly number[];
}

/** The kernel's uniform block holds that many. */
const MOST_CHANNELS = 3;

/**
 * @param pixels bytes of (N, H, W, C)
 * @param normalise null: values stay between 0 and 1
 * @returns floats of shape (N, C, H, W), channels last in memory, without gradient
 */
export function imageTensor(
	pixels: Uint8Array,
	[n, h, w, c]: readonly [number, number, number, number],
	normalise: Normalisation | null,
): Tensor {
	if (pixels.length !== n * h * w * c)
		throw new ShapeError(
			`image: ${pixels.length} bytes for (N, H, W, C) = (${n}, ${h}, ${w}, ${c}).`,
		);
	const shape: [number, number, number, number] = [n, h, w, c];
	const { mean = [], std = [] } = normalise ?? {};
	const memory =
		c <= MOST_CHANNELS && hasKernel('LemurImage')
			? runKernel('LemurImage', { bytes: words(pixels) }, { shape, mean, std })[0]!
			: tf.tensor(floats(pixels, c, { mean, std }), shape, 'float32');
	return new Tensor(memory, [n, c, h, w], 'channels_last');
}

/** Four bytes to a word, the last word filled up with zeros. */
function words(pixels: Uint8Array): tf.Tensor {
	const bytes = new Uint8Array(Math.ceil(pixels.length / 4) * 4);
	bytes.set(pixels);
	return tf.tensor1d(new Int32Array(bytes.buffer), 'int32');
}

/** By a table of 256 values for each channel, each rounded as PyTorch rounds. */
function floats(pixels: Uint8Array, channels: number, { mean, std }: Normalisation): Float32Array {
	const tables = Array.from({ length: channels }, (_, channel) =>
		Float32Array.from({ length: 256 }, (_, byte) =>
			Math.fround(
				Math.fround(Math.fround(byte / 255) - Math.fround(mean[channel] ?? 0)) /
					Math.fround(std[channel] ?? 1),
			),
		),
	);
	const values = new Float32Array(pixels.length);
	if (channels === 1) {
		const table = tables[0]!;
		for (let i = 0; i < pixels.length; i++) values[i] = table[pixels[i]!]!;
		return values;
	}
	for (let i = 0, channel = 0; i < pixels.length; i++) {
		values[i] = tables[channel]![pixels[i]!]!;
		channel = channel + 1 === channels ? 0 : channel + 1;
	}
	return values;
}
