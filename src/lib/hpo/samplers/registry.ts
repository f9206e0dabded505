/** All samplers, with their options and what a page says of them. The only list. */
import * as v from 'valibot';
import { TPE_DEFAULTS, tpeSampler } from '../tpe/sampler';
import { GRID_DEFAULTS, gridSampler } from './grid';
import { qmcSampler } from './qmc';
import { randomSampler } from './random';
import type { Sampler } from './sampler';

const whole = (least: number, most: number) =>
	v.pipe(v.number(), v.safeInteger(), v.minValue(least), v.maxValue(most));

/** Which sampler a study has, with its options; what is omitted takes Optuna's default. */
export const samplerSchema = v.variant('id', [
	v.strictObject({
		id: v.literal('tpe'),
		preset: v.optional(v.picklist(['v4', 'v4-multivariate', 'v5']), TPE_DEFAULTS.preset),
		startupTrials: v.optional(whole(0, 1e6), TPE_DEFAULTS.startupTrials),
		candidates: v.optional(whole(1, 1e4), TPE_DEFAULTS.candidates),
	}),
	v.strictObject({ id: v.literal('random') }),
	v.strictObject({
		id: v.literal('grid'),
		points: v.optional(whole(1, 1e3), GRID_DEFAULTS.points),
	}),
	v.strictObject({ id: v.literal('qmc') }),
]);

export type SamplerChoice = v.InferOutput<typeof samplerSchema>;
export type SamplerId = SamplerChoice['id'];

interface SamplerSpec {
	readonly title: string;
	readonly description: string;
}

export const SAMPLERS = {
	tpe: {
		title: 'TPE',
		description: 'Learns from the trials so far where good values lie, as Optuna does by default.',
	},
	random: { title: 'Random', description: 'Draws every trial anew and learns nothing.' },
	grid: { title: 'Grid', description: 'Every combination once, in a shuffled order.' },
	qmc: { title: 'Quasi-random', description: 'Sobol’s points: covers the space evenly.' },
} as const satisfies Record<SamplerId, SamplerSpec>;

/** @returns the sampler of a choice */
export function makeSampler(choice: SamplerChoice): Sampler {
	switch (choice.id) {
		case 'tpe':
			return tpeSampler(choice);
		case 'random':
			return randomSampler;
		case 'grid':
			return gridSampler(choice);
		case 'qmc':
			return qmcSampler;
	}
	choice satisfies never;
}
