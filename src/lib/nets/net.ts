/**
 * LEMUR's contract of a net: the framework constructs it, calls `trainSetup` and `learn`, and runs it
 * to evaluate; nothing else. A net's file exports one `NetSpec`.
 */
import { Module } from '../nn/module';
import type { TrainData } from '../nn/batches';
import type { Tensor } from '../nn/tensor';

/** (N, C, H, W) of a batch of images. */
export type InShape = readonly [batch: number, channels: number, height: number, width: number];
/** (classes), or what the task's last axis is. */
export type OutShape = readonly [number, ...number[]];

/** Hyperparameters by LEMUR's names; numbers from 0 to 1 where LEMUR samples them so. */
export type Prm = Readonly<Record<string, number>>;

export abstract class Net extends Module {
	/** Criterion and optimizer, once before the first `learn`. */
	abstract trainSetup(prm: Prm): void;
	/** One pass over the data: forward, loss, backward, clipping, step, batch by batch. */
	abstract learn(trainData: TrainData): Promise<void>;
	abstract override forward(x: Tensor): Tensor;
}

export type NetClass = new (inShape: InShape, outShape: OutShape, prm: Prm, device?: string) => Net;

/** A net of the registry, or one that a visitor brings. */
export interface NetSpec {
	/** LEMUR's name: the last part of a configuration */
	readonly name: string;
	readonly task: 'img-classification' | 'img-segmentation';
	/** one sentence: what it is, and what is its own here */
	readonly about: string;
	readonly Net: NetClass;
	readonly supportedHyperparameters: () => readonly string[];
	/** Pixels that the shorter side needs, in training too. */
	readonly minimumSize: number;
	/** Set where only one size works. */
	readonly exactSize?: number;
}

/** A net that cannot run on these images; says which sizes it needs. */
export class NetSizeError extends Error {
	override readonly name = 'NetSizeError';
}

/** Sizes that LEMUR's transforms make: norm_64, echo_64 and so on. */
const TRANSFORM_SIZES = [32, 64, 128, 256, 299, 512] as const;

/** @returns what to do about it, with the first transforms that make such images */
function transformHint(fits: (size: number) => boolean): string {
	const size = TRANSFORM_SIZES.find(fits);
	return size === undefined ? '' : `, such as norm_${size} or echo_${size}`;
}

/** @throws NetSizeError before anything is built, with the sizes that work */
export function checkSize({ name, minimumSize, exactSize }: NetSpec, inShape: InShape): void {
	const [, , height, width] = inShape;
	if (exactSize !== undefined && (height !== exactSize || width !== exactSize))
		throw new NetSizeError(
			`${name} runs on images of ${exactSize} × ${exactSize} pixels only, not ${height} × ${width}. Choose a transform of that size${transformHint((size) => size === exactSize)}.`,
		);
	if (Math.min(height, width) < minimumSize)
		throw new NetSizeError(
			`${name} needs images of at least ${minimumSize} × ${minimumSize} pixels, not ${height} × ${width}. Choose a transform that makes them larger${transformHint((size) => size >= minimumSize)}.`,
		);
}

/** @returns a hyperparameter; @throws when it is not given, as a missing key in LEMUR */
export function required(prm: Prm, name: string): number {
	const value = prm[name];
	if (value === undefined)
		throw new RangeError(
			`The net needs the hyperparameter ${name}; given: ${Object.keys(prm).join(', ')}.`,
		);
	return value;
}
