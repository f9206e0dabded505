/**
 * Pillow's resize of byte pictures to a larger size, on the device: two small matrices, rounded to a
 * byte after each, as Pillow does. Single precision decides a few ties otherwise: at most one level of
 * 255, in under one value of a hundred.
 */
import * as tf from '@tensorflow/tfjs-core';
import { constant, scalar } from '../constants';
import { Tensor } from '../tensor';
import { imageTensor, type Normalisation } from './image';
import { antialiasWeights } from './resample';

/** Halves go up: what is rounded is never negative. */
const rounded = (values: tf.Tensor) => tf.floor(tf.add(values, scalar(0.5)));

/** Pillow's weights are whole numbers of 2^-22; in single precision they are exact. */
const weights = (from: number, to: number) =>
	constant('enlarge', [1, to, from], () =>
		antialiasWeights(from, to, false).map((weight) => Math.trunc(0.5 + weight * 2 ** 22) / 2 ** 22),
	);

/** Per channel along the last axis. */
const perChannel = (name: string, values: readonly number[]) =>
	constant(`enlarge ${name} ${values.join()}`, [values.length], () => Float32Array.from(values));

/**
 * @param pixels bytes of (N, H, W, C)
 * @param size height and width to come; not smaller than those of the bytes
 * @param normalise null: values stay between 0 and 1
 * @returns floats of shape (N, C, height, width), channels last in memory, without gradient
 */
export function enlargedImageTensor(
	pixels: Uint8Array,
	shape: readonly [number, number, number, number],
	[height, width]: readonly [number, number],
	normalise: Normalisation | null,
): Tensor {
	const [n, h, w, c] = shape;
	// Whole numbers again: the division by 255 and back leaves a trace, and ties are frequent.
	const bytes = rounded(tf.mul(imageTensor(pixels, shape, null).as('channels_last'), scalar(255)));
	const wide = rounded(tf.matMul(weights(w, width), tf.reshape(bytes, [n * h, w, c])));
	const tall = rounded(tf.matMul(weights(h, height), tf.reshape(wide, [n, h, width * c])));
	const unit = tf.div(tf.reshape(tall, [n, height, width, c]), scalar(255));
	const memory = normalise
		? tf.div(tf.sub(unit, perChannel('mean', normalise.mean)), perChannel('std', normalise.std))
		: unit;
	return new Tensor(memory as tf.Tensor4D, [n, c, height, width], 'channels_last');
}
