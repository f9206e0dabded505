/** A search space as the columns of a forest: numbers as they are (not their logarithms), choices one-hot. */
import type { Feature } from './tree';
import type { Parameter, Trials } from './space';

/** Where each parameter's columns are, and the range of every column. */
export interface Encoding {
	readonly columns: readonly (readonly number[])[];
	readonly bounds: readonly (readonly [low: number, high: number])[];
}

/** @returns the columns of a space: one for a number, one for each choice, each an axis from 0 to 1 */
export function encodingOf(parameters: readonly Parameter[]): Encoding {
	const bounds: [number, number][] = [];
	const columns = parameters.map(({ distribution }) => {
		const first = bounds.length;
		if (distribution.type === 'categorical')
			for (let i = 0; i < distribution.choices.length; i++) bounds.push([0, 1]);
		else bounds.push([distribution.low, distribution.high]);
		return Array.from({ length: bounds.length - first }, (_, i) => first + i);
	});
	return { columns, bounds };
}

/** @returns the trials as the forest reads them, in single precision */
export function featuresOf({ parameters, inputs }: Trials): Feature[] {
	return parameters.map(({ distribution }, p) => {
		const input = inputs[p]!;
		return distribution.type === 'categorical'
			? { kind: 'one-hot', codes: Int32Array.from(input), choices: distribution.choices.length }
			: { kind: 'number', values: Float32Array.from(input) };
	});
}
