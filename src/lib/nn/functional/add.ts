/** The sum of two memories: what residual branches, gradients that meet and meters need most. */
import * as tf from '@tensorflow/tfjs-core';
import { hasKernel, runKernel } from '../webgpu/kernels';

/** @returns a + b, broadcast as tfjs broadcasts where the shapes differ */
export function addMemory(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
	const plain =
		a.dtype === 'float32' &&
		b.dtype === 'float32' &&
		a.shape.length === b.shape.length &&
		a.shape.every((n, i) => n === b.shape[i]);
	return plain && hasKernel('LemurAdd') ? runKernel('LemurAdd', { a, b }, {})[0]! : tf.add(a, b);
}
