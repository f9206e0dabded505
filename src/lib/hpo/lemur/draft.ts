/** A new study as a form holds it, and the definition that it amounts to. Pure; the form is `ui/studies`. */
import { DEFAULT_SETTINGS } from '../../train/settings';
import type { Distribution } from '../distributions';
import type { Configuration } from '../objective/replay';
import type { PrunerChoice } from '../pruners/registry';
import type { ReplayMode } from '../replay/model';
import type { SamplerChoice } from '../samplers/registry';
import type { Space } from '../space';
import { defineStudy, type StudyDefinition } from '../study/definition';
import { lemurSpace, trialsToRun, type RangeSettings } from './search-space';

/** Ranges under the names of LEMUR's command line. */
export type DraftRanges = Omit<RangeSettings, 'nnPrm' | 'pretrained'>;

export interface StudyDraft extends Configuration {
	/** '' = named for what it searches */
	readonly name: string;
	/** of a trial */
	readonly epochs: number;
	readonly mode: ReplayMode;
	readonly sampler: SamplerChoice;
	readonly pruner: PrunerChoice;
	readonly seed: number;
	readonly trials: number;
	/** whether those on record count, as a positive `--trials` of LEMUR does */
	readonly countRecorded: boolean;
	readonly ranges: DraftRanges;
}

export const DRAFT_DEFAULTS: Omit<StudyDraft, keyof Configuration> = {
	name: '',
	epochs: 1,
	mode: 'nearest',
	sampler: { id: 'tpe', preset: 'v4', startupTrials: 10, candidates: 24 },
	pruner: { id: 'none' },
	seed: 0,
	trials: 50,
	countRecorded: false,
	ranges: DEFAULT_SETTINGS,
};

/** What of the stored runs a definition depends on. */
export interface DraftGround {
	readonly space: Space;
	readonly epochs: readonly { readonly epoch: number; readonly runs: number }[];
}

/** @returns the ranges that a form starts with: LEMUR's, with the batch sizes that were tried */
export function startRanges({ space }: DraftGround): DraftRanges {
	const batches = numbersOf(space, 'batch');
	const powers = batches.map(Math.log2).filter(Number.isInteger);
	const { minBatchBinaryPower, maxBatchBinaryPower } = DEFAULT_SETTINGS;
	return {
		...DEFAULT_SETTINGS,
		minBatchBinaryPower: powers.length > 0 ? Math.min(...powers) : minBatchBinaryPower,
		maxBatchBinaryPower: powers.length > 0 ? Math.max(...powers) : maxBatchBinaryPower,
	};
}

function numbersOf(space: Space, name: string): number[] {
	return choicesOf(space, name).filter((choice) => typeof choice === 'number');
}

function choicesOf(space: Space, name: string) {
	const distribution: Distribution | undefined = space.find(
		(parameter) => parameter.name === name,
	)?.distribution;
	return distribution?.type === 'categorical' ? distribution.choices : [];
}

/** @returns the transforms that were tried, in the data's order */
export function transformsOf({ space }: DraftGround): string[] {
	return choicesOf(space, 'transform').filter((choice) => typeof choice === 'string');
}

/**
 * @returns what is searched, in LEMUR's ranges: only hyperparameters that the stored runs have
 * @throws SpaceError when a range is empty
 */
export function draftSpace({ ranges }: Pick<StudyDraft, 'ranges'>, ground: DraftGround): Space {
	const names = ground.space.map(({ name }) => name);
	const supported = names.filter((name) => name !== 'batch' && name !== 'transform');
	const settings: RangeSettings = { ...ranges, nnPrm: {}, pretrained: null };
	const { space } = lemurSpace(settings, supported, transformsOf(ground));
	// Beyond LEMUR's ranges there may be runs (dropout up to 1): the space says what is searched, not what is known.
	return space.filter(({ name }) => names.includes(name));
}

/** @returns trials on record at this number of epochs */
export function recordedTrials(epochs: number, ground: DraftGround): number {
	return ground.epochs.find(({ epoch }) => epoch >= epochs)?.runs ?? 0;
}

/**
 * @returns the definition, and how many trials are to be run
 * @throws SpaceError, DefinitionError, both in words that name the field
 */
export function definitionOf(
	draft: StudyDraft,
	ground: DraftGround,
): { readonly definition: StudyDefinition; readonly trials: number } {
	const { task, dataset, metric, nn, epochs, mode, sampler, pruner, seed } = draft;
	const name = draft.name.trim() || `${nn} on ${dataset}`;
	const definition = defineStudy({
		name: name.slice(0, 200),
		directions: ['maximize'],
		space: draftSpace(draft, ground),
		sampler,
		pruner,
		seed,
		objective: { id: 'replay', settings: { task, dataset, metric, nn, epochs, mode } },
	});
	const recorded = draft.countRecorded ? recordedTrials(epochs, ground) : 0;
	return { definition, trials: trialsToRun(draft.trials, recorded) };
}
