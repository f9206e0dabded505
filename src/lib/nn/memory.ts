/** How much memory tensors take now, and giving back what none takes. Drivers need some more than this. */
import { engine } from '@tensorflow/tfjs-core';

/** @returns bytes of all tensors that are alive */
export function tensorBytes(): number {
	return engine().memory().numBytes;
}

/** Bytes of a GPU's buffers. */
export interface GpuBytes {
	/** that hold something */
	readonly used: number;
	/** with those that are kept for later work */
	readonly allocated: number;
}

/** @returns undefined where the backend does not count them */
export function gpuBytes(): GpuBytes | undefined {
	const counts = engine().memory();
	if (!('numBytesInGPU' in counts) || !('numBytesAllocatedInGPU' in counts)) return undefined;
	const { numBytesInGPU: used, numBytesAllocatedInGPU: allocated } = counts;
	return typeof used === 'number' && typeof allocated === 'number'
		? { used, allocated }
		: undefined;
}

let free: () => void = () => {};

/** How the backend that is started gives memory back; one listener. */
export function onFreeUnused(work: () => void): void {
	free = work;
}

/** Gives back what the backend keeps for later work of the same sizes. Call it between trials. */
export function freeUnused(): void {
	free();
}
