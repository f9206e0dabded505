/** How much memory tensors take now. What tfjs counts; drivers need some more. */
import { engine } from '@tensorflow/tfjs-core';

/** @returns bytes of all tensors that are alive */
export function tensorBytes(): number {
	return engine().memory().numBytes;
}
