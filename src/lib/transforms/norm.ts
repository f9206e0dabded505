/** `norm`, `norm_N` and their `_flip`: the shorter side becomes N, the middle is kept, normalised. */
import { SIZES } from './sizes';
import type { Step, TransformSpec } from './transform';

const FLIP: Step = { op: 'flip-horizontal', p: 0.5 };

function spec(id: string, about: string, steps: readonly Step[]): TransformSpec {
	return { id, about, steps, normalise: true, complex: false };
}

function sized(size: number): TransformSpec[] {
	const steps: Step[] = [
		{ op: 'resize-shorter', size },
		{ op: 'center-crop', size: [size, size] },
	];
	const about = `The shorter side becomes ${size} pixels, the middle square is kept`;
	return [
		spec(`norm_${size}`, `${about}; normalised.`, steps),
		spec(`norm_${size}_flip`, `${about}, half are mirrored; normalised.`, [...steps, FLIP]),
	];
}

export const norm: readonly TransformSpec[] = [
	spec('norm', 'Pictures as they are; normalised.', []),
	spec('norm_flip', 'Pictures as they are, half are mirrored; normalised.', [FLIP]),
	...SIZES.flatMap(sized),
];
