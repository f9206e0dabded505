/** LEMUR's `random_horizontal_flip`: about a quarter is mirrored, then 64 × 64. */
import type { TransformSpec } from './transform';

export const randomHorizontalFlip: TransformSpec = {
	id: 'random_horizontal_flip',
	about: '24 % are mirrored left to right, then resized to 64 × 64; normalised.',
	steps: [
		{ op: 'flip-horizontal', p: 0.24 },
		{ op: 'resize', size: [64, 64] },
	],
	normalise: true,
	complex: false,
};
