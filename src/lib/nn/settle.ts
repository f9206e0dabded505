/** Waiting for the device: for measuring, for pacing and before a page goes to sleep. Never in a step. */
import { fill, getBackend } from '@tensorflow/tfjs-core';

let waitForGpu: (() => Promise<unknown>) | undefined;

/** How the WebGPU backend waits; it tells this when it starts. */
export function onSettle(wait: () => Promise<unknown>): void {
	waitForGpu = wait;
}

/** Resolves when the device has done everything that was handed over. */
export async function settle(): Promise<void> {
	if (getBackend() === 'webgpu' && waitForGpu) {
		await waitForGpu();
		return;
	}
	// Other backends work in order: what is read back was done last.
	const probe = fill([1], 0);
	await probe.data();
	probe.dispose();
}
