/** What is said of studies and trials: states, objectives, ranges, values. No runes, no elements. */
import * as v from 'valibot';
import type { Distribution, ParamValue } from '../../hpo/distributions';
import { PRUNERS, type PrunerChoice } from '../../hpo/pruners/registry';
import { REPLAY_MODES } from '../../hpo/replay/model';
import { SAMPLERS, type SamplerChoice } from '../../hpo/samplers/registry';
import type { StudyDefinition } from '../../hpo/study/definition';
import type { StudySummary } from '../../hpo/study/summary';
import { TPE_PRESETS } from '../../hpo/tpe/presets';
import type { TrialState } from '../../hpo/trial';
import { count, plain } from '../format';

export type StudyStatus =
	| 'running'
	| 'pausing'
	| 'waiting'
	| 'elsewhere'
	| 'interrupted'
	| 'new'
	| 'paused'
	| 'done'
	| 'imported';

export const STATUS_WORDS: Readonly<Record<StudyStatus, string>> = {
	running: 'running',
	pausing: 'pausing',
	waiting: 'waiting',
	elsewhere: 'running in another tab',
	interrupted: 'interrupted',
	new: 'not begun',
	paused: 'paused',
	done: 'done',
	imported: 'imported',
};

/** What this page knows of a study beside its record. */
export interface StudyFacts {
	readonly running: { readonly pausing: boolean } | undefined;
	/** no trial may begin now */
	readonly held: boolean;
	/** trials that other tabs run; undefined = not asked */
	readonly elsewhere?: number;
	/** whether its objective can be run here */
	readonly runnable: boolean;
}

/** @returns what is to be said of a study in a word or two */
export function statusOf(
	{ counts, done, planned, trials }: StudySummary,
	{ running, held, elsewhere = 0, runnable }: StudyFacts,
): StudyStatus {
	if (running?.pausing) return 'pausing';
	if (running) return held ? 'waiting' : 'running';
	if (elsewhere > 0) return 'elsewhere';
	if (counts.RUNNING > 0) return 'interrupted';
	if (!runnable && planned === 0) return 'imported';
	if (trials === 0) return 'new';
	return done < planned ? 'paused' : 'done';
}

const STATE_TITLES: Readonly<Record<TrialState, string>> = {
	WAITING: 'waiting',
	RUNNING: 'running',
	COMPLETE: 'complete',
	PRUNED: 'pruned',
	FAIL: 'failed',
};

/** COMPLETE → complete */
export function stateTitle(state: TrialState): string {
	return STATE_TITLES[state];
}

/** "41 complete, 3 pruned" */
export function countsText(counts: StudySummary['counts']): string {
	const said = (['COMPLETE', 'PRUNED', 'FAIL', 'RUNNING'] as const).flatMap((state) =>
		counts[state] > 0 ? [`${count(counts[state])} ${STATE_TITLES[state]}`] : [],
	);
	return said.length === 0 ? 'no trial yet' : said.join(', ');
}

/** What is read of an objective's settings to say them. */
const settingsSchema = v.object({
	nn: v.string(),
	dataset: v.string(),
	metric: v.string(),
	epochs: v.exactOptional(v.number()),
	mode: v.exactOptional(v.picklist(['nearest', 'surrogate'])),
});

/** @returns what a trial of the study does, as a sentence without its full stop */
export function objectiveText({
	objective,
	directions,
}: Pick<StudyDefinition, 'objective' | 'directions'>): string {
	const settings = v.safeParse(settingsSchema, objective.settings);
	const goal = directions[0] === 'minimize' ? 'smallest' : 'largest';
	if (!settings.success) {
		if (objective.id === 'optuna') return `Run by Optuna elsewhere; the ${goal} value is best`;
		return `Run by “${objective.id}”; the ${goal} value is best`;
	}
	const { nn, dataset, metric, epochs = 1, mode } = settings.output;
	const what = `${nn} on ${dataset}, ${metric} after ${epochs === 1 ? 'one epoch' : `${count(epochs)} epochs`}`;
	if (objective.id === 'train') return `Trains ${what}`;
	const by = mode === undefined ? '' : `; a trial is answered by ${REPLAY_MODES[mode]}`;
	return `Replays LEMUR’s stored runs of ${what}${by}`;
}

/** The same in a few words, for lists. */
export function objectiveShort({ objective }: Pick<StudyDefinition, 'objective'>): string {
	const settings = v.safeParse(settingsSchema, objective.settings);
	if (!settings.success) return objective.id === 'optuna' ? 'from Optuna' : objective.id;
	const { nn, dataset, epochs = 1 } = settings.output;
	const kind = objective.id === 'train' ? 'trains' : 'replays';
	return `${kind} ${nn} on ${dataset}, ${count(epochs)} ${epochs === 1 ? 'epoch' : 'epochs'}`;
}

export function samplerText(sampler: SamplerChoice): string {
	const { title } = SAMPLERS[sampler.id];
	switch (sampler.id) {
		case 'tpe':
			return `${title} ${sampler.preset} (${TPE_PRESETS[sampler.preset].title})`;
		case 'grid':
			return `${title}, ${sampler.points} points of a range`;
		case 'random':
		case 'qmc':
			return title;
	}
	sampler satisfies never;
}

export function prunerText({ id }: PrunerChoice): string {
	return id === 'none' ? 'none: every trial runs to its end' : PRUNERS[id].title;
}

/** A value of an objective. */
export function valueText(value: number | null | undefined): string {
	return value === null || value === undefined ? '–' : plain(value);
}

/** A value of a hyperparameter. */
export function paramText(value: ParamValue | undefined): string {
	if (value === undefined) return '–';
	return typeof value === 'number' ? plain(value) : String(value);
}

const MOST_CHOICES = 6;

/** "0.00001 to 1, log scale" */
export function rangeText(distribution: Distribution): string {
	if (distribution.type === 'categorical') {
		const { choices } = distribution;
		if (choices.length === 1) return `fixed at ${paramText(choices[0])}`;
		const shown = choices.slice(0, MOST_CHOICES).map(paramText).join(', ');
		const more = choices.length - MOST_CHOICES;
		return `one of ${shown}${more > 0 ? ` and ${count(more)} more` : ''}`;
	}
	const { type, low, high, step, log } = distribution;
	if (low === high) return `fixed at ${paramText(low)}`;
	const notes = [
		...(type === 'int' ? ['whole'] : []),
		...(log ? ['log scale'] : []),
		...(step !== null && !(type === 'int' && step === 1) ? [`steps of ${paramText(step)}`] : []),
	];
	return `${[`${paramText(low)} to ${paramText(high)}`, ...notes].join(', ')}`;
}

/** Name of a file made of a study: a plain word on every system. */
export function studyFileName(title: string, extension: string): string {
	const safe = title
		.normalize('NFKD')
		.replace(/[^\w.-]+/g, '_')
		.replace(/^[._-]+|[._]+$/g, '')
		.slice(0, 60);
	return `${safe || 'study'}${extension}`;
}

/** When something was, as a person says it. */
export function dateText(ms: number): string {
	return new Date(ms).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
}
