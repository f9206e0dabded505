/**
 * The settings of one trial, by LEMUR's names and with its defaults, as they are stored and sent.
 * What a net asks of `prm` is the net's matter; the command line that means the same is `command.ts`'s.
 */
import * as v from 'valibot';

const name = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
const whole = (least: number, most: number) =>
	v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));

/** Largest batch that LEMUR draws. */
export const MAX_BATCH = 4_096;

/** Reads the settings of a trial: from a form, a link, a script, the worker's port or storage. */
export const trialConfigSchema = v.strictObject({
	task: v.literal('img-classification'),
	dataset: name,
	metric: name,
	nn: name,
	transform: name,
	epochs: whole(1, 10_000),
	/** hyperparameters by LEMUR's names: `lr`, `momentum`, `batch`, and what the net asks for */
	prm: v.pipe(
		v.record(name, v.pipe(v.number(), v.finite())),
		v.check(
			({ batch }) => batch !== undefined && Number.isInteger(batch) && batch > 0,
			'batch must be a whole number from 1.',
		),
	),
	seed: whole(0, 2 ** 32 - 1),
	/** stops when an epoch would take longer, as LEMUR does */
	epochLimitMinutes: v.pipe(v.number(), v.minValue(0)),
	/** whether an epoch at or under 1.2 × minimum accuracy ends the trial; without it the records say so */
	gate: v.boolean(),
	/** only the first N samples of a split; the records say so */
	trainLimit: v.exactOptional(whole(1, 100_000_000)),
	testLimit: v.exactOptional(whole(1, 100_000_000)),
});
export type TrialConfig = v.InferOutput<typeof trialConfigSchema>;

/** What is not said is LEMUR's default; the seed is ours. */
export const TRIAL_DEFAULTS = {
	task: 'img-classification',
	metric: 'acc',
	epochs: 1,
	seed: 0,
	epochLimitMinutes: 30,
	gate: true,
} as const satisfies Partial<TrialConfig>;

/** @returns the batch size */
export function batchOf({ prm }: TrialConfig): number {
	return prm['batch'] ?? 1;
}

/** @returns LEMUR's name of the configuration, also the folder of its records */
export function configName({ task, dataset, metric, nn }: TrialConfig): string {
	return [task, dataset, metric, nn].join('_');
}
