/**
 * What a training is asked to do, under the names and with the defaults of LEMUR's command line
 * (`python -m ab.nn.train`), in camel case. One trial, or a search over what is not fixed.
 */
import { splitConfig } from '../db/records/config-name';
import { compareText } from '../stats/text-order';

/** A fixed value of a hyperparameter; texts are names, such as that of a transform. */
export type PrmValue = number | string;

export interface TrainSettings {
	/** `task[_dataset[_metric[_nn]]]`; empty = every configuration that is known */
	readonly config: string;
	/** fixed hyperparameters by name; a fixed 0 stays 0 here, where LEMUR would search it */
	readonly nnPrm: Readonly<Record<string, PrmValue>>;
	readonly epochs: number;
	/** negative: that many more; otherwise: that many in all, with those that are stored */
	readonly trials: number;
	/** batch sizes are powers of two */
	readonly minBatchBinaryPower: number;
	readonly maxBatchBinaryPower: number;
	/** searched on a logarithmic scale */
	readonly minLearningRate: number;
	readonly maxLearningRate: number;
	readonly minMomentum: number;
	readonly maxMomentum: number;
	readonly minDropout: number;
	readonly maxDropout: number;
	/** null = every transform that is known */
	readonly transform: string | null;
	/** failures in a row after which a net is given up */
	readonly nnFailAttempts: number;
	readonly randomConfigOrder: boolean;
	/** of the data loader */
	readonly workers: number;
	/** null = searched */
	readonly pretrained: 0 | 1 | null;
	readonly epochLimitMinutes: number;
	readonly trainMissingPipelines: boolean;
	readonly savePthWeights: boolean;
	readonly saveOnnxWeights: boolean;
}

/** Settings while they are put together. */
export type Draft = { -readonly [Key in keyof TrainSettings]: TrainSettings[Key] };

/** LEMUR's defaults. */
export const DEFAULT_SETTINGS: TrainSettings = {
	config: '',
	nnPrm: {},
	epochs: 1,
	trials: -1,
	minBatchBinaryPower: 0,
	maxBatchBinaryPower: 12,
	minLearningRate: 1e-5,
	maxLearningRate: 1,
	minMomentum: 0,
	maxMomentum: 1,
	minDropout: 0,
	maxDropout: 0.5,
	transform: null,
	nnFailAttempts: 30,
	randomConfigOrder: false,
	workers: 2,
	pretrained: null,
	epochLimitMinutes: 30,
	trainMissingPipelines: false,
	savePthWeights: false,
	saveOnnxWeights: false,
};

/** Settings that cannot be, in words that name the setting. */
export class SettingsError extends Error {
	override readonly name = 'SettingsError';
}

/** Ranges by the hyperparameter that is searched in them. */
const RANGES = {
	batch: ['minBatchBinaryPower', 'maxBatchBinaryPower'],
	lr: ['minLearningRate', 'maxLearningRate'],
	momentum: ['minMomentum', 'maxMomentum'],
	dropout: ['minDropout', 'maxDropout'],
} as const;

/** Hyperparameters whose range may begin and end at 0. */
export const ZERO_RANGES = ['momentum', 'dropout'] as const;

/** Names of Python variables, so that a record's keys can be read everywhere. */
const PRM_NAME = /^[A-Za-z]\w*$/;
/** 2 ** 20 images in a batch are beyond every memory. */
const LARGEST_POWER = 20;

const WHOLE = [
	...(['epochs', 'trials', 'nnFailAttempts', 'workers', 'epochLimitMinutes'] as const),
	...RANGES.batch,
] as const;
const POSITIVE = ['epochs', 'epochLimitMinutes', 'minLearningRate'] as const;
const NOT_NEGATIVE = ['nnFailAttempts', 'workers', ...RANGES.batch, ...RANGES.momentum] as const;

/** @throws SettingsError for the first thing that is wrong */
export function checkSettings(settings: TrainSettings): void {
	const refuse = (words: string): never => {
		throw new SettingsError(words);
	};
	for (const [key, value] of Object.entries(settings))
		if (typeof value === 'number' && !Number.isFinite(value)) refuse(`${key} is not a number.`);
	for (const key of WHOLE)
		if (!Number.isSafeInteger(settings[key])) refuse(`${key} must be a whole number.`);
	for (const key of POSITIVE) if (settings[key] <= 0) refuse(`${key} must be above 0.`);
	for (const key of [...NOT_NEGATIVE, ...RANGES.dropout])
		if (settings[key] < 0) refuse(`${key} must not be below 0.`);
	if (settings.maxBatchBinaryPower > LARGEST_POWER)
		refuse(`maxBatchBinaryPower must be at most ${LARGEST_POWER}: it is a power of two.`);
	for (const [low, high] of Object.values(RANGES))
		if (settings[low] > settings[high])
			refuse(`${low} (${settings[low]}) is above ${high} (${settings[high]}).`);
	if (settings.transform === '') refuse('transform is empty: leave it out to search all of them.');
	for (const [name, value] of Object.entries(settings.nnPrm)) checkPrm(name, value);
}

function checkPrm(name: string, value: PrmValue): void {
	const refuse = (words: string): never => {
		throw new SettingsError(`The hyperparameter '${name}' ${words}`);
	};
	if (!PRM_NAME.test(name))
		refuse('needs a name of letters, digits and _ that starts with a letter.');
	if (value === '') refuse('is empty.');
	if (typeof value === 'number' && !Number.isFinite(value)) refuse('is not a number.');
	if (name === 'lr' && !(typeof value === 'number' && value > 0))
		refuse('must be a number above 0.');
	if (name === 'batch' && !(Number.isSafeInteger(value) && Number(value) > 0))
		refuse('must be a whole number from 1 on.');
}

/**
 * The same settings in their one form: hyperparameters in code-point order, which is also the order
 * that uids are made in; a momentum or dropout that may only be 0 is fixed; a range or choice
 * that a fixed value overrides is the default one.
 */
export function canonicalSettings(settings: TrainSettings): TrainSettings {
	const draft: Draft = { ...settings };
	const prm = { ...settings.nnPrm };
	for (const name of ZERO_RANGES)
		if (prm[name] === undefined && settings[RANGES[name][1]] === 0) prm[name] = 0;
	for (const [name, keys] of Object.entries(RANGES))
		if (prm[name] !== undefined) for (const key of keys) draft[key] = DEFAULT_SETTINGS[key];
	if (prm['transform'] !== undefined) draft.transform = null;
	if (prm['pretrained'] !== undefined) draft.pretrained = null;
	const sorted = Object.entries(prm).sort(([a], [b]) => compareText(a, b));
	// A negative zero prints as one, and means the same.
	draft.nnPrm = Object.fromEntries(sorted.map(([name, value]) => [name, value === 0 ? 0 : value]));
	return draft;
}

/** What LEMUR does with a pattern that may not be what it looks like; empty for usual ones. */
export function patternNotes(config: string): string[] {
	const parts = splitConfig(config);
	const filled = parts.filter((part) => part !== '');
	const notes: string[] = [];
	if (config !== '' && filled.length < parts.length)
		notes.push(
			`LEMUR drops empty parts of a configuration: '${config}' asks for '${filled.join('_')}'.`,
		);
	if (filled.length > 4)
		notes.push(
			`The fifth part of a configuration is an epoch number to LEMUR ('${filled[4]}'); names cannot hold '_'.`,
		);
	return notes;
}

/** maxBatchBinaryPower → max_batch_binary_power, as LEMUR's command line names it */
export function lemurName(key: string): string {
	return key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
