/** Which trials of a study are looked at: one filter for the table and all plots, and the table's order. */
import * as v from 'valibot';
import type { StudyTrial } from '../study/study';
import { isBetter, lastStep, type Direction, type TrialState } from '../trial';
import { toExternal, type ParamValue } from '../distributions';

export const TRIAL_STATES = ['COMPLETE', 'PRUNED', 'FAIL', 'RUNNING'] as const;

export const trialFilterSchema = v.strictObject({
	/** empty = all */
	states: v.array(v.picklist(TRIAL_STATES)),
	/** trials with this tag only */
	tag: v.nullable(v.string()),
	/** only trials that were better than all before them */
	improving: v.boolean(),
	/** text that a note, a tag, a reason or a value contains; case does not matter */
	text: v.pipe(v.string(), v.maxLength(200)),
});
export type TrialFilter = v.InferOutput<typeof trialFilterSchema>;

export const ALL_TRIALS: TrialFilter = { states: [], tag: null, improving: false, text: '' };

/** By what the table is ordered: a field, or `prm.` and the name of a hyperparameter. */
export const trialSortSchema = v.strictObject({ by: v.string(), descending: v.boolean() });
export type TrialSort = v.InferOutput<typeof trialSortSchema>;

/** @returns the trials that pass, by number */
export function filterTrials(
	trials: readonly StudyTrial[],
	filter: TrialFilter,
	direction: Direction,
): StudyTrial[] {
	const states = new Set<TrialState>(filter.states);
	const text = filter.text.trim().toLowerCase();
	let best: number | undefined;
	return trials.filter((trial) => {
		const value = trial.state === 'COMPLETE' ? trial.values?.[0] : undefined;
		const improves =
			value !== undefined && (best === undefined || isBetter(direction, value, best));
		if (improves && trial.origin !== 'statistics') best = value;
		if (states.size > 0 && !states.has(trial.state)) return false;
		if (filter.improving && !(improves && trial.origin !== 'statistics')) return false;
		if (filter.tag !== null && !trial.tags.includes(filter.tag)) return false;
		return text === '' || mentions(trial, text);
	});
}

function mentions(trial: StudyTrial, text: string): boolean {
	const { note, tags, reason, space, inputs } = trial;
	if (`${note}\n${tags.join('\n')}\n${reason ?? ''}`.toLowerCase().includes(text)) return true;
	return space.some(({ distribution }, i) =>
		String(toExternal(distribution, inputs[i]!)).toLowerCase().includes(text),
	);
}

type Key = number | string | null;

/** @returns a new list in the order; what has no value comes last both ways, equal ones by number */
export function sortTrials(
	trials: readonly StudyTrial[],
	{ by, descending }: TrialSort,
): StudyTrial[] {
	const keyOf = keyReader(by);
	const sign = descending ? -1 : 1;
	return trials
		.map((trial) => ({ trial, key: keyOf(trial) }))
		.sort((a, b) => {
			if (a.key === null || b.key === null)
				return Number(a.key === null) - Number(b.key === null) || a.trial.number - b.trial.number;
			return sign * compare(a.key, b.key) || a.trial.number - b.trial.number;
		})
		.map(({ trial }) => trial);
}

function compare(a: number | string, b: number | string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}

function keyReader(by: string): (trial: StudyTrial) => Key {
	const real = (value: number | undefined) =>
		value === undefined || Number.isNaN(value) ? null : value;
	switch (by) {
		case 'number':
			return ({ number }) => number;
		case 'state':
			return ({ state }) => state;
		case 'value':
			return ({ values }) => real(values?.[0]);
		case 'duration':
			return ({ start, end }) => (start === null || end === null ? null : end - start);
		case 'step':
			return (trial) => lastStep(trial);
		default:
			return (trial) => plainKey(paramOf(trial, by.replace(/^prm\./, '')));
	}
}

/** Numbers and texts are never compared with each other: numbers come first. */
function plainKey(value: ParamValue | undefined): Key {
	if (value === undefined || value === null) return null;
	return typeof value === 'boolean' ? Number(value) : value;
}

/** @returns a trial's value of a hyperparameter, undefined when it has none */
export function paramOf({ space, inputs }: StudyTrial, name: string): ParamValue | undefined {
	const place = space.findIndex((parameter) => parameter.name === name);
	return place < 0 ? undefined : toExternal(space[place]!.distribution, inputs[place]!);
}
