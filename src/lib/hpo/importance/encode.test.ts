import { expect, it } from 'vitest';
import { encodingOf, featuresOf } from './encode';
import type { Parameter } from './space';

const parameters: readonly Parameter[] = [
	{ name: 'a', distribution: { type: 'float', low: 1e-5, high: 1, step: null, log: true } },
	{ name: 'b', distribution: { type: 'categorical', choices: ['x', 'y', 'z'] } },
	{ name: 'c', distribution: { type: 'int', low: 2, high: 8, step: 2, log: false } },
];

it('has a column for a number, not for its logarithm, and one for each choice', () => {
	expect(encodingOf(parameters)).toEqual({
		columns: [[0], [1, 2, 3], [4]],
		bounds: [
			[1e-5, 1],
			[0, 1],
			[0, 1],
			[0, 1],
			[2, 8],
		],
	});
});

it('reads trials in single precision, choices by their numbers', () => {
	const inputs = [Float64Array.of(0.1, 1), Float64Array.of(2, 0), Float64Array.of(4, 8)];
	expect(featuresOf({ parameters, inputs, values: Float64Array.of(0, 1) })).toEqual([
		{ kind: 'number', values: Float32Array.of(0.1, 1) },
		{ kind: 'one-hot', codes: Int32Array.of(2, 0), choices: 3 },
		{ kind: 'number', values: Float32Array.of(4, 8) },
	]);
});
