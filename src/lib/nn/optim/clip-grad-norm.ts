/** PyTorch's `clip_grad_norm_`: one norm over all gradients, scaled in place. Nothing is read back. */
import * as tf from '@tensorflow/tfjs-core';
import { noGrad } from '../autograd';
import { scalar } from '../constants';
import { Tensor, type Parameter } from '../tensor';

/**
 * @returns the norm before clipping, a tensor of no dimensions on the device
 * Gradients are multiplied by min(1, maxNorm / (norm + 1e-6)); parameters without one are left out.
 */
export function clipGradNorm(parameters: Iterable<Parameter>, maxNorm: number): Tensor {
	return noGrad(() => {
		const owners = [...parameters].filter(({ grad }) => grad !== null);
		const squares = owners.map(({ grad }) => tf.sum(tf.square(grad!.memory)));
		const total = squares.length === 0 ? scalar(0) : tf.sqrt(tf.addN(squares));
		const factor = tf.minimum(tf.div(scalar(maxNorm), tf.add(total, scalar(1e-6))), scalar(1));
		for (const owner of owners) {
			const { grad } = owner;
			if (!grad) continue;
			owner.grad = new Tensor(tf.keep(tf.mul(grad.memory, factor)), grad.shape, grad.layout);
			grad.dispose();
		}
		return new Tensor(total, []);
	});
}
