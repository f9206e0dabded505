/**
 * `complex`, `complex_N` and `complex_N_flip`: as `echo`, but the values are complex numbers without
 * an imaginary part. LEMUR's `complex_flip` fails in LEMUR: it flips what is no picture any more.
 */
import { SIZES } from './sizes';
import type { Step, TransformSpec } from './transform';

function spec(id: string, about: string, steps: readonly Step[]): TransformSpec {
	return { id, about, steps, normalise: false, complex: true };
}

function sized(size: number): TransformSpec[] {
	const steps: Step[] = [{ op: 'resize', size: [size, size] }];
	const about = `Squeezed to ${size} × ${size} pixels`;
	return [
		spec(`complex_${size}`, `${about}; complex values from 0 to 1.`, steps),
		spec(`complex_${size}_flip`, `${about}, half are mirrored; complex values from 0 to 1.`, [
			...steps,
			{ op: 'flip-horizontal', p: 0.5 },
		]),
	];
}

export const complex: readonly TransformSpec[] = [
	spec('complex', 'Pictures as they are; complex values from 0 to 1.', []),
	...SIZES.flatMap(sized),
];
