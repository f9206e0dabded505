/** The cpu backend with our kernels: in Node, and the last step of the ladder in a browser. */
import '@tensorflow/tfjs-backend-cpu';
import { setBackend } from '@tensorflow/tfjs-core';
import { registerCpuKernels } from './functional/cpu-kernels';

registerCpuKernels();

/** Makes the cpu the backend of what follows. */
export async function useCpu(): Promise<void> {
	await setBackend('cpu');
}
