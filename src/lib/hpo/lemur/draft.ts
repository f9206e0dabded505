/** A new study as a form holds it, and the definition that it amounts to. Pure; the form is `ui/studies`. */
import * as v from 'valibot';
import { DEFAULT_SETTINGS } from '../../train/settings';
import type { Distribution } from '../distributions';
import type { Configuration } from '../objective/replay';
import type { PrunerChoice } from '../pruners/registry';
import type { ReplayMode } from '../replay/model';
import type { SamplerChoice } from '../samplers/registry';
import type { Space } from '../space';
import { definitionSchema, defineStudy, type StudyDefinition } from '../study/definition';
import { lemurSpace, trialsToRun, type RangeSettings } from './search-space';

/** Ranges under the names of LEMUR's command line. */
export type DraftRanges = Omit<RangeSettings, 'nnPrm' | 'pretrained'>;

/** Objectives that a form can describe, with what it says of them. */
export const DRAFT_OBJECTIVES = {
	replay: {
		title: 'Replay LEMUR’s stored runs',
		about:
			'Each trial is answered from training that LEMUR has done already. Nothing is trained: a search takes seconds.',
	},
	train: {
		title: 'Train here',
		about: 'Each trial trains the net on this machine and is kept as a run of this device.',
	},
} as const;
export type DraftObjective = keyof typeof DRAFT_OBJECTIVES;

export interface StudyDraft extends Configuration {
	readonly objective: DraftObjective;
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
	objective: 'replay',
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
	const settings = { task, dataset, metric, nn, epochs };
	const name = draft.name.trim() || `${nn} on ${dataset}`;
	const definition = defineStudy({
		name: name.slice(0, 200),
		directions: ['maximize'],
		space: draftSpace(draft, ground),
		sampler,
		pruner,
		seed,
		objective: {
			id: draft.objective,
			settings: draft.objective === 'replay' ? { ...settings, mode } : settings,
		},
	});
	const recorded = draft.countRecorded ? recordedTrials(epochs, ground) : 0;
	return { definition, trials: trialsToRun(draft.trials, recorded) };
}

/** Pairs of LEMUR's settings that are a range, with the hyperparameter that is searched in it. */
export const DRAFT_RANGES = [
	{ prm: 'batch', low: 'minBatchBinaryPower', high: 'maxBatchBinaryPower' },
	{ prm: 'lr', low: 'minLearningRate', high: 'maxLearningRate' },
	{ prm: 'momentum', low: 'minMomentum', high: 'maxMomentum' },
	{ prm: 'dropout', low: 'minDropout', high: 'maxDropout' },
] as const satisfies readonly {
	prm: string;
	low: keyof DraftRanges;
	high: keyof DraftRanges;
}[];

/** 2 ** 20 images in a batch are beyond every memory. */
const LARGEST_POWER = 20;

/** @returns what is wrong with a range, in words, by hyperparameter; empty when all can be searched */
export function rangeProblems(ranges: DraftRanges): ReadonlyMap<string, string> {
	const problems = new Map<string, string>();
	for (const { prm, low, high } of DRAFT_RANGES) {
		const said = problemOf(prm, ranges[low], ranges[high]);
		if (said !== undefined) problems.set(prm, said);
	}
	return problems;
}

function problemOf(prm: string, low: number, high: number): string | undefined {
	if (!Number.isFinite(low) || !Number.isFinite(high)) return 'Both ends must be numbers.';
	if (low > high) return `The lower end (${low}) is above the upper one (${high}).`;
	if (prm === 'lr' && !(low > 0))
		return 'It is searched on a logarithmic scale: both ends above 0.';
	if (low < 0) return 'It must not be below 0.';
	if (prm !== 'batch') return undefined;
	if (!Number.isInteger(low) || !Number.isInteger(high)) return 'Powers of two are whole numbers.';
	return high > LARGEST_POWER ? `At most 2^${LARGEST_POWER}.` : undefined;
}

/** A definition as a link carries it. */
const linkedSchema = v.strictObject({
	definition: definitionSchema,
	trials: v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(1_000_000)),
});
export type LinkedStudy = Readonly<v.InferOutput<typeof linkedSchema>>;

/** @returns the text that a link carries */
export function linkedText(study: LinkedStudy): string {
	return JSON.stringify(study);
}

/** @returns the study that a link's text describes, or what is wrong with it, in words */
export function readLinked(
	text: string,
): { readonly study: LinkedStudy } | { readonly problem: string } {
	let input: unknown;
	try {
		input = JSON.parse(text);
	} catch {
		return { problem: 'The link holds no readable description of a study: it may have been cut.' };
	}
	const result = v.safeParse(linkedSchema, input);
	if (result.success) return { study: result.output };
	const [issue] = result.issues;
	return {
		problem: `The study of the link cannot be made: ${v.getDotPath(issue) ?? 'study'}: ${issue.message}`,
	};
}
