/**
 * Which part of a transform can be left to the device: a resize that enlarges all pictures to one size.
 * Sent small, a batch of 32 × 32 pixels is 1/64 of the same batch at 256 × 256, and nobody waits for
 * the processor. The device's rounding may differ by one level of 255; see `nn/functional/enlarge.ts`.
 */
import { outputSize, type Size, type TransformSpec } from './transform';

/** A transform in two parts. */
export interface DevicePlan {
	/** what is done to the bytes before they are sent */
	readonly host: TransformSpec;
	/** height and width that the device makes of them */
	readonly resize: Size;
}

/** fewer pixels than this times the original are not worth a second way */
const WORTH = 2;

const isFlip = ({ op }: TransformSpec['steps'][number]) =>
	op === 'flip-horizontal' || op === 'flip-vertical';

/**
 * @param size of all pictures; null when they differ
 * @returns null where the transform stays whole
 */
export function planForDevice(spec: TransformSpec, size: Size | null): DevicePlan | null {
	const shaping = spec.steps.filter((step) => !isFlip(step));
	const [first, ...rest] = shaping;
	if (!size || (first?.op !== 'resize' && first?.op !== 'resize-shorter')) return null;
	const resize = outputSize({ ...spec, steps: [first] }, size);
	const final = outputSize(spec, size);
	if (!resize || !final) return null;
	// A crop to the size that the picture has by then does nothing.
	const isWhole = final[0] === resize[0] && final[1] === resize[1];
	const allCrops = rest.every(({ op }) => op === 'center-crop');
	const grows = resize[0] >= size[0] && resize[1] >= size[1];
	const worth = resize[0] * resize[1] >= WORTH * size[0] * size[1];
	if (!isWhole || !allCrops || !grows || !worth) return null;
	// Mirroring and resizing may change places: the filter is symmetric.
	return { host: { ...spec, steps: spec.steps.filter(isFlip) }, resize };
}
