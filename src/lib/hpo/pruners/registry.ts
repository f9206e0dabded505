/** All pruners, with their options and what a page says of them. The only list. */
import * as v from 'valibot';
import { halvingPruner, HALVING_DEFAULTS } from './successive-halving';
import { hyperbandPruner, HYPERBAND_DEFAULTS } from './hyperband';
import { noPruner } from './none';
import { percentilePruner, PERCENTILE_DEFAULTS } from './percentile';
import type { Pruner } from './pruner';

const whole = (least: number) => v.pipe(v.number(), v.safeInteger(), v.minValue(least));

const halvingEntries = {
	reductionFactor: v.optional(whole(2), HALVING_DEFAULTS.reductionFactor),
	bootstrapCount: v.optional(whole(0), HALVING_DEFAULTS.bootstrapCount),
};
const percentileEntries = {
	startupTrials: v.optional(whole(0), PERCENTILE_DEFAULTS.startupTrials),
	warmupSteps: v.optional(whole(0), PERCENTILE_DEFAULTS.warmupSteps),
	intervalSteps: v.optional(whole(1), PERCENTILE_DEFAULTS.intervalSteps),
	minTrials: v.optional(whole(1), PERCENTILE_DEFAULTS.minTrials),
};
const resource = v.union([whole(1), v.literal('auto')]);

/** Which pruner a study has, with its options; what is omitted takes Optuna's default. */
export const prunerSchema = v.variant('id', [
	v.strictObject({ id: v.literal('none') }),
	v.strictObject({ id: v.literal('median'), ...percentileEntries }),
	v.strictObject({
		id: v.literal('percentile'),
		percentile: v.optional(
			v.pipe(v.number(), v.minValue(0), v.maxValue(100)),
			PERCENTILE_DEFAULTS.percentile,
		),
		...percentileEntries,
	}),
	v.strictObject({
		id: v.literal('successive-halving'),
		minResource: v.optional(resource, HALVING_DEFAULTS.minResource),
		minEarlyStoppingRate: v.optional(whole(0), HALVING_DEFAULTS.minEarlyStoppingRate),
		...halvingEntries,
	}),
	v.strictObject({
		id: v.literal('hyperband'),
		minResource: v.optional(whole(1), HYPERBAND_DEFAULTS.minResource),
		maxResource: v.optional(resource, HYPERBAND_DEFAULTS.maxResource),
		reductionFactor: v.optional(whole(2), HYPERBAND_DEFAULTS.reductionFactor),
		bootstrapCount: v.optional(whole(0), HYPERBAND_DEFAULTS.bootstrapCount),
	}),
]);

export type PrunerChoice = v.InferOutput<typeof prunerSchema>;
export type PrunerId = PrunerChoice['id'];

interface PrunerSpec {
	readonly title: string;
	readonly description: string;
}

export const PRUNERS = {
	none: { title: 'None', description: 'Every trial runs to its end, as in LEMUR.' },
	median: {
		title: 'Median',
		description: 'Stops a trial that is worse than the median of the others at the same step.',
	},
	percentile: {
		title: 'Percentile',
		description: 'Stops a trial that is worse than a percentile of the others at the same step.',
	},
	'successive-halving': {
		title: 'Successive halving',
		description: 'At rungs that lie further and further apart only the best go on.',
	},
	hyperband: {
		title: 'Hyperband',
		description: 'Several successive halvings at once, from early to late first rungs.',
	},
} as const satisfies Record<PrunerId, PrunerSpec>;

/** @returns the pruner of a choice */
export function makePruner(choice: PrunerChoice): Pruner {
	switch (choice.id) {
		case 'none':
			return noPruner;
		case 'median':
			return percentilePruner({ ...choice, percentile: 50 });
		case 'percentile':
			return percentilePruner(choice);
		case 'successive-halving':
			return halvingPruner(choice);
		case 'hyperband':
			return hyperbandPruner(choice);
	}
	choice satisfies never;
}
