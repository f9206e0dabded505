/**
 * A study in Optuna's terms, between ours and its two storages (`optuna-journal.ts`, `optuna-sqlite.ts`).
 * What Optuna has no place for travels in user attributes, so that a study comes back as it went.
 */
import * as v from 'valibot';
import {
	toExternal,
	toInternal,
	type CategoricalDistribution,
	type Distribution,
} from '../distributions';
import { spaceOf, type Space } from '../space';
import { definitionSchema, defineStudy, type StudyDefinition } from '../study/definition';
import type { StudyEvent } from '../study/events';
import type { Study, StudyTrial } from '../study/study';
import { isFinished, lastStep, type Direction, type TrialState } from '../trial';
import { ExchangeError } from './optuna-distribution';
import { parsePython, type Plain } from './python-values';

/** JSON values by name. */
export type Attributes = Readonly<Record<string, Plain>>;

export interface OptunaParam {
	readonly name: string;
	readonly distribution: Distribution;
	/** as Optuna stores it: the number, or the place of the choice */
	readonly input: number;
}

export interface OptunaTrial {
	readonly state: TrialState;
	readonly values: readonly number[] | null;
	readonly params: readonly OptunaParam[];
	readonly intermediate: readonly (readonly [step: number, value: number])[];
	readonly userAttrs: Attributes;
	readonly systemAttrs: Attributes;
	/** ms since 1970 */
	readonly start: number | null;
	readonly end: number | null;
}

export interface OptunaStudy {
	readonly name: string;
	readonly directions: readonly Direction[];
	readonly userAttrs: Attributes;
	/** by number */
	readonly trials: readonly OptunaTrial[];
}

/** Attributes that hold what only this site knows. */
const OWN = {
	definition: 'lemur:definition',
	plan: 'lemur:trials',
	origin: 'lemur:origin',
	reason: 'lemur:reason',
	untimed: 'lemur:untimed',
	note: 'note',
	tags: 'tags',
} as const;

const RUNG = 'completed_rung_';

/** @returns a study as Optuna would have stored it */
export function toOptuna(study: Study): OptunaStudy {
	const { definition, note, summary } = study;
	const widest = widestChoices(study);
	return {
		name: definition.name,
		directions: definition.directions,
		userAttrs: {
			[OWN.definition]: JSON.stringify(definition),
			[OWN.plan]: summary.planned,
			...(note === '' ? {} : { [OWN.note]: note }),
		},
		trials: study.trials.map((trial) => trialOut(trial, widest, summary.begin ?? 0)),
	};
}

/** Optuna wants the same choices in all trials; a restart with smaller batches has fewer. */
function widestChoices({ trials }: Study): ReadonlyMap<string, CategoricalDistribution> {
	const widest = new Map<string, CategoricalDistribution>();
	for (const space of new Set(trials.map(({ space }) => space)))
		for (const { name, distribution } of space) {
			if (distribution.type !== 'categorical') continue;
			const known = widest.get(name)?.choices ?? [];
			const choices = [...new Set([...known, ...distribution.choices])];
			widest.set(name, { type: 'categorical', choices });
		}
	return widest;
}

function trialOut(
	trial: StudyTrial,
	widest: ReadonlyMap<string, CategoricalDistribution>,
	usual: number,
): OptunaTrial {
	const { state, values, space, inputs, intermediate, rungs, origin, reason, note, tags } = trial;
	return {
		state,
		values,
		params: space.map(({ name, distribution }, i) => {
			const wide = widest.get(name);
			const input = inputs[i]!;
			return wide && distribution.type === 'categorical'
				? { name, distribution: wide, input: toInternal(wide, toExternal(distribution, input))! }
				: { name, distribution, input };
		}),
		intermediate: [...intermediate],
		userAttrs: {
			...(origin === 'search' ? {} : { [OWN.origin]: origin }),
			...(trial.start === null && trial.end === null ? { [OWN.untimed]: true } : {}),
			...(reason === null ? {} : { [OWN.reason]: reason }),
			...(note === '' ? {} : { [OWN.note]: note }),
			...(tags.length === 0 ? {} : { [OWN.tags]: tags }),
		},
		systemAttrs: Object.fromEntries(rungs.map((value, rung) => [`${RUNG}${rung}`, value])),
		// Optuna reads no trial that has ended without saying when.
		start: trial.start ?? trial.end ?? usual,
		end: isFinished(trial) ? (trial.end ?? trial.start ?? usual) : null,
	};
}

/** A study that was read from a file, to be created here. */
export interface ImportedStudy {
	readonly definition: StudyDefinition;
	readonly events: readonly StudyEvent[];
	/** what was left out or changed, a sentence each */
	readonly notes: readonly string[];
}

/** @returns the study in our terms; trials that nobody runs here are FAIL or left out, and it says so */
export function fromOptuna(study: OptunaStudy, now: number): ImportedStudy {
	const kept = study.trials.filter(({ state }) => state !== 'WAITING');
	for (const [number, { params }] of kept.entries())
		for (const one of params) checkInput(one, number);
	const spaces = new SpaceList();
	const places = kept.map(({ params }) => spaces.placeOf(params));
	const own = ownDefinition(study);
	const definition = own ?? foreignDefinition(study, spaces.largest());
	const offset = spaces.from(definition.space);
	const trials = kept.map((trial, number) => trialIn(trial, number, offset[places[number]!]!, now));
	const events: StudyEvent[] = [
		...spaces.added.map((space): StudyEvent => ({ type: 'space', space })),
		...trials.flat(),
		...planOf(study, now),
		...noteOf(study.userAttrs, null, now),
	];
	return { definition, events, notes: importNotes(study, own !== null) };
}

/** @throws ExchangeError when a trial's value is none of its range */
function checkInput({ name, distribution, input }: OptunaParam, number: number): void {
	const fits =
		distribution.type === 'categorical'
			? distribution.choices[input] !== undefined
			: Number.isFinite(input);
	if (!fits)
		throw new ExchangeError(
			`Trial ${number}: the value of ${name} (${input}) is not in its range.`,
		);
}

/** The distinct spaces of trials, and their numbers in the study that is made. */
class SpaceList {
	readonly #spaces: Space[] = [];
	readonly #known = new Map<string, number>();
	#added: Space[] = [];

	/** Spaces beside the definition's. */
	get added(): readonly Space[] {
		return this.#added;
	}

	placeOf(params: readonly OptunaParam[]): number {
		const pairs = params.map(({ name, distribution }) => [name, distribution] as const);
		const key = JSON.stringify(pairs);
		const known = this.#known.get(key);
		if (known !== undefined) return known;
		this.#known.set(key, this.#spaces.length);
		return this.#spaces.push(spaceIn(pairs)) - 1;
	}

	/** The newest of those with most parameters: what a search would go on with. */
	largest(): Space {
		return this.#spaces.reduce((best, space) => (space.length >= best.length ? space : best), []);
	}

	/** @returns by place here: the number in a study whose definition has this space */
	from(first: Space): readonly number[] {
		const key = JSON.stringify(first.map(({ name, distribution }) => [name, distribution]));
		const same = this.#known.get(key);
		this.#added = this.#spaces.filter((_, place) => place !== same);
		let next = 0;
		return this.#spaces.map((_, place) => (place === same ? 0 : ++next));
	}
}

function spaceIn(pairs: readonly (readonly [string, Distribution])[]): Space {
	try {
		return spaceOf(pairs);
	} catch (error) {
		throw new ExchangeError(error instanceof Error ? error.message : String(error));
	}
}

/** A study of ours that comes back. */
function ownDefinition({ userAttrs }: OptunaStudy): StudyDefinition | null {
	const text = userAttrs[OWN.definition];
	if (typeof text !== 'string') return null;
	try {
		const result = v.safeParse(definitionSchema, parsePython(text));
		return result.success ? result.output : null;
	} catch {
		return null;
	}
}

function foreignDefinition({ name, directions }: OptunaStudy, space: Space): StudyDefinition {
	return defineStudy({
		name: name.trim().slice(0, 200) || 'Imported study',
		directions: [...directions],
		space,
		sampler: { id: 'tpe' },
		pruner: { id: 'none' },
		seed: 0,
		objective: { id: 'optuna', settings: {} },
	});
}

const WAS_RUNNING = 'It was running when the file was written.';

function trialIn(trial: OptunaTrial, number: number, space: number, now: number): StudyEvent[] {
	const { state, values, params, intermediate, userAttrs, start, end } = trial;
	const finished = state === 'COMPLETE' || state === 'PRUNED' ? state : 'FAIL';
	const reason = userAttrs[OWN.reason];
	const origin = userAttrs[OWN.origin] === 'statistics' ? 'statistics' : 'import';
	const added: StudyEvent = {
		type: 'add',
		at: now,
		trial: number,
		space,
		inputs: params.map(({ input }) => input),
		state: finished,
		values: finished === 'FAIL' ? null : (values?.slice() ?? valueOfPruned(trial)),
		intermediate: intermediate.map(([step, value]) => [step, value]),
		rungs: rungsOf(trial),
		...(userAttrs[OWN.untimed] === true
			? { start: null, end: null }
			: { start, end: end ?? start }),
		origin,
		reason:
			typeof reason === 'string'
				? reason.slice(0, 2_000)
				: state === 'RUNNING'
					? WAS_RUNNING
					: null,
	};
	return [added, ...noteOf(userAttrs, number, now), ...tagsOf(userAttrs, number, now)];
}

function valueOfPruned({ state, intermediate }: OptunaTrial): number[] | null {
	const step = lastStep({ intermediate: new Map(intermediate) });
	const value = intermediate.find(([other]) => other === step)?.[1];
	return state !== 'PRUNED' || value === undefined || Number.isNaN(value) ? null : [value];
}

function rungsOf({ systemAttrs }: OptunaTrial): number[] {
	const rungs: number[] = [];
	for (let rung = 0; ; rung++) {
		const value = systemAttrs[`${RUNG}${rung}`];
		if (typeof value !== 'number') return rungs;
		rungs.push(value);
	}
}

function planOf({ userAttrs }: OptunaStudy, at: number): StudyEvent[] {
	const trials = userAttrs[OWN.plan];
	const planned = typeof trials === 'number' && Number.isSafeInteger(trials) && trials >= 0;
	return planned ? [{ type: 'plan', at, trials }] : [];
}

function noteOf(attrs: Attributes, trial: number | null, at: number): StudyEvent[] {
	const text = attrs[OWN.note];
	if (typeof text !== 'string' || text === '') return [];
	return [{ type: 'note', at, trial, text: text.slice(0, 20_000) }];
}

function tagsOf(attrs: Attributes, trial: number, at: number): StudyEvent[] {
	const tags = attrs[OWN.tags];
	if (!Array.isArray(tags)) return [];
	const texts = tags
		.filter((tag): tag is string => typeof tag === 'string' && tag.length <= 50)
		.slice(0, 20);
	return texts.length === 0 ? [] : [{ type: 'tags', at, trial, tags: texts }];
}

function importNotes({ trials, directions }: OptunaStudy, isOwn: boolean): string[] {
	const count = (state: TrialState) => trials.filter((trial) => trial.state === state).length;
	const notes: string[] = [];
	const waiting = count('WAITING');
	if (waiting > 0) notes.push(`${waiting} waiting trials were left out.`);
	const running = count('RUNNING');
	if (running > 0) notes.push(`${running} trials were running in the file and count as failed.`);
	if (directions.length > 1)
		notes.push(
			`The study has ${directions.length} objectives; plots and best trial show the first one.`,
		);
	if (!isOwn)
		notes.push('Its sampler is not part of the file; a search that goes on here would use TPE.');
	return notes;
}
