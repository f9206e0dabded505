/** What of a study is looked at, as a link holds it: the plot, the filter, the order, the open trial. */
import * as v from 'valibot';
import { STUDY_PLOT_IDS } from './plots/plot';
import { ALL_TRIALS, TRIAL_STATES, type TrialFilter, type TrialSort } from './worker/filter';

const text = (most: number) => v.pipe(v.string(), v.minLength(1), v.maxLength(most));
const whole = (least: number, most: number) =>
	v.pipe(v.number(), v.safeInteger(), v.minValue(least), v.maxValue(most));

/** Absent keys mean: not chosen. */
export const studyLookSchema = v.strictObject({
	plot: v.exactOptional(v.picklist(STUDY_PLOT_IDS)),
	states: v.exactOptional(
		v.pipe(v.array(v.picklist(TRIAL_STATES)), v.minLength(1), v.maxLength(TRIAL_STATES.length)),
	),
	tag: v.exactOptional(text(50)),
	improving: v.exactOptional(v.literal(true)),
	text: v.exactOptional(text(200)),
	sort: v.exactOptional(v.strictObject({ by: text(300), descending: v.boolean() })),
	/** of the table, from 0 */
	page: v.exactOptional(whole(0, 1e6)),
	/** hyperparameters of the plot */
	prm: v.exactOptional(v.pipe(v.array(text(200)), v.minLength(1), v.maxLength(20))),
	evaluator: v.exactOptional(v.picklist(['ped-anova', 'fanova'])),
	/** lines of the plot at most */
	top: v.exactOptional(whole(1, 1_000)),
	/** the trial whose details are open */
	trial: v.exactOptional(whole(0, 1e6)),
});
export type StudyLook = v.InferOutput<typeof studyLookSchema>;

/** Newest first. */
export const USUAL_SORT: TrialSort = { by: 'number', descending: true };

export function filterOf({ states, tag, improving, text }: StudyLook): TrialFilter {
	return {
		states: states ?? ALL_TRIALS.states,
		tag: tag ?? null,
		improving: improving ?? false,
		text: text ?? '',
	};
}

/** @returns whether some trials may be hidden */
export function isFiltered({ states, tag, improving, text }: StudyLook): boolean {
	return [states, tag, improving, text].some((one) => one !== undefined);
}

/** What of a look may be changed; undefined takes a choice back. */
export type LookPatch = { readonly [Key in keyof StudyLook]: StudyLook[Key] | undefined };

/** @returns the look with part of it changed; undefined when nothing is chosen any more */
export function lookAfter(look: StudyLook, patch: LookPatch): StudyLook | undefined {
	const entries = Object.entries({ ...look, ...patch }).filter(([, value]) => value !== undefined);
	return entries.length === 0 ? undefined : v.parse(studyLookSchema, Object.fromEntries(entries));
}
