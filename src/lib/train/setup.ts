/**
 * What a person has chosen of a trial so far, as a link holds it, and how the rest is filled in: with
 * what LEMUR's best runs had, or with values that work. Forms, links and scripts share it.
 */
import * as v from 'valibot';
import type { Preset } from '../stats/training-reference';
import { MAX_BATCH, TRIAL_DEFAULTS, trialConfigSchema, type TrialConfig } from './config';

const { dataset, nn, transform, epochs, seed, epochLimitMinutes, gate, trainLimit, testLimit } =
	trialConfigSchema.entries;

const prmName = v.pipe(v.string(), v.regex(/^[A-Za-z]\w{0,60}$/));

/** Every key may be left open. */
export const trainSetupSchema = v.strictObject({
	dataset: v.exactOptional(dataset),
	nn: v.exactOptional(nn),
	transform: v.exactOptional(transform),
	epochs: v.exactOptional(epochs),
	seed: v.exactOptional(seed),
	epochLimitMinutes: v.exactOptional(epochLimitMinutes),
	gate: v.exactOptional(gate),
	trainLimit: v.exactOptional(trainLimit.wrapped),
	testLimit: v.exactOptional(testLimit.wrapped),
	prm: v.exactOptional(v.record(prmName, v.pipe(v.number(), v.finite()))),
});
export type TrainSetup = v.InferOutput<typeof trainSetupSchema>;

/** What is trained when nothing is chosen: seconds on any machine, and it learns. */
export const FIRST_SETUP = {
	...{ dataset: 'digits', nn: 'ICNet', transform: 'norm', epochs: 5 },
	prm: { lr: 0.05, momentum: 0.9, batch: 16 },
} as const;

/** Where neither a person nor LEMUR says anything; LEMUR draws all of them. */
const USUAL: Readonly<Record<string, number>> = {
	...{ lr: 0.01, momentum: 0.9, batch: 64, dropout: 0.2, dropout_aux: 0.2 },
	...{ attention_dropout: 0.1, stochastic_depth_prob: 0.1, pretrained: 0 },
	...{ norm_eps: 1e-5, norm_momentum: 0.1, norm_std: 0.02, patch_size: 0.5 },
};
/** Of all other hyperparameters LEMUR draws from 0 to 1. */
const MIDDLE = 0.5;
const FEW_EPOCHS = 5;
/** of a median: it is no value that anything depends on to the last digit */
const DIGITS = 4;

/** What a setup is completed from. */
export interface SetupContext {
	/** hyperparameters that the net asks for, without `batch` */
	readonly names: readonly string[];
	/** of LEMUR's best runs of this choice */
	readonly preset?: Preset | undefined;
	/** transforms that fit the dataset and the net, LEMUR's most used first */
	readonly transforms: readonly string[];
	/** samples to train on; a batch is not larger */
	readonly samples?: number;
}

/** Where a hyperparameter's value comes from. */
export type PrmOrigin = 'chosen' | 'lemur' | 'usual';

export interface CompletedSetup {
	readonly config: TrialConfig;
	readonly origins: Readonly<Record<string, PrmOrigin>>;
}

/** @returns a whole configuration, and who said what of its hyperparameters */
export function completeSetup(setup: TrainSetup, context: SetupContext): CompletedSetup {
	const { dataset = FIRST_SETUP.dataset, nn = FIRST_SETUP.nn, prm = {}, ...rest } = setup;
	const { preset, transforms, names, samples = Infinity } = context;
	const first = dataset === FIRST_SETUP.dataset && nn === FIRST_SETUP.nn;
	const usual: Readonly<Record<string, number>> = first ? FIRST_SETUP.prm : USUAL;
	const known: readonly (readonly [PrmOrigin, Readonly<Record<string, number>>])[] = [
		['chosen', prm],
		['lemur', preset?.prm ?? {}],
		['usual', { ...USUAL, ...usual }],
	];
	const values: Record<string, number> = {};
	const origins: Record<string, PrmOrigin> = {};
	for (const name of new Set(['batch', ...names])) {
		const found = known.find(([, one]) => one[name] !== undefined);
		origins[name] = found?.[0] ?? 'usual';
		const value = found?.[1][name] ?? MIDDLE;
		values[name] = origins[name] === 'lemur' ? Number(value.toPrecision(DIGITS)) : value;
	}
	if (origins['batch'] !== 'chosen')
		values['batch'] = Math.max(1, Math.min(MAX_BATCH, samples, Math.round(values['batch'] ?? 1)));
	const transform = first && !preset ? FIRST_SETUP.transform : preset?.transform;
	const config: TrialConfig = {
		...TRIAL_DEFAULTS,
		...{ epochs: FEW_EPOCHS, dataset, nn, prm: values },
		transform: transforms.find((name) => name === transform) ?? transforms[0] ?? 'norm',
		...rest,
	};
	return { config, origins };
}

/** @returns the setup that says all of a configuration, such as that of a run that is to be repeated */
export function setupOf({ task: _task, metric: _metric, ...config }: TrialConfig): TrainSetup {
	return config;
}
