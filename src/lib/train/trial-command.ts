/**
 * One trial as LEMUR's command line, and a command line as the settings of one trial. What a command
 * leaves to a search is named, so that a form can offer its own defaults for it.
 */
import { splitConfig } from '../db/records/config-name';
import { printCommand, readCommand, type PrintedCommand } from './command';
import { configName, type TrialConfig } from './config';
import { DEFAULT_SETTINGS, SettingsError, type TrainSettings } from './settings';

/**
 * The command that runs this trial once in LEMUR. Everything is fixed by `-p`, in the order of the uid.
 * @throws SettingsError
 */
export function printTrialCommand(config: TrialConfig): PrintedCommand {
	const { prm, transform, epochs, epochLimitMinutes } = config;
	const { text, differences } = printCommand({
		...DEFAULT_SETTINGS,
		config: configName(config),
		nnPrm: { ...prm, transform },
		epochs,
		epochLimitMinutes: Math.max(1, Math.ceil(epochLimitMinutes)),
	});
	return { text, differences: [...differences, ...ownNotes(config)] };
}

function ownNotes({ gate, trainLimit, testLimit, epochLimitMinutes }: TrialConfig): string[] {
	const notes = ['LEMUR sets no seed: its weights and batches are others in each run.'];
	if (!gate) notes.push('LEMUR always ends a trial whose accuracy is too low.');
	if (trainLimit !== undefined || testLimit !== undefined)
		notes.push('LEMUR always takes the whole data set.');
	if (epochLimitMinutes < 1 || !Number.isInteger(epochLimitMinutes))
		notes.push('LEMUR’s limit of an epoch is in whole minutes, from 1 on.');
	return notes;
}

/** What a command says about one trial; absent = it leaves it open. */
export interface TrialRequest {
	readonly task?: string;
	readonly dataset?: string;
	readonly metric?: string;
	readonly nn?: string;
	readonly transform?: string;
	readonly epochs: number;
	readonly epochLimitMinutes: number;
	/** fixed hyperparameters by name */
	readonly prm: Readonly<Record<string, number>>;
	/** what LEMUR would do otherwise or this page leaves out, one sentence each */
	readonly notes: readonly string[];
}

/** @throws ShellError, CommandError, FlagError or SettingsError, all in words for people */
export function readTrialCommand(line: string): TrialRequest {
	const { settings, notes } = readCommand(line);
	const [task, dataset, metric, nn] = splitConfig(settings.config).filter((part) => part !== '');
	const transform = settings.nnPrm['transform'] ?? settings.transform;
	return {
		...(task !== undefined && { task }),
		...(dataset !== undefined && { dataset }),
		...(metric !== undefined && { metric }),
		...(nn !== undefined && { nn }),
		...(transform !== null && { transform: String(transform) }),
		epochs: settings.epochs,
		epochLimitMinutes: settings.epochLimitMinutes,
		prm: fixedPrm(settings),
		notes: [...notes, ...trialsNote(settings)],
	};
}

/** A range of one value fixes it too. */
function fixedPrm(settings: TrainSettings): Record<string, number> {
	const fixed = new Map<string, number>();
	const one = (name: string, low: number, high: number) => low === high && fixed.set(name, low);
	one('batch', 2 ** settings.minBatchBinaryPower, 2 ** settings.maxBatchBinaryPower);
	one('lr', settings.minLearningRate, settings.maxLearningRate);
	one('momentum', settings.minMomentum, settings.maxMomentum);
	one('dropout', settings.minDropout, settings.maxDropout);
	if (settings.pretrained !== null) fixed.set('pretrained', settings.pretrained);
	for (const [name, value] of Object.entries(settings.nnPrm)) {
		if (name === 'transform') continue;
		if (typeof value !== 'number')
			throw new SettingsError(`The hyperparameter '${name}' must be a number, not '${value}'.`);
		fixed.set(name, value);
	}
	return Object.fromEntries(fixed);
}

function trialsNote({ trials }: TrainSettings): string[] {
	return Math.abs(trials) > 1
		? [`The command asks for ${Math.abs(trials)} trials; this is one of them.`]
		: [];
}
