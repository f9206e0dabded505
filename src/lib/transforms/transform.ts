/**
 * What a transform is: a list of steps on byte pictures and how bytes become numbers. One file per
 * LEMUR name or family exports specs; `registry.ts` finds them by name. All random choices come from
 * a counter, so a picture's augmentation depends on seed, epoch and sample alone.
 */
import { uniform } from '../nn/formula';
import { centerCrop, flipHorizontal, flipVertical } from './crop';
import { resize, type Picture } from './resample';

export type Step =
	/** the shorter side becomes `size`, the other follows in proportion */
	| { readonly op: 'resize-shorter'; readonly size: number }
	/** both sides, whatever the proportion */
	| { readonly op: 'resize'; readonly size: readonly [height: number, width: number] }
	| { readonly op: 'center-crop'; readonly size: readonly [height: number, width: number] }
	| { readonly op: 'flip-horizontal'; readonly p: number }
	| { readonly op: 'flip-vertical'; readonly p: number };

/** One transform under LEMUR's name. */
export interface TransformSpec {
	readonly id: string;
	/** one sentence for the page */
	readonly about: string;
	readonly steps: readonly Step[];
	/** whether the dataset's mean is subtracted and its deviation divided by */
	readonly normalise: boolean;
	/** whether the numbers are complex, with an imaginary part of 0 */
	readonly complex: boolean;
}

/** Height and width. */
export type Size = readonly [height: number, width: number];

/** LEMUR hands one transform to training and testing, so one that flips makes test accuracy random. */
export function isRandom({ steps }: TransformSpec): boolean {
	return steps.some(({ op }) => op === 'flip-horizontal' || op === 'flip-vertical');
}

/** What the page says beside a transform that flips. */
export const RANDOM_AT_TEST =
	'Flips at test time too, as in LEMUR: the test accuracy depends on the draw.';

/** torchvision: the longer side is cut to a whole number, not rounded. */
function shorterSize([height, width]: Size, size: number): Size {
	return width <= height
		? [Math.trunc((size * height) / width), size]
		: [size, Math.trunc((size * width) / height)];
}

function sizeAfter(step: Step, size: Size): Size {
	if (step.op === 'resize-shorter') return shorterSize(size, step.size);
	return step.op === 'resize' || step.op === 'center-crop' ? step.size : size;
}

/**
 * @param size of the pictures, or null when they differ
 * @returns the size of every picture after the transform; null when it still differs
 */
export function outputSize({ steps }: TransformSpec, size: Size | null): Size | null {
	return steps.reduce<Size | null>((before, step) => {
		if (before) return sizeAfter(step, before);
		return step.op === 'resize' || step.op === 'center-crop' ? step.size : null;
	}, size);
}

/** Decides the random step number `index` of a picture; true with probability `p`. */
export type Draw = (index: number, p: number) => boolean;

const FLIPS = 0x464c0000; // 'FL'

/** @returns the draws of one sample in one epoch of a seed */
export function drawsOf(seed: number, epoch: number, sample: number): Draw {
	return (index, p) => uniform(FLIPS + epoch * 16 + index, sample, seed) < p;
}

/** Runs the steps. The result may share memory with the picture that was given. */
export function applySteps({ steps }: TransformSpec, picture: Picture, draw: Draw): Picture {
	let random = 0;
	return steps.reduce((before, step) => {
		const { height, width } = before;
		switch (step.op) {
			case 'resize-shorter':
				return resize(before, ...shorterSize([height, width], step.size));
			case 'resize':
				return resize(before, ...step.size);
			case 'center-crop':
				return centerCrop(before, ...step.size);
			case 'flip-horizontal':
				return draw(random++, step.p) ? flipHorizontal(before) : before;
			case 'flip-vertical':
				return draw(random++, step.p) ? flipVertical(before) : before;
			default:
				return step satisfies never;
		}
	}, picture);
}
