/**
 * Where our kernels meet `functional/`: they are registered with tfjs under names of our own, for the
 * backend that has them. Callers ask `hasKernel` and compose tfjs's operations otherwise.
 */
import {
	engine,
	getBackend,
	getKernel,
	type NamedAttrMap,
	type NamedTensorMap,
	type Tensor,
} from '@tensorflow/tfjs-core';

export type KernelName =
	| 'LemurBatchNorm'
	| 'LemurBatchNormGradient'
	| 'LemurCrossEntropy'
	| 'LemurCrossEntropyGradient'
	| 'LemurKeepMask'
	| 'LemurAdd'
	| 'LemurRelu'
	| 'LemurReluGradient'
	| 'LemurRelu6'
	| 'LemurRelu6Gradient'
	| 'LemurConv'
	| 'LemurConvInputGradient'
	| 'LemurConvFilterGradient'
	| 'LemurMatMul'
	| 'LemurSgd'
	| 'LemurAdam'
	| 'LemurRmsprop'
	| 'LemurClipFactor'
	| 'LemurImage';

let off = false;

/** @returns whether the current backend has a kernel of ours */
export function hasKernel(name: KernelName): boolean {
	return !off && getKernel(name, getBackend()) !== undefined;
}

/** Runs `work` on tfjs's own kernels alone: what ours are tested against. */
export async function withoutKernels<T>(work: () => Promise<T>): Promise<T> {
	off = true;
	try {
		return await work();
	} finally {
		off = false;
	}
}

/** @returns the kernel's tensors, in its order; they belong to the step */
export function runKernel(name: KernelName, inputs: NamedTensorMap, attributes: object): Tensor[] {
	const made: Tensor | Tensor[] = engine().runKernel(
		name,
		inputs,
		attributes as unknown as NamedAttrMap, // as tfjs's own operations call it
	);
	return Array.isArray(made) ? made : [made];
}
