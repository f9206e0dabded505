/**
 * Which trials pass a filter. Conditions on names, sources and hyperparameters are decided once per
 * net or run; only epoch, accuracy and duration are looked at per trial. Every condition's answer is
 * kept, so a change of one filter control recomputes one of them and any other can be left out.
 * The filter's type and its reading from foreign input are in `filter.ts`.
 */
import { bestOf } from './best';
import type { TrialColumns } from './columns';
import { maskOf, type Mask } from './condition';
import type { Conditions, Filter } from './filter';
import { remember } from './remember';

/** The trials that pass a filter. */
export interface Matches {
	readonly columns: TrialColumns;
	readonly filter: Filter;
	/** one byte per trial of the snapshot: 1 = passes */
	readonly mask: Uint8Array;
	/** the trials that pass, ascending: mirror order */
	readonly ids: Uint32Array;
	readonly count: number;
}

/** A key of the filter that can be left out; each hyperparameter is its own. */
export type ConditionKey = Exclude<keyof Conditions, 'prm'> | `prm.${string}`;

/** One key of a filter and the runs or trials that meet it. */
interface Condition {
	readonly key: ConditionKey;
	/** the condition's value as text: what its mask is kept under */
	readonly text: string;
	readonly mask: Mask;
}

export interface MatcherOptions {
	/** clock for the budget of regular expressions, ms */
	readonly now?: () => number;
}

/** Masks kept: about 0.6 MB each at full size for trial-level ones, a tenth for the others. */
const MAX_MASKS = 48;
const MAX_MATCHES = 4;

/** Evaluates filters over one snapshot and keeps what it computed. Not shared between snapshots. */
export class Matcher {
	readonly columns: TrialColumns;
	readonly #now: () => number;
	readonly #masks = new Map<string, Mask>();
	readonly #matches = new Map<string, Matches>();
	readonly #counts = new Map<string, Uint32Array>();

	constructor(columns: TrialColumns, { now = () => performance.now() }: MatcherOptions = {}) {
		this.columns = columns;
		this.#now = now;
	}

	/**
	 * @param without a key to ignore: a chart ignores its own brush
	 * @throws FilterError when a regular expression takes too long
	 */
	match(filter: Filter, without?: ConditionKey): Matches {
		const left = without && partsOf(filter).some(([key]) => key === without) ? without : undefined;
		const key = JSON.stringify([filter, left]);
		return remember(this.#matches, key, MAX_MATCHES, () => {
			const matches = this.#intersect(filter, left);
			return filter.best
				? withIds(matches, bestOf(this.columns, matches.ids, filter.best))
				: matches;
		});
	}

	/**
	 * Per run, how many of its trials pass all conditions but `without`; `best` is not applied.
	 * Facets are sums of these. Not to be written to.
	 */
	weights(filter: Filter, without?: ConditionKey): Uint32Array {
		const { run, trial, trialKey } = this.#split(filter, without);
		const counts = remember(this.#counts, trialKey, MAX_MATCHES, () =>
			countPerRun(this.columns, trial),
		);
		if (!run) return counts;
		const weights = new Uint32Array(counts.length);
		for (let r = 0; r < weights.length; r++) weights[r] = counts[r]! * run[r]!;
		return weights;
	}

	#intersect(filter: Filter, without?: ConditionKey): Matches {
		const { columns } = this;
		const { runs, count } = columns;
		const { run, trial } = this.#split(filter, without);
		const mask = new Uint8Array(count);
		const ids = new Uint32Array(count);
		let n = 0;
		for (let r = 0; r < runs.count; r++) {
			if (run && run[r] === 0) continue;
			const to = runs.start[r + 1] ?? 0;
			for (let t = runs.start[r] ?? 0; t < to; t++) {
				if (trial && trial[t] === 0) continue;
				mask[t] = 1;
				ids[n++] = t;
			}
		}
		return { columns, filter, mask, ids: n === count ? ids : ids.slice(0, n), count: n };
	}

	/**
	 * The conjunctions of the run-level and of the trial-level conditions; undefined = all pass.
	 * The second is kept, because all facets of a filter share it.
	 */
	#split(filter: Filter, without?: ConditionKey) {
		const kept = this.#conditions(filter).filter(({ key }) => key !== without);
		const ofTrials = kept.filter(({ mask }) => mask.level === 'trial');
		const trialKey = ofTrials.map(({ text }) => text).join();
		const run = conjunction(kept.filter(({ mask }) => mask.level === 'run'));
		const trial =
			ofTrials.length < 2
				? ofTrials[0]?.mask.pass
				: remember(this.#masks, trialKey, MAX_MASKS, (): Mask => {
						return { level: 'trial', pass: conjunction(ofTrials) ?? new Uint8Array(0) };
					}).pass;
		return { run, trial, trialKey };
	}

	#conditions(filter: Filter): Condition[] {
		return partsOf(filter).map(([key, part]) => {
			const text = JSON.stringify(part);
			const make = () => maskOf(this.columns, part, this.#now);
			return { key, text, mask: remember(this.#masks, text, MAX_MASKS, make) };
		});
	}
}

/** @returns the trials that pass, without keeping anything for a next time */
export function matchTrials(columns: TrialColumns, filter: Filter): Matches {
	return new Matcher(columns).match(filter);
}

/** The filter cut into filters of one condition each. */
function partsOf({ prm, ...leaf }: Filter): [ConditionKey, Conditions][] {
	const parts: [ConditionKey, Conditions][] = [];
	for (const key of Object.keys(leaf) as (keyof typeof leaf)[])
		if (key !== 'best' && leaf[key] !== undefined) parts.push([key, { [key]: leaf[key] }]);
	for (const [name, condition] of Object.entries(prm ?? {}))
		parts.push([`prm.${name}`, { prm: { [name]: condition } }]);
	return parts;
}

function conjunction(conditions: readonly Condition[]): Uint8Array | undefined {
	const [first, ...rest] = conditions.map(({ mask }) => mask.pass);
	if (!first || rest.length === 0) return first;
	const pass = first.slice();
	for (const other of rest) for (let i = 0; i < pass.length; i++) pass[i]! &= other[i]!;
	return pass;
}

/** Per run, how many of its trials pass; all where there is no mask. */
function countPerRun({ runs }: TrialColumns, pass: Uint8Array | undefined): Uint32Array {
	const counts = new Uint32Array(runs.count);
	for (let r = 0; r < runs.count; r++) {
		const from = runs.start[r]!;
		const to = runs.start[r + 1]!;
		let passing = to - from;
		if (pass) {
			passing = 0;
			for (let t = from; t < to; t++) passing += pass[t]!;
		}
		counts[r] = passing;
	}
	return counts;
}

/** The same matches, cut down to some of its trials. */
function withIds(matches: Matches, ids: Uint32Array): Matches {
	const mask = new Uint8Array(matches.mask.length);
	for (let i = 0; i < ids.length; i++) mask[ids[i]!] = 1;
	return { ...matches, mask, ids, count: ids.length };
}
