/** Oracle runner of acquisition.json: which of 24 given candidates is chosen, and why. */
import * as v from 'valibot';
import { expectClose, expectEqual, Mismatch } from '../../../../scripts/oracles/expect';
import type { OracleCase, OracleFile } from '../../../../scripts/oracles/types';
import { toExternal } from '../distributions';
import {
	oracleDirection,
	oracleReal,
	oracleSpace,
	oracleTrial,
	oracleValue,
	trialOf,
} from '../oracle-trials';
import { paramsOf, type Space } from '../space';
import type { History } from '../trial';
import { TPE_PRESETS } from './presets';
import { acquisition, bestCandidate, fitDensities, jointPlaces, splitHistory } from './sampler';
import type { Split } from './split';

const numbers = v.array(v.number());
const scores = {
	log_l: v.array(oracleReal),
	log_g: v.array(oracleReal),
	acq: v.array(oracleReal),
	argmax: v.number(),
	gap: v.optional(oracleReal),
};
const single = v.object({ ...scores, candidates: numbers, chosen: oracleValue });
const joint = v.object({
	...scores,
	candidates: v.record(v.string(), numbers),
	chosen: v.record(v.string(), oracleValue),
});
const split = { n: v.number(), gamma: v.number(), below: numbers, above: numbers };
const jointFacts = v.object({ ...split, order: v.array(v.string()), joint });
const presets = v.object({
	v4: v.object({ ...split, params: v.record(v.string(), single) }),
	'v4-multivariate': jointFacts,
	v5: jointFacts,
});
const format = v.object({
	space: oracleSpace,
	histories: v.array(
		v.object({
			name: v.string(),
			direction: oracleDirection,
			trials: v.array(oracleTrial),
			presets,
		}),
	),
});

type Scores = Omit<v.InferOutput<typeof single>, 'candidates' | 'chosen'>;
type SplitFacts = Pick<v.InferOutput<typeof jointFacts>, 'n' | 'gamma' | 'below' | 'above'>;

export const oracles: OracleFile[] = [
	{
		area: 'tpe',
		file: 'acquisition.json',
		*cases(json) {
			const { space, histories } = v.parse(format, json);
			for (const { name, direction, trials, presets } of histories) {
				const history: History = {
					directions: [direction],
					trials: trials.map((row) => trialOf(row, space)),
				};
				yield* singleCases(name, history, space, presets.v4);
				for (const id of ['v4-multivariate', 'v5'] as const)
					yield* jointCases(name, history, space, id, presets[id]);
			}
		},
	},
];

/** The suggestion that follows the history. */
function requestOf(history: History, space: Space) {
	return { history, space, seed: 0, trial: history.trials.length };
}

function* singleCases(
	name: string,
	history: History,
	space: Space,
	facts: v.InferOutput<typeof presets>['v4'],
): Iterable<OracleCase> {
	const own = splitHistory(requestOf(history, space), TPE_PRESETS.v4);
	yield { name: `${name} v4 split`, run: () => checkSplit(own, facts) };
	for (const parameter of space) {
		const expected = facts.params[parameter.name];
		if (!expected) continue;
		yield {
			name: `${name} v4 ${parameter.name}`,
			run: () => {
				const densities = fitDensities([parameter], own, TPE_PRESETS.v4);
				const best = checkScores(
					acquisition(
						densities,
						expected.candidates.map((x) => [x]),
					),
					expected,
				);
				if (best === expected.argmax)
					expectEqual(
						toExternal(parameter.distribution, expected.candidates[best]!),
						expected.chosen,
						'chosen',
					);
			},
		};
	}
}

function* jointCases(
	name: string,
	history: History,
	space: Space,
	id: 'v4-multivariate' | 'v5',
	facts: v.InferOutput<typeof jointFacts>,
): Iterable<OracleCase> {
	const request = requestOf(history, space);
	const own = splitHistory(request, TPE_PRESETS[id]);
	yield { name: `${name} ${id} split`, run: () => checkSplit(own, facts) };
	yield {
		name: `${name} ${id} joint`,
		run: () => {
			const together = jointPlaces(history, space, request.trial).map((place) => space[place]!);
			expectEqual(
				together.map(({ name }) => name),
				facts.order,
				'parameters drawn together',
			);
			const { candidates, chosen, argmax } = facts.joint;
			const rows = candidates[facts.order[0]!]!.map((_, i) =>
				facts.order.map((name) => candidates[name]![i]!),
			);
			const densities = fitDensities(together, own, TPE_PRESETS[id]);
			const best = checkScores(acquisition(densities, rows), facts.joint);
			if (best === argmax) expectEqual({ ...paramsOf(together, rows[best]!) }, chosen, 'chosen');
		},
	};
}

function checkSplit(own: Split, { n, gamma, below, above }: SplitFacts): void {
	const numbersOf = (trials: Split['below']) => trials.map(({ number }) => number);
	const actual = {
		n: own.finished,
		gamma: own.gamma,
		below: numbersOf(own.below),
		above: numbersOf(own.above),
	};
	expectEqual(actual, { n, gamma, below, above });
}

/** @returns the place of our best candidate, equal to theirs where the choice is not a matter of rounding */
function checkScores(
	actual: { logL: readonly number[]; logG: readonly number[]; ratio: readonly number[] },
	expected: Scores,
): number {
	const tolerance = { relative: 1e-9, absolute: 1e-10 };
	for (const [i, value] of expected.acq.entries()) {
		expectClose(actual.logL[i]!, expected.log_l[i]!, tolerance, `log_l ${i}`);
		expectClose(actual.logG[i]!, expected.log_g[i]!, tolerance, `log_g ${i}`);
		expectClose(actual.ratio[i]!, value, tolerance, `acq ${i}`);
	}
	const best = bestCandidate(actual.ratio);
	const clear = gapOf(expected) > 1e-9;
	const allowed = clear
		? best === expected.argmax
		: expected.acq[best]! >= expected.acq[expected.argmax]! - 1e-9;
	if (!allowed) throw new Mismatch(`candidate ${best} is chosen, expected ${expected.argmax}`);
	return best;
}

/** As stated, else as it follows from the scores: the best less the best that differs. */
function gapOf({ acq, argmax, gap }: Scores): number {
	if (gap !== undefined) return gap;
	const best = acq[argmax]!;
	return best - Math.max(...acq.filter((value) => value !== best));
}
