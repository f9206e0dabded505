/**
 * The registry of columns: what a table, an axis, a sort key, an export or a link may name.
 * Hyperparameters are columns too, as `prm.<name>`; which exist is in the snapshot's catalogue.
 */

export const BASE_COLUMNS = [
	'task',
	'dataset',
	'metric',
	'nn',
	'epoch',
	'accuracy',
	'duration',
	'epochDuration',
	'transform',
	'uid',
	'repeat',
	'source',
] as const;
export type BaseColumn = (typeof BASE_COLUMNS)[number];
export type PrmColumnId = `prm.${string}`;
export type ColumnId = BaseColumn | PrmColumnId;

export interface SortKey {
	readonly column: ColumnId;
	readonly descending: boolean;
}

export interface FieldSpec {
	readonly id: ColumnId;
	/** header text */
	readonly title: string;
	/** one sentence for tooltips and the glossary */
	readonly about: string;
	readonly kind: 'text' | 'number';
	/** 'fraction' shows 0.9274, 'ns' a human duration, 'count' an integer, 'plain' the number itself */
	readonly unit: 'fraction' | 'ns' | 'count' | 'plain' | 'none';
}

const base = (
	id: BaseColumn,
	title: string,
	kind: FieldSpec['kind'],
	unit: FieldSpec['unit'],
	about: string,
): FieldSpec => ({ id, title, about, kind, unit });

/** The base columns, by id. */
export const FIELDS = {
	task: base('task', 'Task', 'text', 'none', 'The kind of problem, such as img-classification.'),
	dataset: base(
		'dataset',
		'Dataset',
		'text',
		'none',
		'The data the net was trained and tested on.',
	),
	metric: base(
		'metric',
		'Metric',
		'text',
		'none',
		'How the result was scored; it decides what accuracy means.',
	),
	nn: base('nn', 'Net', 'text', 'none', 'The name of the neural network.'),
	epoch: base(
		'epoch',
		'Epoch',
		'number',
		'count',
		'Passes over the training data finished when the row was recorded.',
	),
	accuracy: base(
		'accuracy',
		'Accuracy',
		'number',
		'fraction',
		'The score on the test set as a fraction of 1; compare it only within one task, dataset and metric.',
	),
	duration: base(
		'duration',
		'Time so far',
		'number',
		'ns',
		'Time from the start of the run to the end of this epoch’s test; blank where none was recorded.',
	),
	epochDuration: base(
		'epochDuration',
		'Time of this epoch',
		'number',
		'ns',
		'Time since the previous recorded epoch of the same run.',
	),
	transform: base(
		'transform',
		'Transform',
		'text',
		'none',
		'The preprocessing of the inputs, by the name of LEMUR’s transform file.',
	),
	uid: base(
		'uid',
		'Run uid',
		'text',
		'none',
		'LEMUR’s identifier of the hyperparameters; runs of different nets may share one.',
	),
	repeat: base(
		'repeat',
		'Repeat',
		'number',
		'count',
		'0, or n for the n-th further run of the same net, epoch and uid.',
	),
	source: base(
		'source',
		'Source',
		'text',
		'none',
		'lemur: published with LEMUR; mine: trained or imported on this device.',
	),
} satisfies Record<BaseColumn, FieldSpec>;

/** A sentence for each hyperparameter that LEMUR's training code or a common net defines. */
const PRM_ABOUT: Readonly<Record<string, string>> = {
	alpha: 'A net’s own weighting factor.',
	attention_dropout: 'Share of attention weights dropped in training, 0 to 1.',
	batch: 'Number of samples in a training batch.',
	batch_size_per_image:
		'Sampled regions per image for the detection loss, as a fraction of the default.',
	beta1: 'Decay rate of Adam’s running mean of the gradients.',
	beta2: 'Decay rate of Adam’s running mean of the squared gradients.',
	bg_iou_thresh: 'Overlap with a true box below which a proposal counts as background.',
	center_sampling_radius: 'Radius around a box centre in which points count as positive.',
	detections_per_img: 'Limit of detections kept per image, as a fraction of the default.',
	dropout: 'Share of activations dropped in training, 0 to 1.',
	dropout_aux: 'Dropout of the auxiliary classifier, 0 to 1.',
	epoch: 'The number of epochs that was planned for the run.',
	epoch_max: 'The number of epochs that was planned for the run.',
	fg_iou_thresh: 'Overlap with a true box from which a proposal counts as an object.',
	iou_thresh: 'Overlap from which a default box is matched to a true box.',
	kernel_size: 'Width of the convolution kernel, as the net scales it.',
	kld_warmup_epochs: 'Epochs over which the Kullback-Leibler term is raised, as the net scales it.',
	lr: 'Learning rate of the optimiser at the start.',
	lr_d: 'Learning rate of the discriminator.',
	lr_g: 'Learning rate of the generator.',
	mixup_alpha: 'Parameter of the Beta distribution that mixes pairs of samples.',
	model_channels: 'Number of channels at the first level of the net.',
	momentum: 'Momentum of stochastic gradient descent, or a net’s own use of the name.',
	neg_to_pos_ratio: 'Background samples per object sample in the detection loss.',
	nms_thresh: 'Overlap above which the weaker of two detections is removed.',
	norm_eps: 'Small number added to the variance in normalisation layers.',
	norm_momentum: 'Momentum of the running statistics of normalisation layers.',
	norm_std: 'Standard deviation of the initial weights of normalisation layers.',
	patch_size: 'Side of an image patch, as the net scales it.',
	positive_fraction: 'Share of object samples among those of the detection loss.',
	pretrained: 'Whether, or how likely, training starts from published weights.',
	score_thresh: 'Score below which a detection is discarded.',
	stochastic_depth_prob: 'Probability that a residual block is skipped in training.',
	tie_weights: 'Whether, or how likely, input and output embeddings share weights.',
	timesteps: 'Number of diffusion steps.',
	topk_candidates:
		'Candidates kept before overlapping detections are removed, as a fraction of the default.',
	transform: 'The preprocessing of the inputs.',
	warmup_epochs: 'Epochs over which the learning rate is raised, as the net scales it.',
};

const PRM = 'prm.';

/** @returns whether a column is a hyperparameter's: `prm.<name>` with a name */
export function isPrmColumn(id: string): id is PrmColumnId {
	return id.startsWith(PRM) && id.length > PRM.length;
}

/** @returns whether foreign text names a column; which hyperparameters exist is the catalogue's */
export function isColumnId(id: string): id is ColumnId {
	return Object.hasOwn(FIELDS, id) || isPrmColumn(id);
}

/** @returns the hyperparameter's name inside `prm.<name>` */
export function prmName(id: PrmColumnId): string {
	return id.slice(PRM.length);
}

/**
 * @param id a column
 * @param kind of a hyperparameter, which only the snapshot knows
 * @returns how to head, explain and print it
 */
export function fieldOf(id: ColumnId, kind: FieldSpec['kind'] = 'number'): FieldSpec {
	if (!isPrmColumn(id)) return FIELDS[id];
	const name = prmName(id);
	return {
		id,
		title: name,
		about: Object.hasOwn(PRM_ABOUT, name)
			? (PRM_ABOUT[name] ?? '')
			: `The hyperparameter ${name} of the run, as the net’s own code uses it.`,
		kind,
		unit: kind === 'text' ? 'none' : 'plain',
	};
}

const METRIC_TITLES: ReadonlyMap<string, string> = new Map([
	['acc', 'Accuracy'],
	['iou', 'IoU (mean)'],
	['map', 'mAP@0.5 (LEMUR)'],
	['bleu', 'BLEU-4'],
	['clip', 'CLIP score/100'],
	['ppl', 'perplexity score'],
	['fid', 'negative FID'],
	['mae', 'MAE score'],
	['psnr', 'PSNR (dB)'],
	['cider', 'CIDEr/3'],
	['meteor', 'METEOR (no synonyms)'],
]);

/** @returns what the column `accuracy` holds under this metric; an unknown metric is its own title */
export function metricTitle(metric: string): string {
	return METRIC_TITLES.get(metric) ?? metric;
}
