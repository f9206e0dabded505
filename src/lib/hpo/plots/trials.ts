/** Trials as columns for plots: values, and hyperparameters as the axes of the site's plots know them. */
import type { Parameter } from '../../stats/plots/search-runs';
import { sampleOf } from '../../stats/plots/sample';
import { toExternal } from '../distributions';
import type { Direction } from '../trial';
import type { StudyTrial } from '../study/study';
import type { PlotStudy } from './plot';

/**
 * Most trials drawn as single marks, each of them an element of the page that is drawn anew with every
 * filter; lines and figures are of all.
 */
export const MOST_MARKS = 600;

/** The first objective's value of a COMPLETE trial; NaN for others and for infinite values. */
export function completeValue({ state, values }: StudyTrial): number {
	const value = state === 'COMPLETE' ? values?.[0] : undefined;
	return value !== undefined && Number.isFinite(value) ? value : NaN;
}

/** The value that a trial ended with, also when it was pruned; NaN without one. */
export function endValue({ values }: StudyTrial): number {
	const [value] = values ?? [];
	return value !== undefined && Number.isFinite(value) ? value : NaN;
}

/** @returns COMPLETE trials that have a finite value */
export function completeTrials({ trials }: PlotStudy): StudyTrial[] {
	return trials.filter((trial) => !Number.isNaN(completeValue(trial)));
}

/** @returns names of all hyperparameters, those of the newest space first */
export function parameterNames(trials: readonly StudyTrial[]): string[] {
	const spaces = new Set(trials.map(({ space }) => space));
	return [...new Set([...spaces].reverse().flatMap((space) => space.map(({ name }) => name)))];
}

/** The trials that have every one of some hyperparameters, with their columns. */
export interface Columns {
	readonly trials: readonly StudyTrial[];
	readonly parameters: readonly Parameter[];
	/** the trials' values, as `completeValue` has them */
	readonly values: Float64Array;
}

/** @param trials COMPLETE ones */
export function columnsOf(trials: readonly StudyTrial[], names: readonly string[]): Columns {
	const complete = trials.filter(({ space }) =>
		names.every((name) => space.some((parameter) => parameter.name === name)),
	);
	return {
		trials: complete,
		parameters: names.map((name) => parameterOf(complete, name)),
		values: Float64Array.from(complete, completeValue),
	};
}

/** Over the range that was searched, as far as trials reach. */
function parameterOf(trials: readonly StudyTrial[], name: string): Parameter {
	const places = trials.map(({ space }) => space.findIndex((one) => one.name === name));
	const first = trials[0]?.space[places[0] ?? -1]?.distribution;
	if (!first) return emptyParameter(name);
	if (first.type === 'categorical') return choiceParameter(trials, places, name);
	const values = Float64Array.from(trials, ({ inputs }, i) => inputs[places[i]!]!);
	const ascending = values.slice().sort();
	return {
		name,
		values,
		choices: [],
		low: ascending[0] ?? 0,
		high: ascending.at(-1) ?? 0,
		log: first.log && (ascending[0] ?? 0) > 0,
		distinct: new Set(ascending).size,
	};
}

function choiceParameter(
	trials: readonly StudyTrial[],
	places: readonly number[],
	name: string,
): Parameter {
	const texts = trials.map(({ space, inputs }, i) => {
		const place = places[i]!;
		return toExternal(space[place]!.distribution, inputs[place]!);
	});
	const distinct = [...new Set(texts)];
	const order = distinct.every((text) => typeof text === 'number')
		? distinct.sort((a, b) => Number(a) - Number(b))
		: distinct;
	const number = new Map(order.map((text, i) => [text, i]));
	return {
		name,
		values: Float64Array.from(texts, (text) => number.get(text)!),
		choices: order.map(String),
		low: 0,
		high: Math.max(0, order.length - 1),
		log: false,
		distinct: order.length,
	};
}

function emptyParameter(name: string): Parameter {
	const values = new Float64Array(0);
	return { name, values, choices: [], low: 0, high: 0, log: false, distinct: 0 };
}

/** @returns whichever is better */
export function betterOf(direction: Direction, a: number, b: number): number {
	if (Number.isNaN(a)) return b;
	if (Number.isNaN(b)) return a;
	return direction === 'maximize' ? Math.max(a, b) : Math.min(a, b);
}

/** @returns places of the trials that are drawn: evenly spaced, with the extremes of both axes */
export function marked(x: Float64Array, y: Float64Array, most = MOST_MARKS): Uint32Array {
	return sampleOf(Uint32Array.from(x.keys()), most, [x, y]);
}

/** @returns a sentence on what is not drawn; none when all is */
export function markedNote(drawn: number, all: number): string[] {
	if (drawn >= all) return [];
	const [some, total] = [drawn, all].map((count) => count.toLocaleString('en'));
	return [`${some} of ${total} trials are drawn as marks; figures and lines are of all.`];
}
