/** LEMUR's `random_vertical_flip`: about a fifth stands on its head, then 64 × 64. */
import type { TransformSpec } from './transform';

export const randomVerticalFlip: TransformSpec = {
	id: 'random_vertical_flip',
	about: '22 % are turned upside down, then resized to 64 × 64; normalised.',
	steps: [
		{ op: 'flip-vertical', p: 0.22 },
		{ op: 'resize', size: [64, 64] },
	],
	normalise: true,
	complex: false,
};
