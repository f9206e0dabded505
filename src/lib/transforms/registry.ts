/** Every transform for classification by LEMUR's name, and why the others are not among them. */
import { RpcError } from '../worker/rpc-error';
import { centerCropTransform } from './center-crop';
import { complex } from './complex';
import { echo } from './echo';
import { norm } from './norm';
import { randomHorizontalFlip } from './random-horizontal-flip';
import { randomVerticalFlip } from './random-vertical-flip';
import type { TransformSpec } from './transform';

/** In the order of the page's lists. */
export const TRANSFORMS: readonly TransformSpec[] = [
	...norm,
	...echo,
	...complex,
	centerCropTransform,
	randomHorizontalFlip,
	randomVerticalFlip,
];

const byName = new Map(TRANSFORMS.map((spec) => [spec.id, spec]));

/** LEMUR's names that give no picture for classification: name → what it does instead. */
export const REFUSED: ReadonlyMap<string, string> = new Map([
	['complex_flip', 'It fails in LEMUR: it turns pictures into numbers and then flips them.'],
	['five_crop', 'It fails in LEMUR: it makes five pictures of one and then resizes the list.'],
	['soft_pad', 'It is for object detection: it pads to 800 × 800 pixels.'],
]);

/** @returns undefined for a name that is not here */
export function findTransform(name: string): TransformSpec | undefined {
	return byName.get(name);
}

/** @throws RpcError TRANSFORM_UNKNOWN with the reason */
export function transformNamed(name: string): TransformSpec {
	const spec = byName.get(name);
	if (spec) return spec;
	const why = REFUSED.get(name) ?? 'This site has no transform of that name.';
	throw new RpcError('TRANSFORM_UNKNOWN', `The transform ${name} cannot be used. ${why}`, {
		transform: name,
	});
}
