/**
 * Who frees memory: a step. Everything made between `startStep` and `endStep` is freed but
 * parameters, buffers, optimizer state, gradients of leaves and what was kept. Net code never disposes.
 */
import { engine, keep as keepMemory } from '@tensorflow/tfjs-core';
import type { Tensor } from './tensor';

/** Tensors made from here on belong to the step. */
export function startStep(name = 'step'): void {
	engine().startScope(name);
}

let ended: () => void = () => {};

/** A backend hears of the end of steps, to send off what it has gathered. One listener. */
export function onStepEnd(listener: () => void): void {
	ended = listener;
}

/** Frees what the step made. */
export function endStep(): void {
	engine().endScope();
	ended();
}

/** Keeps a tensor beyond its step; `dispose()` it when it is no longer needed. */
export function keep<T extends Tensor>(tensor: T): T {
	keepMemory(tensor.memory);
	return tensor;
}

/** Runs `work` as a step of its own; results that are to be read must be kept or read inside. */
export async function inStep<T>(work: () => T | Promise<T>): Promise<T> {
	startStep();
	try {
		return await work();
	} finally {
		endStep();
	}
}
