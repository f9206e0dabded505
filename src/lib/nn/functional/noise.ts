/** Standard normal noise for layers that draw it in every pass; replaced by a fixed source in tests. */
import { nextStream, normalValues } from '../random';
import { tensor, type Tensor } from '../tensor';

/** @returns `count` values for a tensor of this shape, in logical order */
export type NoiseSource = (shape: readonly number[], count: number) => Float32Array;

const drawn: NoiseSource = (_shape, count) => normalValues(nextStream(), count);
let source = drawn;

/** @returns noise of a shape, outside of the graph */
export function normalNoise(shape: readonly number[]): Tensor {
	return tensor(
		source(
			shape,
			shape.reduce((product, n) => product * n, 1),
		),
		shape,
	);
}

/** Takes noise from elsewhere until it is given back: `setNoise()` draws it again. */
export function setNoise(next: NoiseSource = drawn): void {
	source = next;
}
