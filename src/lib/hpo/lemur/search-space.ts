/**
 * LEMUR's search space of a net, from the settings of its command line. What the command line itself
 * is, is `train/settings.ts`; what a net asks for, the net says.
 */
import { DEFAULT_SETTINGS, type PrmValue, type TrainSettings } from '../../train/settings';
import { compareText } from '../../stats/text-order';
import type { Choice, Distribution } from '../distributions';
import { spaceOf, type Space } from '../space';

/** The settings that ranges come from. */
export type RangeSettings = Pick<
	TrainSettings,
	| 'nnPrm'
	| 'minBatchBinaryPower'
	| 'maxBatchBinaryPower'
	| 'minLearningRate'
	| 'maxLearningRate'
	| 'minMomentum'
	| 'maxMomentum'
	| 'minDropout'
	| 'maxDropout'
	| 'transform'
	| 'pretrained'
>;

export interface LemurSpace {
	/** what is searched: by name, then batch, then transform */
	readonly space: Space;
	/** what is not: fixed values, 0 among them (LEMUR itself would search a fixed 0) */
	readonly fixed: Readonly<Record<string, PrmValue>>;
}

/**
 * @param settings of the search
 * @param supported hyperparameters that the net asks for
 * @param transforms to choose from, in the data's order, unless the settings name one
 * @throws SpaceError when a range is empty or there is no transform
 */
export function lemurSpace(
	settings: RangeSettings,
	supported: readonly string[],
	transforms: readonly string[],
): LemurSpace {
	const fixed: Record<string, PrmValue> = { ...settings.nnPrm };
	if (settings.pretrained !== null) fixed['pretrained'] ??= settings.pretrained;
	const searched = [...supported].filter((name) => !Object.hasOwn(fixed, name)).sort(compareText);
	const parameters = searched.map((name): [string, Distribution] => [
		name,
		rangeOf(name, settings),
	]);
	if (!Object.hasOwn(fixed, 'batch')) parameters.push(['batch', batchRange(settings)]);
	if (!Object.hasOwn(fixed, 'transform'))
		parameters.push([
			'transform',
			oneOf(settings.transform === null ? transforms : [settings.transform]),
		]);
	return { space: spaceOf(parameters), fixed };
}

/** Neither is checked: `spaceOf` does that, and its message names the hyperparameter. */
function range(low: number, high: number, log = false): Distribution {
	return { type: 'float', low, high, step: null, log };
}

function oneOf(choices: readonly Choice[]): Distribution {
	return { type: 'categorical', choices };
}

/** Every hyperparameter that LEMUR does not know by name lies between 0 and 1. */
function rangeOf(name: string, settings: RangeSettings): Distribution {
	switch (name) {
		case 'lr':
			return range(settings.minLearningRate, settings.maxLearningRate, true);
		case 'momentum':
			return range(settings.minMomentum, settings.maxMomentum);
		case 'dropout':
			return range(settings.minDropout, settings.maxDropout);
		case 'pretrained':
			return oneOf([0, 1]);
		default:
			return range(0, 1);
	}
}

function batchRange({ minBatchBinaryPower: min, maxBatchBinaryPower: max }: RangeSettings) {
	return oneOf(Array.from({ length: Math.max(0, max - min + 1) }, (_, i) => 2 ** (min + i)));
}

/** @returns the space with smaller batches only; null when none is left */
export function withBatchesUpTo(space: Space, largest: number): Space | null {
	const narrowed = space.map((parameter) => {
		const { name, distribution } = parameter;
		if (name !== 'batch' || distribution.type !== 'categorical') return parameter;
		const choices = distribution.choices.filter((batch) => Number(batch) <= largest);
		return { name, distribution: { ...distribution, choices } };
	});
	const batches = narrowed.find(({ name }) => name === 'batch')?.distribution;
	if (batches?.type !== 'categorical' || batches.choices.length === 0) return null;
	return narrowed;
}

/**
 * @param trials as on LEMUR's command line: negative = that many more, else that many in all
 * @param onRecord trials that are stored for the configuration and the number of epochs
 * @returns how many are to be run
 */
export function trialsToRun(trials: number, onRecord: number): number {
	return trials < 0 ? -trials : Math.max(0, trials - onRecord);
}

/** LEMUR's ranges, where nothing else is said. */
export const DEFAULT_RANGES: RangeSettings = DEFAULT_SETTINGS;
