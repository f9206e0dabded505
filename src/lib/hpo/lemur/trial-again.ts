/** A trial of a study once more, elsewhere: in the training room, or by LEMUR's command line. Pure. */
import * as v from 'valibot';
import { NET_NAMES } from '../../nets/names';
import { printCommand, type PrintedCommand } from '../../train/command';
import { TRIAL_DEFAULTS } from '../../train/config';
import { DEFAULT_SETTINGS } from '../../train/settings';
import type { TrainSetup } from '../../train/setup';
import { configurationSchema } from '../objective/replay';
import type { Params } from '../space';
import type { StudyDefinition } from '../study/definition';

/** What is read of an objective's settings, whichever it is. */
const settingsSchema = v.object({
	...configurationSchema.entries,
	epochs: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
});

type WithObjective = Pick<StudyDefinition, 'objective'>;

function settingsOf({ objective }: WithObjective) {
	const result = v.safeParse(settingsSchema, objective.settings);
	return result.success ? result.output : undefined;
}

/** Longer than the search allowed: twice its epochs, at least so many. */
const LONGER = 10;

/** @returns the trial's settings with more epochs, or undefined where its net cannot be trained here */
export function trainLonger(study: WithObjective, params: Params): TrainSetup | undefined {
	const settings = settingsOf(study);
	if (!settings) return undefined;
	const { task, metric, dataset, nn, epochs } = settings;
	if (task !== TRIAL_DEFAULTS.task || metric !== TRIAL_DEFAULTS.metric || !NET_NAMES.includes(nn))
		return undefined;
	const prm = Object.entries(params).filter(
		(entry): entry is [string, number] => typeof entry[1] === 'number',
	);
	const { transform } = params;
	return {
		...{ dataset, nn, epochs: Math.max(LONGER, 2 * epochs), prm: Object.fromEntries(prm) },
		...(typeof transform === 'string' ? { transform } : {}),
	};
}

/**
 * @returns LEMUR's command that runs the trial once, or undefined where the study is none of LEMUR's
 * nets or a value is none that its command line takes
 */
export function lemurCommand(study: WithObjective, params: Params): PrintedCommand | undefined {
	const settings = settingsOf(study);
	if (!settings) return undefined;
	const { task, dataset, metric, nn, epochs } = settings;
	const prm = Object.entries(params).flatMap(([name, value]): [string, string | number][] =>
		typeof value === 'string' || typeof value === 'number' ? [[name, value]] : [],
	);
	try {
		return printCommand({
			...DEFAULT_SETTINGS,
			config: [task, dataset, metric, nn].join('_'),
			nnPrm: Object.fromEntries(prm),
			epochs,
		});
	} catch {
		return undefined;
	}
}
