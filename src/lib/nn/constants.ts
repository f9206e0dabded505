/**
 * Small values that live on the device: a number made anew for every operation would be uploaded
 * every time, and each upload ends a compute pass. Meant for numbers that repeat: nothing is evicted,
 * since a step may still hold a value.
 */
import {
	engine,
	fill,
	getBackend,
	keep,
	reshape,
	scalar as makeScalar,
	tensor as makeTensor,
	type Scalar,
	type Tensor as Memory,
} from '@tensorflow/tfjs-core';

const scalars = new Map<string, Scalar>();
const tables = new Map<string, Memory>();

/** @returns a 0-dimensional float on the current backend; do not dispose */
export function scalar(value: number): Scalar {
	const key = `${getBackend()} ${Object.is(value, -0) ? '-0' : value}`;
	let found = scalars.get(key);
	if (!found || found.isDisposed) {
		found = keep(makeScalar(value, 'float32'));
		scalars.set(key, found);
	}
	return found;
}

/** @returns ones of a shape in memory, filled on the device */
export function ones(shape: readonly number[]): Memory {
	const size = shape.reduce((product, n) => product * n, 1);
	return size === 1 ? reshape(scalar(1), [...shape]) : fill([...shape], 1, 'float32');
}

/** @returns zeros of a shape in memory, filled on the device */
export function zeros(shape: readonly number[]): Memory {
	const size = shape.reduce((product, n) => product * n, 1);
	return size === 1 ? reshape(scalar(0), [...shape]) : fill([...shape], 0, 'float32');
}

/**
 * @param name tells the values apart from all others of this shape
 * @param values called once per backend
 * @returns fixed values on the current backend, such as the weights of a resize; do not dispose
 */
export function constant(
	name: string,
	shape: readonly number[],
	values: () => Float32Array,
): Memory {
	const key = `${getBackend()} ${name} ${shape.join('x')}`;
	let found = tables.get(key);
	if (!found || found.isDisposed) {
		found = keep(makeTensor(values(), [...shape], 'float32'));
		tables.set(key, found);
	}
	return found;
}

/** Frees every constant: for tests that count tensors, and when a backend goes away. */
export function forget(): void {
	for (const kept of [scalars, tables]) {
		for (const one of kept.values()) if (!one.isDisposed) one.dispose();
		kept.clear();
	}
}

/** @returns how many tensors the constants hold */
export function keptConstants(): number {
	return scalars.size + tables.size;
}

/** @returns tensors alive on the backend, constants left out */
export function tensorCount(): number {
	return engine().memory().numTensors - keptConstants();
}
