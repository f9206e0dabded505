/** Arguments of `lemur.study`, and the definition and plan that they amount to. */
import * as v from 'valibot';
import { draftSpace } from '../hpo/lemur/draft';
import { DEFAULT_RANGES, lemurSpace, type RangeSettings } from '../hpo/lemur/search-space';
import type { Configuration } from '../hpo/objective/replay';
import type { ScriptObjective } from './study-trial';
import { prunerSchema, type PrunerId } from '../hpo/pruners/registry';
import type { Space } from '../hpo/space';
import { samplerSchema, type SamplerId } from '../hpo/samplers/registry';
import {
	defineStudy,
	directionSchema,
	nameSchema,
	type StudyDefinition,
} from '../hpo/study/definition';
import type { DataRows } from '../stats/data-api';
import { MAX_BATCH, TRIAL_DEFAULTS, trialConfigSchema } from '../train/config';
import { FIRST_SETUP, trainSetupSchema } from '../train/setup';
import { studySpaceSchema } from './study-space';

const { dataset, metric, nn, epochs } = trialConfigSchema.entries;
const { epochLimitMinutes, gate, trainLimit, testLimit, prm } = trainSetupSchema.entries;
const text = v.pipe(v.string(), v.maxLength(200));
const whole = (least: number, most: number) =>
	v.pipe(v.number(), v.safeInteger(), v.minValue(least), v.maxValue(most));

const isObjective = v.custom<ScriptObjective>((given) => typeof given === 'function');

const SAMPLER_IDS = ['tpe', 'random', 'grid', 'qmc'] as const satisfies readonly SamplerId[];
const PRUNER_IDS = [
	...(['none', 'median', 'percentile', 'successive-halving', 'hyperband'] as const),
] as const satisfies readonly PrunerId[];

/** A name is a choice; the definition fills its defaults in. */
function named<Id extends string>(ids: readonly Id[]) {
	return v.pipe(
		v.picklist(ids),
		v.transform((id) => ({ id })),
	);
}

const choiceWords = (ids: readonly string[]) =>
	`one of ${ids.join(', ')}, or {id, ...} with its options`;

/** LEMUR's ranges by the names of its command line, in camel case. */
const rangesSchema = v.strictObject({
	minBatchBinaryPower: v.exactOptional(whole(0, 20)),
	maxBatchBinaryPower: v.exactOptional(whole(0, 20)),
	minLearningRate: v.exactOptional(v.number()),
	maxLearningRate: v.exactOptional(v.number()),
	minMomentum: v.exactOptional(v.number()),
	maxMomentum: v.exactOptional(v.number()),
	minDropout: v.exactOptional(v.number()),
	maxDropout: v.exactOptional(v.number()),
	transform: v.exactOptional(text),
});

/** What may be said of a study; what is left out is LEMUR's or Optuna's default. */
export const studyArguments = v.strictObject({
	name: v.exactOptional(nameSchema),
	task: v.exactOptional(text),
	dataset: v.exactOptional(dataset),
	metric: v.exactOptional(metric),
	nn: v.exactOptional(nn),
	/** of a trial; default 1 */
	epochs: v.exactOptional(epochs),
	/** default 10 */
	trials: v.exactOptional(whole(1, 1_000_000)),
	/** trials at the same time; training takes one at a time. Default 1 */
	parallel: v.exactOptional(whole(1, 64)),
	/** a name, or `{id, ...}` with its options; default: TPE with Optuna 4.5's defaults */
	sampler: v.exactOptional(v.union([named(SAMPLER_IDS), samplerSchema], choiceWords(SAMPLER_IDS))),
	/** likewise; default: none, as in LEMUR */
	pruner: v.exactOptional(v.union([named(PRUNER_IDS), prunerSchema], choiceWords(PRUNER_IDS))),
	seed: v.exactOptional(whole(0, Number.MAX_SAFE_INTEGER)),
	/** default: maximize */
	direction: v.exactOptional(directionSchema),
	/** 'train' (default), 'replay' of LEMUR's stored runs, or a function of the script */
	objective: v.exactOptional(
		v.union(
			[v.picklist(['train', 'replay']), isObjective],
			'train, replay, or a function of a trial',
		),
	),
	/** replay: how a trial that was never run is answered; default: nearest */
	mode: v.exactOptional(v.picklist(['nearest', 'surrogate'])),
	/** what is searched instead of LEMUR's space; a function needs it */
	space: v.exactOptional(studySpaceSchema),
	ranges: v.exactOptional(rangesSchema),
	/** training: hyperparameters that all trials share; 0 is a value as any other */
	prm,
	...{ epochLimitMinutes, gate, trainLimit, testLimit },
	backend: v.exactOptional(v.picklist(['auto', 'webgpu', 'webgl', 'cpu'])),
	/** replay: which of the site's snapshots; default: the one that is shown */
	snapshot: v.exactOptional(v.string()),
});
export type StudyArguments = v.InferInput<typeof studyArguments>;
export type GivenStudy = v.InferOutput<typeof studyArguments>;

/** What is asked of the data for a replay. */
export interface StoredRuns {
	rows(configuration: Configuration): Promise<DataRows>;
	/** what rows can be replayed as, seen by the study worker */
	survey(rows: DataRows): Promise<{ readonly space: Space; readonly epochs: readonly Reached[] }>;
}
interface Reached {
	readonly epoch: number;
	readonly runs: number;
}

export interface PlannedStudy {
	readonly definition: StudyDefinition;
	readonly trials: number;
	readonly parallel: number;
	/** of a replay */
	readonly rows: DataRows | null;
}

const FEW_TRIALS = 10;

/**
 * @returns what is to be run
 * @throws RangeError, SpaceError, DefinitionError in words
 */
export async function planStudy(given: GivenStudy, stored: StoredRuns): Promise<PlannedStudy> {
	const { objective = 'train', trials = FEW_TRIALS, parallel = 1 } = given;
	const plan =
		typeof objective === 'function'
			? ofFunction(given)
			: objective === 'train'
				? await ofTraining(given)
				: await ofReplay(given, stored);
	const { sampler = { id: 'tpe' }, pruner = { id: 'none' }, seed = 0 } = given;
	const definition = defineStudy({
		name: given.name ?? plan.name,
		directions: [given.direction ?? 'maximize'],
		space: given.space ?? plan.space,
		...{ sampler, pruner, seed, objective: plan.objective },
	});
	return { definition, trials, parallel, rows: plan.rows ?? null };
}

interface Plan {
	readonly name: string;
	readonly space: Space;
	readonly objective: { readonly id: string; readonly settings: Record<string, unknown> };
	readonly rows?: DataRows;
}

function ofFunction({ space, nn, dataset }: GivenStudy): Plan {
	if (!space)
		throw new RangeError('lemur.study: space: a function needs to be told what is searched.');
	const about = [nn, dataset].filter((part) => part !== undefined);
	const name = about.length > 0 ? about.join(' on ') : 'Study of a script';
	return { name, space, objective: { id: SCRIPT, settings: {} } };
}

/** Trials of such a study are run by the script that made it, and by nothing else. */
export const SCRIPT = 'script';

async function ofTraining(given: GivenStudy): Promise<Plan> {
	const { dataset = FIRST_SETUP.dataset, nn = FIRST_SETUP.nn, epochs = 1, prm = {} } = given;
	const catalogue = await import('../train/catalogue');
	const { transform } = given.ranges ?? {};
	const problem = catalogue.choiceProblem({ dataset, nn, transform });
	const [spec, net] = [catalogue.findDataset(dataset), catalogue.netOf(nn)];
	if (problem !== undefined || !spec || !net) throw new RangeError(`lemur.study: ${problem}`);
	const samples = Math.min(spec.counts.train, given.trainLimit ?? Infinity, MAX_BATCH);
	const ranges: RangeSettings = {
		...DEFAULT_RANGES,
		maxBatchBinaryPower: Math.floor(Math.log2(samples)),
		...given.ranges,
		nnPrm: prm,
	};
	const transforms = catalogue.fittingTransforms(spec, net).map(({ id }) => id);
	const { space, fixed } = lemurSpace(ranges, net.supportedHyperparameters(), transforms);
	const { task, metric } = TRIAL_DEFAULTS;
	const { backend, epochLimitMinutes, gate, trainLimit, testLimit } = given;
	const settings = { task, dataset, metric, nn, epochs, fixed };
	const extra = { backend, epochLimitMinutes, gate, trainLimit, testLimit };
	const said = Object.entries(extra).filter(([, value]) => value !== undefined);
	return {
		name: `${nn} on ${dataset}`,
		space,
		objective: { id: 'train', settings: { ...settings, ...Object.fromEntries(said) } },
	};
}

/** What is replayed when nothing is chosen: many stored runs of a net that everybody knows. */
const REPLAYED = {
	...{ task: 'img-classification', dataset: 'cifar-10', metric: 'acc', nn: 'AlexNet' },
} as const;

async function ofReplay(given: GivenStudy, stored: StoredRuns): Promise<Plan> {
	if (given.prm) throw new RangeError('lemur.study: prm: a replay searches all hyperparameters.');
	const { task = REPLAYED.task, dataset = REPLAYED.dataset } = given;
	const { metric = REPLAYED.metric, nn = REPLAYED.nn, mode = 'nearest' } = given;
	const configuration = { task, dataset, metric, nn };
	const rows = await stored.rows(configuration);
	const ground = await stored.survey(rows);
	const name = `${nn} on ${dataset}`;
	if (ground.space.length === 0)
		throw new RangeError(`lemur.study: LEMUR has no stored run of ${name} for ${metric}.`);
	const epochs = given.epochs ?? mostReached(ground.epochs);
	const ranges = { ...DEFAULT_RANGES, ...given.ranges };
	return {
		...{ name, rows, space: draftSpace({ ranges }, ground) },
		objective: { id: 'replay', settings: { ...configuration, epochs, mode } },
	};
}

/** The longest run length that at least half of the runs have. */
function mostReached(epochs: readonly Reached[]): number {
	const all = epochs[0]?.runs ?? 0;
	return epochs.findLast(({ runs }) => runs * 2 >= all)?.epoch ?? 1;
}
