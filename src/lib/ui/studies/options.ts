/** The numbers that samplers and pruners may be set by, as form fields. Their defaults are the registries'. */
import * as v from 'valibot';
import { prunerSchema, type PrunerChoice, type PrunerId } from '../../hpo/pruners/registry';
import { samplerSchema, type SamplerChoice, type SamplerId } from '../../hpo/samplers/registry';

export interface OptionField {
	readonly key: string;
	readonly label: string;
	readonly note: string;
	readonly min: number;
	readonly max?: number;
	/** default true */
	readonly whole?: boolean;
	/** empty = 'auto' */
	readonly auto?: boolean;
}

const MOST = 1_000_000;

export const SAMPLER_FIELDS: Readonly<Record<SamplerId, readonly OptionField[]>> = {
	tpe: [
		{
			key: 'startupTrials',
			label: 'Random trials first',
			note: 'before it learns from them',
			min: 0,
			max: MOST,
		},
		{
			key: 'candidates',
			label: 'Candidates',
			note: 'drawn for each suggestion; the best is taken',
			min: 1,
			max: 10_000,
		},
	],
	random: [],
	grid: [
		{
			key: 'points',
			label: 'Points of a range',
			note: 'of each continuous one',
			min: 1,
			max: 1_000,
		},
	],
	qmc: [],
};

const STARTUP: OptionField = {
	key: 'startupTrials',
	label: 'Trials before pruning',
	note: 'run to their end in any case',
	min: 0,
	max: MOST,
};
const PERCENTILES: readonly OptionField[] = [
	STARTUP,
	{ key: 'warmupSteps', label: 'Epochs before pruning', note: 'of each trial', min: 0, max: MOST },
	{ key: 'intervalSteps', label: 'Epochs between', note: 'two judgements', min: 1, max: MOST },
	{ key: 'minTrials', label: 'Reports needed', note: 'at the same epoch', min: 1, max: MOST },
];
const REDUCTION: OptionField = {
	key: 'reductionFactor',
	label: 'Reduction factor',
	note: 'one in so many goes on',
	min: 2,
	max: MOST,
};
const BOOTSTRAP: OptionField = {
	key: 'bootstrapCount',
	label: 'Trials to wait for',
	note: 'at a rung, before it judges',
	min: 0,
	max: MOST,
};
const RESOURCE = { label: 'First rung', min: 1, max: MOST } as const;

export const PRUNER_FIELDS: Readonly<Record<PrunerId, readonly OptionField[]>> = {
	none: [],
	median: PERCENTILES,
	percentile: [
		{
			...{ key: 'percentile', label: 'Percentile kept', note: 'in percent' },
			...{ min: 0, max: 100, whole: false },
		},
		...PERCENTILES,
	],
	'successive-halving': [
		{
			key: 'minResource',
			...RESOURCE,
			note: 'in epochs; empty = from the first trials',
			auto: true,
		},
		REDUCTION,
		{
			...{ key: 'minEarlyStoppingRate', label: 'Rungs skipped', note: 'at the beginning' },
			...{ min: 0, max: 100 },
		},
		BOOTSTRAP,
	],
	hyperband: [
		{ key: 'minResource', ...RESOURCE, note: 'in epochs' },
		{
			...{ key: 'maxResource', label: 'Epochs of a whole trial', min: 1, max: MOST },
			...{ note: 'empty = from the first trials', auto: true },
		},
		REDUCTION,
		BOOTSTRAP,
	],
};

/** @returns the choice with one option changed; undefined = its default, or 'auto' */
export function samplerWith(choice: SamplerChoice, key: string, value: unknown): SamplerChoice {
	return v.parse(samplerSchema, { ...choice, [key]: value });
}

export function prunerWith(choice: PrunerChoice, key: string, value: unknown): PrunerChoice {
	return v.parse(prunerSchema, { ...choice, [key]: value });
}

/** @returns a sampler with its defaults */
export function samplerOf(id: SamplerId): SamplerChoice {
	return v.parse(samplerSchema, { id });
}

export function prunerOf(id: PrunerId): PrunerChoice {
	return v.parse(prunerSchema, { id });
}

/** @returns the number that an option has; NaN for 'auto' and what there is not */
export function optionOf(choice: SamplerChoice | PrunerChoice, key: string): number {
	const value: unknown = new Map<string, unknown>(Object.entries(choice)).get(key);
	return typeof value === 'number' ? value : NaN;
}
