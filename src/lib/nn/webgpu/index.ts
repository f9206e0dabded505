/** The WebGPU backend with our kernels. Imported when it is used, so that nobody else loads it. */
import {
	backend,
	env,
	registerBackend,
	registerKernel,
	removeBackend,
	setBackend,
	unregisterKernel,
} from '@tensorflow/tfjs-core';
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { forget } from '../constants';
import { onFreeUnused } from '../memory';
import { onStepEnd } from '../scope';
import { onSettle } from '../settle';
import { batchNorm, batchNormGradient } from './batch-norm';
import { clipFactor } from './clip-factor';
import { conv, convFilterGradient, convInputGradient } from './conv';
import { crossEntropy, crossEntropyGradient } from './cross-entropy';
import { submit, watch } from './dispatch';
import {
	add,
	keepMask,
	relu,
	relu6,
	relu6Gradient,
	reluGradient,
	unpackImage,
} from './elementwise';
import { freeUnusedBuffers } from './free';
import { matMul } from './mat-mul';
import { adam, rmsprop, sgd } from './optimizers';

const KERNELS = [
	...[batchNorm, batchNormGradient, crossEntropy, crossEntropyGradient],
	...[conv, convInputGradient, convFilterGradient, matMul],
	...[add, relu, reluGradient, relu6, relu6Gradient, keepMask, unpackImage],
	...[sgd, adam, rmsprop, clipFactor],
];

/** A step is submitted when it ends; this is for work outside of steps, and for very long ones. */
const DISPATCHES_PER_SUBMIT = 512;

/** Raised to what the adapter has: tfjs asks for less, and large layers and our kernels need more. */
const LIMITS = [
	'maxBufferSize',
	'maxStorageBufferBindingSize',
	'maxStorageBuffersPerShaderStage',
	'maxComputeWorkgroupsPerDimension',
	'maxComputeWorkgroupStorageSize',
	'maxComputeWorkgroupSizeX',
	'maxComputeInvocationsPerWorkgroup',
] as const;

/**
 * Makes WebGPU the backend of what follows.
 * @throws when the adapter gives no device
 */
export async function useWebGpu(adapter: GPUAdapter): Promise<void> {
	const device = await adapter.requestDevice({
		requiredLimits: Object.fromEntries(LIMITS.map((name) => [name, adapter.limits[name]])),
	});
	watch(device);
	// Constants are on the device before this one.
	forget();
	removeBackend('webgpu');
	registerBackend('webgpu', () => new WebGPUBackend(device, adapter.info), 3);
	for (const kernel of KERNELS) {
		unregisterQuietly(kernel.kernelName);
		registerKernel(kernel);
	}
	env().set('WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE', DISPATCHES_PER_SUBMIT);
	if (!(await setBackend('webgpu'))) throw new Error('The WebGPU backend did not start.');
	const onGpu = (work: (gpu: WebGPUBackend) => void) => () => {
		const current = backend();
		if (current instanceof WebGPUBackend) work(current);
	};
	const send = onGpu(submit);
	onStepEnd(send);
	onFreeUnused(onGpu(freeUnusedBuffers));
	onSettle(() => {
		send();
		return device.queue.onSubmittedWorkDone();
	});
}

function unregisterQuietly(name: string): void {
	try {
		unregisterKernel(name, 'webgpu');
	} catch {
		// It was not there yet.
	}
}
