/** PyTorch's `clip_grad_norm_`: one norm over all gradients, scaled in place. Nothing is read back. */
import * as tf from '@tensorflow/tfjs-core';
import { noGrad } from '../autograd';
import { scalar } from '../constants';
import { Tensor, type Parameter } from '../tensor';
import { hasKernel, runKernel } from '../webgpu/kernels';
import { ClippedGradient } from './clipped';

/**
 * @returns the norm before clipping, a tensor of no dimensions on the device
 * Gradients are multiplied by min(1, maxNorm / (norm + 1e-6)); parameters without one are left out.
 */
export function clipGradNorm(parameters: Iterable<Parameter>, maxNorm: number): Tensor {
	return noGrad(() => {
		const owners = [...parameters].filter(({ grad }) => grad !== null);
		if (owners.length > 0 && hasKernel('LemurClipFactor')) return clipLater(owners, maxNorm);
		const squares = owners.map(({ grad }) => tf.sum(tf.square(grad!.memory)));
		const total = squares.length === 0 ? scalar(0) : tf.sqrt(tf.sum(tf.stack(squares)));
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

/** The factor stays on the device; the optimizer's step multiplies by it. */
function clipLater(owners: readonly Parameter[], maxNorm: number): Tensor {
	const inputs = Object.fromEntries(owners.map(({ grad }, at) => [`g${at}`, grad!.memory]));
	const attributes = { count: owners.length, maxNorm };
	const [norm, factor] = runKernel('LemurClipFactor', inputs, attributes);
	for (const owner of owners) owner.grad = new ClippedGradient(owner.grad!, factor!);
	return new Tensor(norm!, []);
}
