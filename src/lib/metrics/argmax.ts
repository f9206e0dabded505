/** PyTorch's arg-max along the class axis, on plain numbers. */
import { checkValues, MetricError, shapeText, type Values } from './metric';

/** Numbers of predicted classes, and the shape that the class axis left. */
export interface Predicted {
	readonly data: Int32Array;
	readonly shape: readonly number[];
}

/**
 * The position of the largest value along `axis`: the first of equal ones, and the first NaN before
 * everything else.
 * @throws MetricError when there is no such axis or it is empty
 */
export function argmax(values: Values, axis: number): Predicted {
	checkValues(values, 'Outputs');
	const { data, shape } = values;
	const classes = shape[axis];
	if (classes === undefined || classes === 0)
		throw new MetricError(`Outputs of shape ${shapeText(shape)} have no classes on axis ${axis}.`);
	const left = [...shape.slice(0, axis), ...shape.slice(axis + 1)];
	const inner = shape.slice(axis + 1).reduce((product, n) => product * n, 1);
	const result = new Int32Array(data.length / classes);
	for (let i = 0; i < result.length; i++) {
		const first = Math.floor(i / inner) * inner * classes + (i % inner);
		result[i] = largest(data, first, inner, classes);
	}
	return { data: result, shape: left };
}

function largest(data: ArrayLike<number>, first: number, step: number, count: number): number {
	let best = 0;
	let value = data[first]!;
	for (let c = 1; c < count && !Number.isNaN(value); c++) {
		const next = data[first + c * step]!;
		if (next > value || Number.isNaN(next)) {
			best = c;
			value = next;
		}
	}
	return best;
}
