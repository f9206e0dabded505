/** LEMUR's `center_crop`: the middle 48 × 48 pixels, enlarged to 64 × 64. */
import type { TransformSpec } from './transform';

export const centerCropTransform: TransformSpec = {
	id: 'center_crop',
	about: 'The middle 48 × 48 pixels, resized to 64 × 64; normalised.',
	steps: [
		{ op: 'center-crop', size: [48, 48] },
		{ op: 'resize', size: [64, 64] },
	],
	normalise: true,
	complex: false,
};
