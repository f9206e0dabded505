/**
 * Gives back the buffers that tfjs keeps for later work. It keeps every size that was ever used, and
 * the next trial has other sizes: without this a search would fill the GPU.
 */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { submit } from './dispatch';

/** The part of the buffer manager that its types call private; pinned by the version in package.json. */
interface Internals {
	readonly freeBuffers: ReadonlyMap<string, GPUBuffer[]>;
	numFreeBuffers: number;
}

/** Call it between trials: what is free now is destroyed, and made anew where it is needed again. */
export function freeUnusedBuffers(gpu: WebGPUBackend): void {
	// Recorded work may still use what was released meanwhile.
	submit(gpu);
	const { bufferManager } = gpu;
	const inner = bufferManager as unknown as Internals; // see there
	for (const buffers of inner.freeBuffers.values()) {
		for (const buffer of buffers) {
			bufferManager.numBytesAllocated -= buffer.size;
			inner.numFreeBuffers--;
			buffer.destroy();
		}
		buffers.length = 0;
	}
}
