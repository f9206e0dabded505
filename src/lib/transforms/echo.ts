/** `echo`, `echo_N` and their `_flip`: squeezed to N × N, values from 0 to 1, not normalised. */
import { SIZES } from './sizes';
import type { Step, TransformSpec } from './transform';

const FLIP: Step = { op: 'flip-horizontal', p: 0.5 };

function spec(id: string, about: string, steps: readonly Step[]): TransformSpec {
	return { id, about, steps, normalise: false, complex: false };
}

function sized(size: number): TransformSpec[] {
	const steps: Step[] = [{ op: 'resize', size: [size, size] }];
	const about = `Squeezed to ${size} × ${size} pixels`;
	return [
		spec(`echo_${size}`, `${about}; values from 0 to 1.`, steps),
		spec(`echo_${size}_flip`, `${about}, half are mirrored; values from 0 to 1.`, [...steps, FLIP]),
	];
}

export const echo: readonly TransformSpec[] = [
	spec('echo', 'Pictures as they are; values from 0 to 1.', []),
	spec('echo_flip', 'Pictures as they are, half are mirrored; values from 0 to 1.', [FLIP]),
	...SIZES.flatMap(sized),
];
