/** Rows of a table by whole numbers: words, positions, relative places. */
import * as tf from '@tensorflow/tfjs-core';
import { record } from '../autograd';
import { ShapeError, Tensor } from '../tensor';

/**
 * @param indices whole numbers of any shape, each below the table's length
 * @param weight (entries, width)
 * @returns (…, width); numbers outside of the table give whatever the backend gives
 */
export function embedding(indices: Tensor, weight: Tensor): Tensor {
	if (weight.shape.length !== 2)
		throw new ShapeError(`embedding: the table needs two axes, not (${weight.shape.join(', ')}).`);
	const [entries, width] = [weight.dim(0), weight.dim(1)];
	const flat = tf.reshape<tf.Rank.R1>(tf.cast(indices.as('plain'), 'int32'), [-1]);
	const shape = [...indices.shape, width];
	return record({
		name: 'embedding',
		inputs: [weight],
		memory: tf.reshape(tf.gather(weight.as('plain'), flat), shape),
		shape,
		backward: (gradient) => {
			const rows = tf.reshape(gradient.as('plain'), [-1, width]);
			// Rows that were read twice get both gradients.
			return [new Tensor(tf.unsortedSegmentSum(rows, flat, entries), weight.shape)];
		},
	});
}
