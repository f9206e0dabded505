/**
 * What a metric is: an accumulator over the test set, under LEMUR's name and with LEMUR's definition.
 * It sees plain numbers in PyTorch's element order; where they were computed, and when a value is
 * good enough (`train/gate.ts`), is not its matter.
 */

/** Numbers of a tensor, row by row (C order), with its shape. NaN and infinities are allowed. */
export interface Values {
	readonly data: ArrayLike<number>;
	readonly shape: readonly number[];
}

/** Outputs of a net and the labels they are compared with. */
export interface LabelledBatch {
	/** (B, C), (B, S, C) or (B, C, H, W): scores of C classes */
	readonly outputs: Values;
	/** class numbers: (B), (B, S) or (B, H, W) */
	readonly labels: Values;
}

/** A corner box in pixels. */
export type Box = readonly [x1: number, y1: number, x2: number, y2: number];

/** Boxes of one image with their classes. */
export interface Truth {
	readonly boxes: readonly Box[];
	/** class of each box */
	readonly labels: readonly number[];
}

/** What a net found in one image. */
export interface Detections extends Truth {
	/** confidence of each box */
	readonly scores: readonly number[];
}

/** One entry per image; the longer list is cut to the shorter one. */
export interface DetectionBatch {
	readonly predictions: readonly Detections[];
	readonly targets: readonly Truth[];
}

/** Captions as token numbers; 0 is padding. */
export interface CaptionBatch {
	/** (B, S, V): scores of V tokens at each position */
	readonly outputs: Values;
	/** (B, R, S): R references each, padded with 0; or (B, S) for one */
	readonly labels: Values;
}

/** Captions as words, each with at least one reference. */
export interface WordsBatch {
	readonly hypotheses: readonly (readonly string[])[];
	readonly references: readonly (readonly (readonly string[])[])[];
}

/** Scores of CLIP for each image (row) against each text (column): 100 times their cosine. */
export interface ImageTextBatch {
	/** (images, texts) */
	readonly logitsPerImage: Values;
}

/** Features of real and generated images, one row each. */
export interface FeatureBatch {
	/** (rows, features) */
	readonly real: Values;
	/** (rows, features) */
	readonly fake: Values;
}

/** Two tensors of the same shape that should be equal. */
export interface RegressionBatch {
	readonly outputs: Values;
	readonly labels: Values;
}

/** Sums over the test set; a new one for each epoch. */
export interface Accumulator<Batch> {
	/** @throws MetricError when the shapes do not fit */
	update(batch: Batch): void;
	/**
	 * LEMUR's figure of everything so far, as LEMUR has it before it replaces NaN and infinities.
	 * @throws MetricError where LEMUR's own run ends with an error
	 */
	value(): number;
	/** Present when the figure is not what it seems; one sentence for people. */
	warning?(): string | null;
}

/** What a metric may need to know of the task before the first batch. */
export interface MetricOptions {
	/** size of the output's class axis */
	readonly classes?: number;
}

/** LEMUR's names of tasks. */
export type Task =
	| 'img-classification'
	| 'img-segmentation'
	| 'obj-detection'
	| 'img-captioning'
	| 'txt-generation'
	| 'txt-image'
	| 'age-regression'
	| 'img-super-resolution';

/** Batches by metric: the one list of names. */
export interface MetricBatches {
	acc: LabelledBatch;
	iou: LabelledBatch;
	map: DetectionBatch;
	bleu: CaptionBatch;
	ppl: LabelledBatch;
	clip: ImageTextBatch;
	fid: FeatureBatch;
	mae: RegressionBatch;
	psnr: RegressionBatch;
	cider: CaptionBatch;
	meteor: WordsBatch;
}

/** LEMUR's name of a metric: the third part of a configuration. */
export type MetricId = keyof MetricBatches;

/** What lists and forms show. LEMUR maximises every metric, so all directions are the same. */
export interface MetricFacts {
	readonly id: MetricId;
	/** short, for axes and columns */
	readonly title: string;
	/** what it really is, for people who know the field's metric of that name */
	readonly about: string;
	readonly tasks: readonly Task[];
	readonly direction: 'maximize';
	/** the least and the largest value that it can have */
	readonly range: readonly [least: number, largest: number];
	/** what LEMUR's gate takes for a data set that names no minimum accuracy */
	readonly gateMinimum: number;
	/** part of nn-dataset 2.1.2; the others came with later revisions */
	readonly released: boolean;
}

/** One metric of the registry. */
export interface MetricSpec<Id extends MetricId> extends MetricFacts {
	readonly id: Id;
	/** A new accumulator, for one epoch. */
	create(options?: MetricOptions): Accumulator<MetricBatches[Id]>;
}

/** Inputs that a metric cannot take, or for which LEMUR's own run fails. */
export class MetricError extends Error {
	override readonly name = 'MetricError';
}

/** @returns number of elements of a shape */
export function sizeOf(shape: readonly number[]): number {
	return shape.reduce((product, n) => product * n, 1);
}

/** @returns a shape as PyTorch writes it */
export function shapeText(shape: readonly number[]): string {
	return `(${shape.join(', ')}${shape.length === 1 ? ',' : ''})`;
}

/** @throws MetricError when the shape and the number of values do not agree */
export function checkValues({ data, shape }: Values, what: string): void {
	if (sizeOf(shape) === data.length) return;
	throw new MetricError(`${what} of shape ${shapeText(shape)} came with ${data.length} values.`);
}
