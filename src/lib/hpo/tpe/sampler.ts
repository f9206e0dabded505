/**
 * Layer 4 of TPE (Bergstra, Bardenet, Bengio and Kégl 2011), as Optuna defines it: a density of the
 * good trials, l, and one of the others, g. Candidates are drawn from l; the one where l/g is
 * largest is suggested. This is not a port of Optuna's code: it is checked against its figures.
 */
import { toExternal, toInternal, isSingle, type Distribution } from '../distributions';
import { streamOf } from '../random';
import { suggestRandom } from '../samplers/random';
import { onlyInput, type Sampler, type SuggestRequest } from '../samplers/sampler';
import type { Parameter, Space } from '../space';
import { sameDistribution } from '../distributions';
import type { History, Trial } from '../trial';
import type { Mixture } from './mixture';
import { fitParzen } from './parzen';
import { TPE_PRESETS, type TpePreset, type TpePresetId } from './presets';
import { splitTrials, type Split } from './split';

export interface TpeOptions {
	/** which version's rules; default 'v4', as LEMUR does not pin Optuna and 4.x is what it met */
	readonly preset?: TpePresetId;
	/** trials drawn at random before the search begins; default 10 */
	readonly startupTrials?: number;
	/** drawn from l for each suggestion; default 24 */
	readonly candidates?: number;
}

export const TPE_DEFAULTS = { preset: 'v4', startupTrials: 10, candidates: 24 } as const;

/** @returns a sampler for one objective. Without enough finished trials it draws at random. */
export function tpeSampler(options: TpeOptions = {}): Sampler {
	const { preset: id, startupTrials, candidates } = { ...TPE_DEFAULTS, ...options };
	const preset = TPE_PRESETS[id];
	return {
		suggest(request) {
			const split = splitHistory(request, preset);
			if (split.finished < startupTrials) return suggestRandom(request);
			return searchedInputs(request, split, preset, candidates);
		},
	};
}

/** The trials that count for a suggestion: all but the one that is asked for. */
export function splitHistory({ history, trial }: SuggestRequest, preset: TpePreset): Split {
	const { directions, trials } = history;
	const direction = directions[0];
	if (directions.length !== 1 || direction === undefined)
		throw new RangeError('This TPE searches for one objective, not for several at once.');
	const others = trials.filter(({ number }) => number !== trial);
	return splitTrials(others, direction, preset.constantLiar);
}

function searchedInputs(
	request: SuggestRequest,
	split: Split,
	preset: TpePreset,
	candidates: number,
): number[] {
	const { history, space, seed, trial } = request;
	const inputs = space.map(({ distribution }) => onlyInput(distribution) ?? NaN);
	const search = (places: readonly number[], label: string) => {
		const parameters = places.map((place) => space[place]!);
		const random = streamOf(seed, trial, label, 'tpe');
		const densities = fitDensities(parameters, split, preset);
		const drawn: number[][] = [];
		while (drawn.length < candidates) drawn.push(densities.below.draw(random));
		const chosen = drawn[bestCandidate(acquisition(densities, drawn).ratio)]!;
		for (const [i, place] of places.entries()) inputs[place] = chosen[i]!;
	};
	const together = preset.joint ? jointPlaces(history, space, trial) : [];
	if (together.length > 0) search(together, '');
	for (const [place, input] of inputs.entries())
		if (Number.isNaN(input)) search([place], space[place]!.name);
	return inputs;
}

/** l and g over the same parameters. */
export interface Densities {
	readonly below: Mixture;
	readonly above: Mixture;
}

/** @returns the densities of good and other trials over some parameters */
export function fitDensities(
	parameters: readonly Parameter[],
	split: Split,
	preset: TpePreset,
): Densities {
	const distributions = parameters.map(({ distribution }) => distribution);
	const fit = (trials: readonly Trial[]) =>
		fitParzen(distributions, observationsOf(trials, parameters), preset);
	return { below: fit(split.below), above: fit(split.above) };
}

export interface Acquisition {
	readonly logL: readonly number[];
	readonly logG: readonly number[];
	/** ln l − ln g: the larger, the better */
	readonly ratio: readonly number[];
}

/** @param candidates inputs by parameter, one row for each */
export function acquisition(
	{ below, above }: Densities,
	candidates: readonly (readonly number[])[],
): Acquisition {
	const logL = candidates.map((xs) => below.logPdf(xs));
	const logG = candidates.map((xs) => above.logPdf(xs));
	return { logL, logG, ratio: logL.map((l, i) => l - logG[i]!) };
}

/** @returns the place of the largest ratio, the first one on a tie */
export function bestCandidate(ratio: readonly number[]): number {
	let best = 0;
	for (let i = 1; i < ratio.length; i++) if (ratio[i]! > ratio[best]!) best = i;
	return best;
}

/**
 * @returns the places of the parameters that every finished trial has over the same range, by name:
 * only those can be drawn together
 */
export function jointPlaces(history: History, space: Space, trial: number): number[] {
	const shared = new Set(
		space.flatMap(({ distribution }, place) => (isSingle(distribution) ? [] : [place])),
	);
	const checkedSpaces = new Set<Space>([space]);
	for (const other of history.trials) {
		if (other.state !== 'COMPLETE' && other.state !== 'PRUNED') continue;
		if (other.number === trial || checkedSpaces.has(other.space)) continue;
		checkedSpaces.add(other.space);
		for (const place of shared) if (!hasParameter(other.space, space[place]!)) shared.delete(place);
	}
	return [...shared].sort((a, b) => (space[a]!.name < space[b]!.name ? -1 : 1));
}

function hasParameter(space: Space, { name, distribution }: Parameter): boolean {
	const own = space.find((parameter) => parameter.name === name);
	return own !== undefined && sameDistribution(own.distribution, distribution);
}

/** By parameter: the inputs of all trials that have a value for every parameter, in their order. */
function observationsOf(
	trials: readonly Trial[],
	parameters: readonly Parameter[],
): Float64Array[] {
	const columns = parameters.map(() => new Float64Array(trials.length));
	const readers = new Map<Space, readonly Reader[] | null>();
	let count = 0;
	let space: Space | undefined;
	let reading: readonly Reader[] | null | undefined;
	for (const trial of trials) {
		// Most trials have the space of the one before.
		if (trial.space !== space) {
			({ space } = trial);
			reading = readers.get(space);
			if (reading === undefined) readers.set(space, (reading = readersOf(space, parameters)));
		}
		if (!reading) continue;
		let complete = true;
		for (let p = 0; p < reading.length; p++) {
			const input = reading[p]!(trial.inputs);
			columns[p]![count] = input;
			complete &&= !Number.isNaN(input);
		}
		if (complete) count++;
	}
	return columns.map((column) => column.subarray(0, count));
}

/** @returns the input of a trial in terms of the range that is searched now; NaN when it is outside */
type Reader = (inputs: readonly number[]) => number;

/** Null when the trials of this space lack a parameter. */
function readersOf(space: Space, parameters: readonly Parameter[]): readonly Reader[] | null {
	const readers: Reader[] = [];
	for (const { name, distribution } of parameters) {
		const place = space.findIndex((own) => own.name === name);
		if (place < 0) return null;
		readers.push(readerOf(space[place]!.distribution, distribution, place));
	}
	return readers;
}

function readerOf(own: Distribution, searched: Distribution, place: number): Reader {
	if (sameDistribution(own, searched)) return (inputs) => inputs[place]!;
	return (inputs) => toInternal(searched, toExternal(own, inputs[place]!)) ?? NaN;
}
